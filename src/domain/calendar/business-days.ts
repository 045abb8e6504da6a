import type { Calendar } from './calendar.ts';
import { openIntervals } from './open-intervals.ts';
import { byWallDate, wallDateOf } from './wall-dates.ts';
import { zoneSpans } from './zone-spans.ts';

/**
 * The business days of one calendar between two instants.
 *
 * A business day is a date on the wall with open hours, and it ends at its last closing. The day of an instant is the
 * one that ends next, so an instant after closing belongs to the next business day.
 */
export class BusinessDays {
  /** The last closing of each business day, ascending. */
  readonly #ends: Float64Array;

  constructor(calendar: Calendar, from: number, to: number) {
    const spans = zoneSpans(calendar.timeZone, from, to);
    const ends: number[] = [];
    for (const open of openIntervals(calendar, from, to)) {
      for (const { from: begin, to: end } of byWallDate(open.from, open.to, spans)) {
        const day = wallDateOf(begin, spans);
        const last = ends.at(-1);
        if (last !== undefined && wallDateOf(last - 1, spans) === day) ends[ends.length - 1] = end;
        else ends.push(end);
      }
    }
    this.#ends = Float64Array.from(ends);
  }

  /** When the business day ends that comes so many after the one of `at`; undefined where the range ends before. */
  endAfter(at: number, days: number): number | undefined {
    const ends = this.#ends;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return ends[low + days];
  }
}
