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
  const countdown = new Countdown(rules, share);
  for (const stretch of stretches) {
    if (stretch.from < start) continue;
    if (stretch.from >= end && countdown.left !== undefined) break;
    const usedUpAt = countdown.pass(stretch, Math.min(stretch.to, end));
    if (usedUpAt !== undefined) return { usedUpAt, left: 0 };
  }
  return { usedUpAt: undefined, left: countdown.left ?? 0 };
}

class Countdown {
  /** Undefined until the first stretch. */
  left: number | undefined;
  readonly #rules: Rules;
  readonly #share: number;
  #hasRun = false;
  #paused = false;
  #owner: string | undefined;

  constructor(rules: Rules, share: number) {
    this.#rules = rules;
    this.#share = share;
  }

  /** Lets a stretch pass up to `to`; the instant at which the time was used up, where it was. */
  pass(stretch: Stretch, to: number): number | undefined {
    this.#paused ||= isPause(stretch);
    if (stretch.why !== undefined) {
      this.left ??= this.#amount(stretch);
      return undefined;
    }
    if (!this.#hasRun || this.#resets(stretch)) this.left = this.#amount(stretch);
    this.#hasRun = true;
    this.#paused = false;
    this.#owner = stretch.owner ?? this.#owner;
    return this.#run(stretch, to);
  }

  #run({ from, time }: Stretch, to: number): number | undefined {
    if (from >= time.to) return undefined;
    const left = this.left ?? 0;
    const usedUpAt = left === Infinity ? undefined : time.add(from, left);
    if (usedUpAt !== undefined && usedUpAt <= to) return usedUpAt;
    if (to !== Infinity) this.left = left - time.elapsed(from, Math.min(to, time.to));
    return undefined;
  }

  #resets({ owner }: Stretch): boolean {
    const passesOn = this.#owner !== undefined && owner !== undefined && this.#owner !== owner;
    return (this.#paused && this.#rules.resetsAfterPause) || (passesOn && this.#rules.resetsAfterReassign);
  }

  #amount({ from, time }: Stretch): number {
    return Math.round(this.#share * amountOf(this.#rules.span, from, time));
  }
}

/** Waiting for an owner or for an agreement is no pause that a clause could reset after. */
const isPause = ({ why }: Stretch): boolean => why !== undefined && why !== 'unowned' && why !== 'frozen';

/** Business days, counted from when the time first runs, are as many open milliseconds as lie before the end of the last of them; Infinity beyond the calendar. */
function amountOf(span: PromiseSpan, at: number, time: WorkTime): number {
  if (span.kind !== 'days') return span.ms;
  const end = time.endAfter(at, span.days);
  return end === undefined ? Infinity : time.elapsed(at, end);
}
