import type { PromiseSpan } from '../agreement/promise-span.ts';
import type { ClockPromise } from './clock-promise.ts';
import type { Stretch } from './stretches.ts';
import type { WorkTime } from './work-time.ts';

export type Walk = {
  /** When the time was used up; undefined where it was not, by the end of the walk or of the calendar. */
  readonly usedUpAt: number | undefined;
  /** Milliseconds that were left at the end of the walk. */
  readonly left: number;
};

type Rules = Pick<ClockPromise, 'span' | 'resetsAfterPause' | 'resetsAfterReassign'>;

/**
 * Uses up a share of a promise's time, from `start` to `end` at most.
 *
 * Time that is used up exactly where it stops running is used up at that instant, as at a closing.
 */
export function walkClock(rules: Rules, stretches: readonly Stretch[], start: number, end: number, share = 1): Walk {
  let left: number | undefined;
  let last: Stretch | undefined;
  let owner: string | undefined;
  let paused = false;
  for (const stretch of stretches) {
    if (stretch.from < start) continue;
    if (stretch.from >= end && last) break;
    last = stretch;
    paused ||= isPause(stretch);
    if (stretch.why !== undefined) continue;
    const passesOn = owner !== undefined && stretch.owner !== undefined && owner !== stretch.owner;
    const resets = (paused && rules.resetsAfterPause) || (passesOn && rules.resetsAfterReassign);
    if (left === undefined || resets) left = share * amountOf(rules.span, stretch.from, stretch.time);
    owner = stretch.owner ?? owner;
    paused = false;
    const to = Math.min(stretch.to, end);
    const usedUpAt = left === Infinity ? undefined : stretch.time.add(stretch.from, left);
    if (usedUpAt !== undefined && usedUpAt <= to) return { usedUpAt, left: 0 };
    if (to !== Infinity) left -= stretch.time.elapsed(stretch.from, Math.min(to, stretch.time.to));
  }
  left ??= last ? share * amountOf(rules.span, last.from, last.time) : 0;
  return { usedUpAt: undefined, left };
}

/** Waiting for an owner or for an agreement is no pause that a clause could reset after. */
const isPause = ({ why }: Stretch): boolean => why !== undefined && why !== 'unowned' && why !== 'frozen';

/** Business days, counted from when the time first runs, are as many open milliseconds as lie before the end of the last of them; Infinity beyond the calendar. */
function amountOf(span: PromiseSpan, at: number, time: WorkTime): number {
  if (span.kind !== 'days') return span.ms;
  const end = time.endAfter(at, span.days);
  return end === undefined ? Infinity : time.elapsed(at, end);
}
