import { DateTime } from 'luxon';
import { YEARS } from '../../calendar-bounds.ts';

/** Days from `from` up to but not including `to`, midnights in the user's time zone. */
export type DateRange = { readonly from: DateTime; readonly to: DateTime };

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
type Span = { readonly unit: Unit; readonly start: number; readonly length: number };

const FIXED: Readonly<Record<string, Span>> = {
  YESTERDAY: { unit: 'day', start: -1, length: 1 },
  TODAY: { unit: 'day', start: 0, length: 1 },
  TOMORROW: { unit: 'day', start: 1, length: 1 },
  LAST_90_DAYS: { unit: 'day', start: -90, length: 91 },
  NEXT_90_DAYS: { unit: 'day', start: 1, length: 90 },
};

const RELATIVE = { LAST: -1, THIS: 0, NEXT: 1 } as const;

/**
 * The days a date literal stands for, `THIS_WEEK` or `LAST_N_DAYS:30`; undefined when it is none, or leads out of the
 * calendar.
 *
 * The past and coming `N_DAYS` include and exclude today as the platform does: LAST_N_DAYS:1 is yesterday and today.
 * Fiscal years are calendar years, as in a new org.
 */
export function dateRange(literal: string, now: number, timeZone: string, locale: string): DateRange | undefined {
  const [name = '', count] = literal.toUpperCase().replaceAll('FISCAL_', '').split(':');
  if (count !== undefined && !/^\d+$/.test(count)) return undefined;
  const span = count === undefined ? fixedSpan(name) : countedSpan(name, Number(count));
  if (span === undefined) return undefined;
  const today = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  const from = startOf(today, span.unit, locale).plus(durationOf(span.unit, span.start));
  const to = from.plus(durationOf(span.unit, span.length));
  const isInCalendar = from.isValid && to.isValid && from.year >= YEARS.first && to.year <= YEARS.last;
  return isInCalendar ? { from, to } : undefined;
}

function fixedSpan(name: string): Span | undefined {
  const match = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (match === null) return FIXED[name];
  return { unit: match[2]?.toLowerCase() as Unit, start: RELATIVE[match[1] as keyof typeof RELATIVE], length: 1 };
}

function countedSpan(name: string, count: number): Span | undefined {
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name)?.[1];
  if (ago !== undefined) return { unit: ago.toLowerCase() as Unit, start: -count, length: 1 };
  const match = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name);
  if (match === null) return undefined;
  const unit = match[2]?.toLowerCase() as Unit;
  if (match[1] === 'NEXT') return { unit, start: 1, length: count };
  return { unit, start: -count, length: unit === 'day' ? count + 1 : count };
}

function startOf(day: DateTime, unit: Unit, locale: string): DateTime {
  if (unit !== 'week') return day.startOf(unit);
  const sinceFirst = (day.weekday - firstWeekday(locale) + 7) % 7;
  return day.minus({ days: sinceFirst });
}

const durationOf = (unit: Unit, count: number): Record<string, number> => ({ [`${unit}s`]: count });

/** 1 is Monday; weeks begin as the user's locale says. */
function firstWeekday(locale: string): number {
  try {
    const info = new Intl.Locale(locale.replaceAll('_', '-')) as Intl.Locale & { getWeekInfo(): { firstDay: number } };
    return info.getWeekInfo().firstDay;
  } catch {
    return 7;
  }
}
