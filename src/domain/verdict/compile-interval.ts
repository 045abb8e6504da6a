import type { Comparison } from '../agreement/schema.ts';
import type { Interval } from './compile-score.ts';
import { codeOf, met, not, notMet, unknown, type OutcomeCode } from './outcome-code.ts';

/** Judges a number of which only the ends of an interval are known: unknown where it straddles a bound. */
export type IntervalTest = (value: Interval) => OutcomeCode;

/** Compiles comparisons of a score, all of which must hold. */
export function compileInterval(comparison: Comparison): IntervalTest {
  const tests = Object.entries(comparison).flatMap(([key, bound]) =>
    bound === undefined ? [] : [testOf(key as keyof Comparison, [bound].flat())],
  );
  return (value) => {
    let code: OutcomeCode = met;
    for (const test of tests) code = Math.min(code, test(value)) as OutcomeCode;
    return code;
  };
}

function testOf(key: keyof Comparison, bounds: readonly unknown[]): IntervalTest {
  const [first = NaN, last = NaN] = bounds.map(Number);
  if (key === 'atLeast') return atLeast(first);
  if (key === 'below') return negated(atLeast(first));
  if (key === 'above') return above(first);
  if (key === 'atMost') return negated(above(first));
  if (key === 'between') return both(atLeast(first), negated(above(last)));
  if (key === 'is' || key === 'in') return oneOf(bounds.map(Number));
  if (key === 'isNot' || key === 'notIn') return negated(oneOf(bounds.map(Number)));
  if (key === 'known') return ({ low, high }) => codeOf((low === high) === (bounds[0] === true));
  throw new Error(`A score cannot be compared by "${key}": the agreement was not checked.`);
}

const atLeast =
  (bound: number): IntervalTest =>
  ({ low, high }) =>
    low >= bound ? met : high < bound ? notMet : unknown;

const above =
  (bound: number): IntervalTest =>
  ({ low, high }) =>
    low > bound ? met : high <= bound ? notMet : unknown;

const negated =
  (test: IntervalTest): IntervalTest =>
  (value) =>
    not(test(value));

const both =
  (one: IntervalTest, other: IntervalTest): IntervalTest =>
  (value) =>
    Math.min(one(value), other(value)) as OutcomeCode;

function oneOf(wanted: readonly number[]): IntervalTest {
  return ({ low, high }) => {
    if (low === high) return codeOf(wanted.includes(low));
    return wanted.some((each) => each >= low && each <= high) ? unknown : notMet;
  };
}
