import type { Comparison, Scalar } from '../agreement/schema.ts';
import type { FactValue } from '../timeline/timeline.ts';
import { codeOf, met, not, notMet, unknown, type OutcomeCode } from './outcome-code.ts';

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
    bound === undefined ? [] : [compileOne(key as keyof Comparison, bound)],
  );
  const [first, ...rest] = tests;
  if (!first) throw new Error('A criterion compares nothing: the agreement was not checked.');
  if (rest.length === 0) return first;
  return (value) => Math.min(...tests.map((test) => test(value))) as OutcomeCode;
}

function compileOne(key: keyof Comparison, bound: Scalar | readonly Scalar[]): Test {
  switch (key) {
    case 'atLeast':
      return ordered((value) => value >= Number(bound));
    case 'atMost':
      return ordered((value) => value <= Number(bound));
    case 'above':
      return ordered((value) => value > Number(bound));
    case 'below':
      return ordered((value) => value < Number(bound));
    case 'is':
    case 'in':
      return oneOf([bound].flat());
    case 'isNot':
    case 'notIn':
      return negated(oneOf([bound].flat()));
    case 'contains':
      return textual(String(bound), (value, part) => value.includes(part));
    case 'startsWith':
      return textual(String(bound), (value, part) => value.startsWith(part));
    case 'known':
      return (value) => ((value !== undefined) === bound ? met : notMet);
  }
}

const ordered =
  (holds: (value: number) => boolean): Test =>
  (value) =>
    typeof value === 'number' ? codeOf(holds(value)) : unknown;

const negated =
  (test: Test): Test =>
  (value) =>
    not(test(value));

function textual(bound: string, holds: (value: string, part: string) => boolean): Test {
  const part = bound.toLowerCase();
  return (value) => (typeof value === 'string' ? codeOf(holds(value.toLowerCase(), part)) : unknown);
}

function oneOf(listed: readonly Scalar[]): Test {
  const values = new Set(listed.map(fold));
  const types = new Set(listed.map((value) => typeof value));
  const [only] = values;
  if (values.size === 1)
    return (value) => (types.has(typeof value as 'string') ? codeOf(fold(value) === only) : unknown);
  return (value) => (types.has(typeof value as 'string') ? codeOf(values.has(fold(value) as Scalar)) : unknown);
}

const fold = <T extends FactValue>(value: T): T | string => (typeof value === 'string' ? value.toLowerCase() : value);
