import type { Problem } from './problem.ts';
import type { Agreement, Condition } from './schema.ts';
import { usesOf, usesOfCondition, usesOfFact, type Uses } from './uses.ts';
import { rootsOf } from './walk-criteria.ts';

/** Most clauses that an agreement may come to once named conditions and scores are written out in every place. */
const mostClauses = 20_000;

/** Clauses past which a process should be simplified, unless the agreement says otherwise. */
const usualClauses = 40;

type Kind = 'facts' | 'conditions';

/** Finds named conditions and scores that are made of themselves. */
export function cycleProblems(agreement: Agreement): readonly Problem[] {
  const settled = new Set<string>();
  const problems: Problem[] = [];
  const visit = (kind: Kind, name: string, trail: readonly string[]): void => {
    const key = `${kind}.${name}`;
    if (trail.includes(key)) {
      problems.push(cycle(kind, name, trail.slice(trail.indexOf(key))));
      settled.add(key);
    }
    if (settled.has(key)) return;
    const uses = kind === 'facts' ? usesOfFact(agreement, name) : usesOfCondition(agreement, name);
    for (const each of uses.conditions) visit('conditions', each, [...trail, key]);
    for (const each of uses.facts) visit('facts', each, [...trail, key]);
    settled.add(key);
  };
  for (const name of Object.keys(agreement.conditions ?? {})) visit('conditions', name, []);
  for (const name of Object.keys(agreement.facts)) visit('facts', name, []);
  return problems;
}

function cycle(kind: Kind, name: string, trail: readonly string[]): Problem {
  const names = [...trail.map((key) => key.slice(key.indexOf('.') + 1)), name].join(' → ');
  const message = `"${name}" is made of itself: ${names}. Take one of them out of another.`;
  return { severity: 'error', path: [kind, name], message, code: 'cycle' };
}

/** Finds an agreement that is too much to be judged, or too much to be lived by; it must be free of cycles. */
export function sizeProblems(agreement: Agreement): readonly Problem[] {
  const known = new Map<string, number>();
  const sizeOf = (kind: Kind, name: string): number => {
    const key = `${kind}.${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const size = sum(kind === 'facts' ? usesOfFact(agreement, name) : usesOfCondition(agreement, name));
    known.set(key, size);
    return size;
  };
  const sum = ({ facts, conditions }: Uses): number =>
    facts.reduce((total, name) => total + 1 + sizeOf('facts', name), 0) +
    conditions.reduce((total, name) => total + sizeOf('conditions', name), 0);
  const judged = rootsOf(agreement).filter(({ path }) => path[0] !== 'facts' && path[0] !== 'conditions');
  const total = judged.reduce((clauses, { condition }) => clauses + sum(usesOf(condition)), 0);
  if (total > mostClauses) {
    const message = `The definitions come to ${Math.min(total, 1e15)} clauses; at most ${mostClauses} can be judged. Simplify them.`;
    return [{ severity: 'error', path: ['stages'], message, code: 'too-long' }];
  }
  return complexityProblems(agreement);
}

/** Counts what people have to read: each criterion once, where it is written. */
function complexityProblems(agreement: Agreement): readonly Problem[] {
  const budget = agreement.complexity?.clauses ?? usualClauses;
  const written = rootsOf(agreement).reduce((clauses, { condition }) => clauses + countOf(condition), 0);
  if (written <= budget) return [];
  const message =
    `The agreement has ${written} clauses; past ${budget}, simplify the process first: few people keep so many in mind. ` +
    `"complexity: { clauses: ${written} }" says that it is meant.`;
  return [{ severity: 'warning', path: ['stages'], message, code: 'too-complex' }];
}

function countOf(condition: Condition): number {
  const { facts, conditions } = usesOf(condition);
  return facts.length + conditions.length;
}
