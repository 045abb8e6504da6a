import type { LocalDate } from '../../domain/calendar/calendar.ts';
import { dayMs, toDayNumber, toLocalDate, weekdayOf } from '../../domain/calendar/local-date.ts';
import { wallDateOf } from '../../domain/calendar/wall-dates.ts';
import { mondayOf, weekHours } from '../../domain/calendar/week-hours.ts';
import { zoneSpans } from '../../domain/calendar/zone-spans.ts';
import type { KnownCalendar, KnownCalendars } from './read-calendars.ts';

export type DayShown = {
  readonly date: LocalDate;
  readonly weekday: string;
  /** Open hours as instants, ISO, and as a clock on the wall shows them. */
  readonly open: readonly { readonly from: string; readonly to: string; readonly onTheWall: string }[];
  readonly holidays: readonly string[];
  /** Changes of the clocks: when, and what they show last and first. */
  readonly clockChanges: readonly { readonly at: string; readonly from: string; readonly to: string }[];
};

export type CalendarWeek = {
  readonly name: string;
  readonly timeZone: string;
  readonly origin: KnownCalendar['origin'];
  readonly users: readonly string[];
  /** Monday to Sunday. */
  readonly days: readonly DayShown[];
};

export type WeekChoice = {
  /** The one calendar to show; all without it. */
  readonly name?: string | undefined;
  /** A date of the week; that of `now` on each calendar's wall without it. */
  readonly week?: LocalDate | undefined;
  readonly now: number;
};

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Lays calendars out over one week. */
export function showWeeks({ calendars }: KnownCalendars, { name, week, now }: WeekChoice): readonly CalendarWeek[] {
  const chosen = [...calendars].filter(([each]) => name === undefined || each === name);
  return chosen.map(([title, { calendar, origin, users }]) => {
    const monday = mondayOf(week ?? today(calendar.timeZone, now));
    return { name: title, timeZone: calendar.timeZone, origin, users, days: weekHours(calendar, monday).map(toShown) };
  });
}

const today = (timeZone: string, now: number): LocalDate =>
  toLocalDate(wallDateOf(now, zoneSpans(timeZone, now, now + dayMs)));

const iso = (at: number): string => new Date(at).toISOString();

const toShown = ({ date, open, holidays, clockChanges }: ReturnType<typeof weekHours>[number]): DayShown => ({
  date,
  weekday: weekdays[weekdayOf(toDayNumber(date)) - 1] ?? '',
  open: open.map(({ from, to, onTheWall }) => ({ from: iso(from), to: iso(to), onTheWall })),
  holidays,
  clockChanges: clockChanges.map(({ at, from, to }) => ({ at: iso(at), from, to })),
});
