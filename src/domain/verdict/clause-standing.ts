import type { Outcome, ReceiptClause } from './decision.ts';

/**
 * Tells whether a clause speaks for its definition (`met`) or against it, which is what a tick or a cross shows.
 *
 * It differs from the clause's own outcome in groups that want their conditions not to hold, such as `none`.
 */
export function clauseStanding({ group, outcome }: Pick<ReceiptClause, 'group' | 'outcome'>): Outcome {
  if (outcome === 'unknown' || !isNegative(group)) return outcome;
  return outcome === 'met' ? 'not-met' : 'met';
}

const isNegative = (group: string): boolean =>
  group === 'none' || group === 'not all' || group.startsWith('fewer than');
