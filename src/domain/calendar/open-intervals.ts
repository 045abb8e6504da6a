import type { Calendar, DayHours, Weekday } from './calendar.ts';
import { holidayDays } from './holiday-days.ts';
import { dayMs, weekdayOf, type DayNumber } from './local-date.ts';
import { zoneSpans, type ZoneSpan } from './zone-spans.ts';

/** Milliseconds since midnight on the wall clock, or since the epoch; half-open. */
export type Interval = { readonly from: number; readonly to: number };

const minuteMs = 60_000;

/**
 * The open intervals of a calendar within `[from, to)`, as instants, ascending, apart from each other.
 *
 * Hours that reach into the next day belong to that day's date: a holiday closes what lies on its own date only.
 */
export function openIntervals(calendar: Calendar, from: number, to: number): readonly Interval[] {
  const hoursOf = dayHours(calendar, Math.floor(from / dayMs) - 2, Math.ceil(to / dayMs) + 2);
  const intervals: { from: number; to: number }[] = [];
  for (const span of zoneSpans(calendar.timeZone, from, to)) {
    for (const open of openWithin(span, hoursOf)) {
      const last = intervals.at(-1);
      if (last && last.to === open.from) last.to = open.to;
      else intervals.push({ ...open });
    }
  }
  return intervals;
}

/** Within a span the wall clock runs evenly, so its days can be laid over it one by one. */
function* openWithin(
  { from, to, offset }: ZoneSpan,
  hoursOf: (day: DayNumber) => readonly Interval[],
): Iterable<Interval> {
  for (let day = Math.floor((from + offset) / dayMs); day * dayMs - offset < to; day++) {
    const midnight = day * dayMs - offset;
    for (const hours of hoursOf(day)) {
      const start = Math.max(from, midnight + hours.from);
      const end = Math.min(to, midnight + hours.to);
      if (start < end) yield { from: start, to: end };
    }
  }
}

/** The open hours of each date between two days: the week's hours without the holidays'. */
function dayHours(calendar: Calendar, first: DayNumber, last: DayNumber): (day: DayNumber) => readonly Interval[] {
  const week = weekHours(calendar);
  const closed = new Map<DayNumber, Interval[]>();
  for (const holiday of calendar.holidays) {
    for (const day of holidayDays(holiday, first - 1, last)) {
      // Closed hours reach into the next day as open hours do.
      for (const [offset, hours] of splitAtMidnight(holiday.hours ?? wholeDay)) {
        closed.set(day + offset, [...(closed.get(day + offset) ?? []), hours]);
      }
    }
  }
  return (day) => {
    const open = week.get(weekdayOf(day)) ?? [];
    return (closed.get(day) ?? []).reduce(without, open);
  };
}

const wholeDay: DayHours = { from: 0, to: 1440 };

/** Hours by the weekday whose date they lie on, merged where they overlap or touch. */
function weekHours({ week }: Calendar): ReadonlyMap<Weekday, readonly Interval[]> {
  const byDay = new Map<Weekday, Interval[]>();
  for (const [day, hours] of Object.entries(week)) {
    for (const [offset, interval] of (hours ?? []).flatMap(splitAtMidnight)) {
      const weekday = (((Number(day) - 1 + offset) % 7) + 1) as Weekday;
      byDay.set(weekday, [...(byDay.get(weekday) ?? []), interval]);
    }
  }
  return new Map([...byDay].map(([day, intervals]) => [day, merged(intervals)]));
}

/** Cuts hours at midnight into the part of their own day and that of the next. */
function splitAtMidnight({ from, to }: DayHours): readonly (readonly [0 | 1, Interval])[] {
  const parts: (readonly [0 | 1, Interval])[] = [];
  if (from < 1440) parts.push([0, { from: from * minuteMs, to: Math.min(to, 1440) * minuteMs }]);
  if (to > 1440) parts.push([1, { from: Math.max(0, from - 1440) * minuteMs, to: (to - 1440) * minuteMs }]);
  return parts;
}

function merged(intervals: readonly Interval[]): readonly Interval[] {
  const result: { from: number; to: number }[] = [];
  for (const each of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && each.from <= last.to) last.to = Math.max(last.to, each.to);
    else result.push({ ...each });
  }
  return result;
}

function without(open: readonly Interval[], closed: Interval): readonly Interval[] {
  return open.flatMap((each) =>
    [
      { from: each.from, to: Math.min(each.to, closed.from) },
      { from: Math.max(each.from, closed.to), to: each.to },
    ].filter(({ from, to }) => from < to),
  );
}
