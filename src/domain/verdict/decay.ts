import type { Steps } from './age-steps.ts';
import type { Judgement } from './judgement.ts';

/**
 * Notes when a decaying amount next falls through a value that matters.
 *
 * All its events decay at one rate, so the amount as a whole does: from `amount` it reaches `bound` after
 * `halfLife * log2(amount / bound)`. The instant is taken a little early, by what rounding may have added to a sum of
 * `size` in all, because one that is late would leave a wrong answer standing.
 */
export function fallsThrough(
  amount: number,
  size: number,
  halfLife: number,
  steps: Steps,
  now: number,
  judgement: Judgement,
): void {
  if (amount === 0) return;
  const slack = 1 + halfLife * 1e-12 * (size / Math.abs(amount));
  const note = (bound: number): void => {
    const ratio = amount / bound;
    if (!(ratio >= 1) || ratio === Infinity) return;
    judgement.changesAt(Math.max(now + 1, Math.floor(now + halfLife * Math.log2(ratio) - slack)));
  };
  if (steps === 'whole') note(amount > 0 ? Math.floor(amount) : Math.ceil(amount));
  else for (const bound of steps.bounds) note(bound);
}
