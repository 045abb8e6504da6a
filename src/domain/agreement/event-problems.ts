import type { EventKind } from '../timeline/timeline.ts';
import { canonicalJson } from './canonical-json.ts';
import { factEvents, factWhere } from './fact-source.ts';
import { nearestName } from './nearest-name.ts';
import { withSuggestion, type Problem } from './problem.ts';
import type { Agreement, Fact } from './schema.ts';

/** What events of a kind have; anything else would never match. A signal has whatever its sender gave it. */
const attributesOf: Readonly<Record<Exclude<EventKind, 'signal'>, readonly string[]>> = {
  activity: ['type', 'subtype', 'status'],
  response: ['type', 'status', 'campaign'],
  stage: ['stage', 'from'],
  'hand-off': ['status', 'stage', 'reason'],
};

/** Finds facts about events that can never match, or that may show what another fact restricts. */
export function eventProblems({ facts, stages }: Agreement): readonly Problem[] {
  const restricted = Object.entries(facts).filter(([, fact]) => fact.restricted);
  return Object.entries(facts).flatMap(([name, fact]): Problem[] => {
    const kind = factEvents(fact);
    if (kind === undefined) return [];
    const problems = [
      ...attributeProblems(name, fact, kind),
      ...(kind === 'stage'
        ? stageNames(
            name,
            fact,
            stages.map(({ id }) => id),
          )
        : []),
    ];
    const other = restricted.find(([, each]) => !fact.restricted && readsSameEvents(fact, each));
    if (!other) return problems;
    const message = `"${other[0]}" restricts events that "${name}" counts for everyone to see; restrict both or neither.`;
    return [...problems, { severity: 'warning', path: ['facts', name], message, code: 'wrong-value' }];
  });
}

function attributeProblems(name: string, fact: Fact, kind: EventKind): Problem[] {
  if (kind === 'signal') return [];
  const known = attributesOf[kind];
  const tested = Object.keys(factWhere(fact)).map((attribute) => [attribute, ['where', attribute]] as const);
  const read = 'of' in fact ? [[fact.of, ['of']] as const] : [];
  return [...tested, ...read].flatMap(([attribute, keys]): Problem[] => {
    if (known.includes(attribute)) return [];
    const message = `An event of kind ${kind} has no ${attribute}; it has ${known.join(', ')}.`;
    const problem: Problem = { severity: 'error', path: ['facts', name, ...keys], message, code: 'unknown-key' };
    return [withSuggestion(problem, nearestName(attribute, known))];
  });
}

/** Stages that a filter names and the agreement does not have; an earlier version may have had them. */
const stageNames = (name: string, fact: Fact, ids: readonly string[]): Problem[] =>
  ['stage', 'from'].flatMap((attribute) => {
    const wanted = factWhere(fact)[attribute];
    const values = typeof wanted === 'object' && !Array.isArray(wanted) ? [] : [wanted ?? []].flat();
    return values.flatMap((value): Problem[] => {
      if (ids.includes(String(value)) || String(value).includes('*')) return [];
      const path = ['facts', name, 'where', attribute];
      const problem: Problem = {
        severity: 'warning',
        path,
        message: `There is no stage "${value}".`,
        code: 'unknown-stage',
      };
      return [withSuggestion(problem, nearestName(String(value), ids))];
    });
  });

/** Facts of one kind whose filters are alike, or one of which takes every event. */
function readsSameEvents(one: Fact, other: Fact): boolean {
  if (factEvents(one) !== factEvents(other)) return false;
  const [a, b] = [one, other].map((fact) => canonicalJson(factWhere(fact)));
  return a === b || a === '{}' || b === '{}';
}
