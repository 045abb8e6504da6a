import type { Agreement, Condition } from './schema.ts';
import { criterionOf, partsOf, referenceOf, toDefinition } from './walk-criteria.ts';

/** What a condition or a score is made of, by name. */
export type Uses = { readonly facts: readonly string[]; readonly conditions: readonly string[] };

/** The facts and the named conditions that a condition names itself, once for each time. */
export function usesOf(condition: Condition): Uses {
  const definition = toDefinition(condition);
  if (definition) return join(partsOf(definition, []).map((part) => usesOf(part.condition)));
  const name = referenceOf(condition);
  return name === undefined
    ? { facts: [criterionOf(condition)[0]], conditions: [] }
    : { facts: [], conditions: [name] };
}

/** The same for the lines of a score; nothing for any other fact, or for a name that is none. */
export function usesOfFact({ facts }: Agreement, name: string): Uses {
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (!fact || !('score' in fact)) return nothing;
  return join(fact.score.map((line) => ('each' in line ? { facts: [line.each], conditions: [] } : usesOf(line.when))));
}

/** The same for a named condition; nothing for a name that is none. */
export function usesOfCondition({ conditions = {} }: Agreement, name: string): Uses {
  const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
  return condition ? usesOf(condition) : nothing;
}

/** The facts whose outcomes are kept back: those marked restricted, and scores that are made of such. */
export function restrictedFacts(agreement: Agreement): ReadonlySet<string> {
  const restricted = new Set(Object.keys(agreement.facts).filter((name) => agreement.facts[name]?.restricted));
  for (const name of Object.keys(agreement.facts)) {
    if (reachedFacts(agreement, usesOfFact(agreement, name)).some((each) => restricted.has(each))) restricted.add(name);
  }
  return restricted;
}

/** All facts that these uses lead to, through named conditions and scores; ends also where they go in circles. */
export function reachedFacts(agreement: Agreement, uses: Uses): readonly string[] {
  const facts = new Set<string>();
  const conditions = new Set<string>();
  const open: Uses[] = [uses];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const name of next.facts) if (!facts.has(name)) open.push(usesOfFact(agreement, visit(facts, name)));
    for (const name of next.conditions) {
      if (!conditions.has(name)) open.push(usesOfCondition(agreement, visit(conditions, name)));
    }
  }
  return [...facts];
}

function visit(seen: Set<string>, name: string): string {
  seen.add(name);
  return name;
}

const nothing: Uses = { facts: [], conditions: [] };

const join = (all: readonly Uses[]): Uses => ({
  facts: all.flatMap((each) => each.facts),
  conditions: all.flatMap((each) => each.conditions),
});
