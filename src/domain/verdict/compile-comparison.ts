import type { Comparison, Scalar } from '../agreement/schema.ts';
import type { FactValue } from '../timeline/timeline.ts';
import { codeOf, not, unknown, type OutcomeCode } from './outcome-code.ts';

/** Judges one value. */
export type Test = (value: FactValue) => OutcomeCode;

/**
 * Compiles a criterion's comparisons, all of which must hold.
 *
 * Text is compared as the CRM compares it, without regard to case. A value of another type than the comparison needs is
 * unknown, like a missing one: it cannot be judged.
 */
export function compileComparison(comparison: Comparison): Test {
  const tests = Object.entries(comparison).flatMap(([key, bound]) =>
    bound === undefined ? [] : [compilers[key as keyof Comparison](bound)],
  );
  const [first, ...rest] = tests;
  if (!first) throw new Error('A criterion compares nothing: the agreement was not checked.');
  if (rest.length === 0) return first;
  return (value) => Math.min(...tests.map((test) => test(value))) as OutcomeCode;
}

type Bound = Scalar | readonly Scalar[];

const ordered =
  (holds: (value: number, bound: number) => boolean) =>
  (bound: Bound): Test => {
    const limit = Number(bound);
    return (value) => (typeof value === 'number' ? codeOf(holds(value, limit)) : unknown);
  };

const textual =
  (holds: (value: string, part: string) => boolean) =>
  (bound: Bound): Test => {
    const part = String(bound).toLowerCase();
    return (value) => (typeof value === 'string' ? codeOf(holds(value.toLowerCase(), part)) : unknown);
  };

function oneOf(bound: Bound): Test {
  const listed = [bound].flat();
  const texts = new Set(listed.filter((value) => typeof value === 'string').map((value) => value.toLowerCase()));
  const others = new Set<FactValue>(listed.filter((value) => typeof value !== 'string'));
  const otherTypes = new Set([...others].map((value) => typeof value));
  return (value) => {
    if (typeof value === 'string') return texts.size === 0 ? unknown : codeOf(texts.has(value.toLowerCase()));
    return otherTypes.has(typeof value) ? codeOf(others.has(value)) : unknown;
  };
}

function noneOf(bound: Bound): Test {
  const test = oneOf(bound);
  return (value) => not(test(value));
}

const compilers: Readonly<Record<keyof Comparison, (bound: Bound) => Test>> = {
  atLeast: ordered((value, bound) => value >= bound),
  atMost: ordered((value, bound) => value <= bound),
  above: ordered((value, bound) => value > bound),
  below: ordered((value, bound) => value < bound),
  is: oneOf,
  in: oneOf,
  isNot: noneOf,
  notIn: noneOf,
  contains: textual((value, part) => value.includes(part)),
  startsWith: textual((value, part) => value.startsWith(part)),
  known: (bound) => (value) => codeOf((value !== undefined) === bound),
};
