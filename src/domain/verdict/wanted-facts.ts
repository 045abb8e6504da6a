import type { Agreement, Comparison, Condition, Fact } from '../agreement/schema.ts';
import { restrictedFacts } from '../agreement/uses.ts';
import { criterionOf, partsOf, referenceOf, toDefinition } from '../agreement/walk-criteria.ts';
import type { Wanted } from './change-candidates.ts';
import type { CompiledClause } from './compile-definition.ts';

type Found = Map<string, { comparisons: Comparison[]; more: Set<number> }>;

/** The facts that clauses rest on, directly or through the lines of a score, with what is asked of each. */
export function wantedFacts(clauses: readonly CompiledClause[], agreement: Agreement): readonly Wanted[] {
  const found: Found = new Map();
  for (const { fact, comparison } of clauses) collect(fact, [comparison], [], agreement, found);
  const restricted = restrictedFacts(agreement);
  return [...found]
    .filter(([fact]) => !restricted.has(fact))
    .map(([fact, { comparisons, more }]) => ({ fact, comparisons, more: [...more] }));
}

function collect(
  name: string,
  comparisons: readonly Comparison[],
  more: readonly number[],
  agreement: Agreement,
  found: Found,
): void {
  const fact = agreement.facts[name];
  if (fact && 'score' in fact) {
    collectLines(fact, comparisons, agreement, found);
    return;
  }
  const entry = found.get(name) ?? { comparisons: [], more: new Set<number>() };
  found.set(name, entry);
  entry.comparisons.push(...comparisons);
  for (const count of more) entry.more.add(count);
}

function collectLines(
  { score }: Extract<Fact, { score: unknown }>,
  comparisons: readonly Comparison[],
  agreement: Agreement,
  found: Found,
): void {
  const bounds = comparisons.flatMap(({ atLeast = 0, above = 0, is }) => [
    atLeast,
    above,
    typeof is === 'number' ? is : 0,
  ]);
  for (const line of score) {
    if ('when' in line) {
      for (const [fact, comparison] of criteriaOf(line.when, agreement))
        collect(fact, [comparison], [], agreement, found);
      continue;
    }
    const most = line.max === undefined ? [] : [Math.ceil(line.max / Math.abs(line.points || 1))];
    const needed = bounds.map((bound) => Math.ceil(bound / (line.points || 1)));
    collect(line.each, [], [1, 2, 3, ...most, ...needed], agreement, found);
  }
}

function criteriaOf(condition: Condition, agreement: Agreement): readonly (readonly [string, Comparison])[] {
  const definition = toDefinition(condition);
  if (definition) return partsOf(definition, []).flatMap((part) => criteriaOf(part.condition, agreement));
  const name = referenceOf(condition);
  const named = name === undefined ? undefined : agreement.conditions?.[name];
  if (named) return criteriaOf(named, agreement);
  return name === undefined ? [criterionOf(condition)] : [];
}
