import type { Calendar } from './calendar.ts';
import { openIntervals } from './open-intervals.ts';

/**
 * Arithmetic in the open hours of one calendar, over instants from `from` to `to` (epoch milliseconds).
 *
 * Hours are real elapsed time: a day of 25 hours that is open all day has 25. Intervals are half-open. Every answer is
 * exact to the millisecond; an instant outside the range throws RangeError, since an answer would be made up.
 */
export class BusinessTime {
  readonly from: number;
  readonly to: number;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  /** Open milliseconds before each interval, and in all of them at the end. */
  readonly #before: Float64Array;

  constructor(calendar: Calendar, from: number, to: number) {
    const intervals = openIntervals(calendar, from, to);
    this.from = from;
    this.to = to;
    this.#starts = Float64Array.from(intervals, (each) => each.from);
    this.#ends = Float64Array.from(intervals, (each) => each.to);
    this.#before = new Float64Array(intervals.length + 1);
    for (const [index, each] of intervals.entries()) {
      this.#before[index + 1] = (this.#before[index] as number) + each.to - each.from;
    }
  }

  isOpen(at: number): boolean {
    const index = this.#lastStart(at);
    return index >= 0 && at < (this.#ends[index] as number);
  }

  /** `at` itself while open, else the next opening; undefined when there is none within the range. */
  nextOpen(at: number): number | undefined {
    const index = this.#lastStart(at);
    return index >= 0 && at < (this.#ends[index] as number) ? at : this.#starts[index + 1];
  }

  /** Open milliseconds in `[from, to)`; negative when `to` lies before `from`. */
  elapsed(from: number, to: number): number {
    return this.#openUntil(to) - this.#openUntil(from);
  }

  /**
   * The instant at which `amount` open milliseconds have passed since `at`; undefined when the range ends before that.
   *
   * Outside hours counting begins at the next opening. An amount used up exactly at a closing is due at that closing,
   * and none at all is due at once, or at the next opening.
   */
  add(at: number, amount: number): number | undefined {
    if (amount < 0) throw new RangeError('Business time is only added forwards.');
    if (amount === 0) return this.nextOpen(at);
    const target = this.#openUntil(at) + amount;
    const index = this.#intervalReaching(target);
    if (index >= this.#starts.length) return undefined;
    return (this.#starts[index] as number) + target - (this.#before[index] as number);
  }

  /** Open milliseconds from the begin of the range to `at`. */
  #openUntil(at: number): number {
    const index = this.#lastStart(at);
    if (index < 0) return 0;
    const start = this.#starts[index] as number;
    return (this.#before[index] as number) + Math.min(at, this.#ends[index] as number) - start;
  }

  /** Index of the last interval that starts at `at` or before; -1 when none does. */
  #lastStart(at: number): number {
    // Written so that NaN fails too.
    if (!(at >= this.from && at <= this.to)) throw outside(at, this.from, this.to);
    const starts = this.#starts;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Index of the first interval by whose end `open` milliseconds have passed; the number of intervals when none. */
  #intervalReaching(open: number): number {
    const before = this.#before;
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((before[middle + 1] as number) >= open) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const outside = (at: number, from: number, to: number): RangeError => {
  const [day, first, last] = [at, from, to].map((each) =>
    Number.isFinite(each) ? new Date(each).toISOString() : each,
  );
  return new RangeError(`The business hours reach from ${first} to ${last}, and ${day} lies outside.`);
};
