import type { LocalDate, Weekday } from './calendar.ts';

export const dayMs = 86_400_000;

/** Days are counted from 1970-01-01 on the wall clock, whatever the zone. */
export type DayNumber = number;

/** The day number of a date; throws RangeError for a date that does not exist. */
export function toDayNumber(date: LocalDate): DayNumber {
  const [year = Number.NaN, month = 0, day = 0] = date.split('-').map(Number);
  const number = dayNumberOf(year, month, day);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || toLocalDate(number) !== date) {
    throw new RangeError(`${date} is no date: write an existing day as YYYY-MM-DD.`);
  }
  return number;
}

export const toLocalDate = (day: DayNumber): LocalDate => new Date(day * dayMs).toISOString().slice(0, 10);

/** `month` counts from 1; days beyond the month's end run into the next. */
export const dayNumberOf = (year: number, month: number, day: number): DayNumber =>
  Date.UTC(year, month - 1, day) / dayMs;

export type DateParts = { readonly year: number; readonly month: number; readonly day: number };

export function datePartsOf(day: DayNumber): DateParts {
  const date = new Date(day * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: DayNumber): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
