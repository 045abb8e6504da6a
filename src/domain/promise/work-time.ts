import { BusinessDays } from '../calendar/business-days.ts';
import { BusinessTime } from '../calendar/business-time.ts';
import type { Calendar } from '../calendar/calendar.ts';

/** The time in which a clock runs: the open hours of a calendar, or all of it. */
export type WorkTime = {
  /** Epoch milliseconds; nothing is known beyond. */
  readonly to: number;
  /** When so many milliseconds have passed since `at`; undefined beyond the range. */
  add(at: number, ms: number): number | undefined;
  /** Milliseconds that pass in `[from, to)`. */
  elapsed(from: number, to: number): number;
  /** The end of the business day that comes so many after the one of `at`; undefined beyond the range. */
  endAfter(at: number, days: number): number | undefined;
};

/** Prepares a calendar's open hours and days between two instants, once for any number of clocks. */
export function workTime(calendar: Calendar, from: number, to: number): WorkTime {
  const time = new BusinessTime(calendar, from, to);
  const days = new BusinessDays(calendar, from, to);
  return {
    to,
    add: (at, ms) => time.add(at, ms),
    elapsed: (begin, end) => time.elapsed(begin, end),
    endAfter: (at, count) => days.endAfter(at, count),
  };
}

const dayMs = 86_400_000;

/** Time on the clock, which never stands still. */
export const clockTime: WorkTime = {
  to: Infinity,
  add: (at, ms) => at + ms,
  elapsed: (from, to) => to - from,
  endAfter: (at, days) => at + days * dayMs,
};
