import type { Comparison } from '../agreement/schema.ts';
import type { Judgement } from './judgement.ts';

/** Which values of a number are looked at: the whole ones above zero up to one, or only those at which a comparison changes. */
export type Steps = WholeSteps | { readonly bounds: readonly number[]; readonly ages: readonly number[] };

export type WholeSteps = { readonly wholesTo: number };

export const dayMs = 86_400_000;

/** The values at which a comparison changes: its bounds, and the whole days on reaching which an age passes them. */
export function stepsOf(comparison: Comparison): Steps {
  const { atLeast, atMost, above, below, between = [], is, isNot, in: listed, notIn } = comparison;
  const [first, last] = between;
  const exact = numbers(is, isNot, listed, notIn);
  const reached = numbers(atLeast, below, first);
  const passed = numbers(atMost, above, last);
  const ages = [
    ...[...reached, ...exact].map((bound) => Math.ceil(bound)),
    ...[...passed, ...exact].map((bound) => Math.floor(bound) + 1),
  ];
  return { bounds: [...reached, ...passed, ...exact], ages: [...new Set(ages)].sort((a, b) => a - b) };
}

const numbers = (...values: readonly unknown[]): readonly number[] =>
  values.flat().filter((value) => typeof value === 'number');

/** Whole days from `at` to `now`, negative for an instant to come; lowers `validUntil` to the next day that matters. */
export function daysSince(at: number, steps: Steps, now: number, judgement: Judgement): number {
  const days = Math.floor((now - at) / dayMs);
  const next = 'wholesTo' in steps ? days + 1 : steps.ages.find((age) => age > days);
  if (next !== undefined && at !== -Infinity) judgement.changesAt(at + next * dayMs);
  return days;
}
