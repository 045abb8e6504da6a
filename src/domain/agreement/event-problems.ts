import type { EventKind } from '../timeline/timeline.ts';
import { canonicalJson } from './canonical-json.ts';
import { factEvents } from './fact-source.ts';
import type { Problem } from './problem.ts';
import type { Agreement, Fact } from './schema.ts';

/** What events of a kind have; anything else would never match, and its fact would always count zero. */
const attributesOf: Readonly<Record<EventKind, readonly string[]>> = {
  activity: ['type', 'subtype', 'status'],
  response: ['type', 'status', 'campaign'],
  signal: [],
  stage: ['stage', 'from'],
  'hand-off': ['status', 'stage', 'reason'],
};

/** Finds facts about events that can never match, or that may show what another fact restricts. */
export function eventProblems({ facts }: Agreement): Problem[] {
  const restricted = Object.entries(facts).filter(([, fact]) => fact.restricted);
  return Object.entries(facts).flatMap(([name, fact]): Problem[] => {
    const kind = factEvents(fact);
    if (kind === undefined) return [];
    const where = 'where' in fact ? (fact.where ?? {}) : {};
    const unknown = Object.keys(where).filter((attribute) => !attributesOf[kind].includes(attribute));
    const problems = unknown.map((attribute): Problem => {
      const message = `An event of kind ${kind} has no ${attribute}; it has ${attributesOf[kind].join(', ')}.`;
      return { severity: 'error', path: ['facts', name, 'where', attribute], message, code: 'wrong-value' };
    });
    const other = restricted.find(([, each]) => !fact.restricted && readsSameEvents(fact, each));
    if (!other) return problems;
    const message = `"${other[0]}" restricts events that "${name}" counts for everyone to see; restrict both or neither.`;
    return [...problems, { severity: 'warning', path: ['facts', name], message, code: 'wrong-value' }];
  });
}

/** Facts of one kind whose filters are alike, or one of which takes every event. */
function readsSameEvents(one: Fact, other: Fact): boolean {
  if (factEvents(one) !== factEvents(other)) return false;
  const [a, b] = [one, other].map((fact) => canonicalJson(('where' in fact && fact.where) || {}));
  return a === b || a === '{}' || b === '{}';
}
