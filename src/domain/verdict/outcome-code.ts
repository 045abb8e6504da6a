import type { Outcome } from './decision.ts';

/**
 * An outcome as a number, ordered so that three-valued logic is arithmetic: all is the least, any the greatest, not is
 * `met - code`.
 */
export type OutcomeCode = 0 | 1 | 2;

export const notMet = 0;
export const unknown = 1;
export const met = 2;

/** Names by code. */
export const outcomes: Readonly<Record<OutcomeCode, Outcome>> = ['not-met', 'unknown', 'met'];

export const not = (code: OutcomeCode): OutcomeCode => (met - code) as OutcomeCode;

export const codeOf = (holds: boolean): OutcomeCode => (holds ? met : notMet);

export function toCode(outcome: Outcome): OutcomeCode {
  if (outcome === 'met') return met;
  return outcome === 'unknown' ? unknown : notMet;
}
