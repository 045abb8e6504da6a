import type { Calendar, LocalDate } from './calendar.ts';
import { holidayDays } from './holiday-days.ts';
import { dayMs, toDayNumber, toLocalDate, weekdayOf, type DayNumber } from './local-date.ts';
import { openIntervals } from './open-intervals.ts';
import { byWallDate, wallDateOf, wallTimeOf } from './wall-dates.ts';
import { zoneSpans, type ZoneSpan } from './zone-spans.ts';

/** Open hours as instants in epoch milliseconds, and as a clock on the wall shows them. */
export type OpenHours = {
  readonly from: number;
  readonly to: number;
  /** `09:00-17:00`; `24:00` is the end of the day, and hours are cut where the clocks change. */
  readonly onTheWall: string;
};

export type ClockChange = {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What the clocks show last and first, `02:00` and `03:00`. */
  readonly from: string;
  readonly to: string;
};

export type DayOfWeek = {
  readonly date: LocalDate;
  readonly open: readonly OpenHours[];
  /** Titles of the holidays that begin on this day. */
  readonly holidays: readonly string[];
  readonly clockChanges: readonly ClockChange[];
};

/** The Monday of the week in which a date lies. */
export function mondayOf(date: LocalDate): LocalDate {
  const day = toDayNumber(date);
  return toLocalDate(day - weekdayOf(day) + 1);
}

/** The seven days from a Monday on, on the wall of the calendar's zone. */
export function weekHours(calendar: Calendar, monday: LocalDate): readonly DayOfWeek[] {
  const first = toDayNumber(monday);
  // No zone is further from UTC than 14 hours, so a day more on both sides holds every hour of the week.
  const [from, to] = [(first - 1) * dayMs, (first + 8) * dayMs];
  const spans = zoneSpans(calendar.timeZone, from, to);
  const pieces = openIntervals(calendar, from, to).flatMap((each) => [...byWallDate(each.from, each.to, spans)]);
  const open = Map.groupBy(pieces, (each) => wallDateOf(each.from, spans));
  const changes = Map.groupBy(changesOf(spans), ({ day }) => day);
  return Array.from({ length: 7 }, (_, offset) => first + offset).map((day) => ({
    date: toLocalDate(day),
    open: (open.get(day) ?? []).map((each) => ({ ...each, onTheWall: onTheWall(each, spans) })),
    holidays: calendar.holidays
      .filter((holiday) => holidayDays(holiday, day, day).length > 0)
      .map(({ title }) => title),
    clockChanges: (changes.get(day) ?? []).map(({ change }) => change),
  }));
}

/** A change belongs to the day that the clocks show after it. */
function changesOf(spans: readonly ZoneSpan[]): readonly { readonly day: DayNumber; readonly change: ClockChange }[] {
  return spans.slice(1).map(({ from: at, offset }, index) => {
    const before = at + (spans[index]?.offset ?? offset);
    return {
      day: Math.floor((at + offset) / dayMs),
      change: { at, from: timeOf(before), to: timeOf(at + offset) },
    };
  });
}

/** The last millisecond tells the offset under which an interval ends. */
const onTheWall = ({ from, to }: { from: number; to: number }, spans: readonly ZoneSpan[]): string => {
  const end = wallTimeOf(to - 1, spans) + 1;
  return `${timeOf(wallTimeOf(from, spans))}-${end % dayMs === 0 ? '24:00' : timeOf(end)}`;
};

const timeOf = (wall: number): string => new Date(wall).toISOString().slice(11, 16);
