import type { Period as PeriodLength } from '../agreement/promise-span.ts';
import {
  datePartsOf,
  dayMs,
  dayNumberOf,
  type DayNumber,
  toDayNumber,
  toLocalDate,
  weekdayOf,
} from '../calendar/local-date.ts';
import { startOfDay } from '../text/start-of-day.ts';

/** A week, month or quarter on the wall of a time zone; half-open. */
export type Period = {
  /** `2026-W02`, `2026-01` or `2026-Q1`; records name the period by it. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
};

/** The period in which an instant lies; weeks begin on Monday and are numbered as ISO 8601 does. */
export function periodAt(at: number, per: PeriodLength, timeZone: string): Period {
  const [first, next] = daysAround(localDay(at, timeZone), per);
  return {
    key: keyOf(first, per),
    from: startOfDay(toLocalDate(first), timeZone),
    to: startOfDay(toLocalDate(next), timeZone),
  };
}

function localDay(at: number, timeZone: string): DayNumber {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return toDayNumber(parts.format(at));
}

/** The first day of the period, and that of the next one. */
function daysAround(day: DayNumber, per: PeriodLength): readonly [DayNumber, DayNumber] {
  if (per === 'week') {
    const monday = day - weekdayOf(day) + 1;
    return [monday, monday + 7];
  }
  const { year, month } = datePartsOf(day);
  const length = per === 'month' ? 1 : 3;
  const first = month - ((month - 1) % length);
  return [dayNumberOf(year, first, 1), dayNumberOf(year, first + length, 1)];
}

function keyOf(first: DayNumber, per: PeriodLength): string {
  const { year, month } = datePartsOf(first);
  if (per === 'month') return `${year}-${String(month).padStart(2, '0')}`;
  if (per === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  // The year of a week is that of its Thursday.
  const thursday = new Date((first + 3) * dayMs).getUTCFullYear();
  const week = Math.floor((first + 3 - dayNumberOf(thursday, 1, 1)) / 7) + 1;
  return `${thursday}-W${String(week).padStart(2, '0')}`;
}
