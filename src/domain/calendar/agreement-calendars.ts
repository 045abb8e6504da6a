import { looksLikeDay, type WrittenCalendar, type WrittenHoliday } from '../agreement/calendar-schema.ts';
import { daysOf } from '../agreement/day-range.ts';
import { nearestName } from '../agreement/nearest-name.ts';
import type { Agreement } from '../agreement/schema.ts';
import type { Calendar, DayHours, Holiday } from './calendar.ts';

/** Calendars and holidays that the org holds. */
export type OrgCalendars = {
  /** Business hours by name. */
  readonly hours: ReadonlyMap<string, Calendar>;
  readonly holidays: readonly Holiday[];
  /** Name of business hours → names of their holidays, as retrieved settings say; the data of an org does not. */
  readonly linked?: ReadonlyMap<string, readonly string[]>;
};

export type AgreementCalendars = {
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** User, in lower case → name of the calendar that the user works by. */
  readonly ofUsers: ReadonlyMap<string, string>;
  /** What the org does not have, in sentences; such a calendar is absent. */
  readonly problems: readonly string[];
};

export const noOrgCalendars: OrgCalendars = { hours: new Map(), holidays: [] };

/** Makes the calendars that an agreement names, with what it takes from the org. */
export function agreementCalendars(
  { calendars = {}, timeZone }: Pick<Agreement, 'calendars' | 'timeZone'>,
  org: OrgCalendars = noOrgCalendars,
): AgreementCalendars {
  const made = new Map<string, Calendar>();
  const problems: string[] = [];
  for (const [name, written] of Object.entries(calendars)) {
    const hours = hoursOf(written, timeZone, org);
    if (!hours) problems.push(noHours(name, written.from ?? '', org));
    else if (isNeverOpen(hours)) problems.push(neverOpen(name));
    else {
      const { holidays, missing } = holidaysOf(written, org);
      problems.push(...missing.map((title) => noHoliday(name, title, org)));
      made.set(name, { ...hours, name, holidays });
    }
  }
  const ofUsers = Object.entries(calendars).flatMap(([name, { users = [] }]) =>
    users.map((user) => [user.trim().toLowerCase(), name] as const),
  );
  return { calendars: made, ofUsers: new Map(ofUsers), problems };
}

type Hours = Pick<Calendar, 'timeZone' | 'week'>;

function hoursOf({ from, week, timeZone }: WrittenCalendar, usual: string, { hours }: OrgCalendars): Hours | undefined {
  if (from !== undefined) return hours.get(from);
  const entries = Object.entries(week ?? {}).flatMap(([range, written]) =>
    daysOf(range).map((day) => [day, written.map(toHours)] as const),
  );
  return { timeZone: timeZone ?? usual, week: Object.fromEntries(entries) };
}

const isNeverOpen = ({ week }: Hours): boolean => Object.values(week).every((hours) => hours.length === 0);

/** `22:00-06:00` ends on the next day. */
function toHours(written: string): DayHours {
  const [from = 0, to = 0] = written.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { from, to: to <= from ? to + 1440 : to };
}

function holidaysOf(
  { holidays, from }: WrittenCalendar,
  org: OrgCalendars,
): { readonly holidays: readonly Holiday[]; readonly missing: readonly string[] } {
  if (holidays === 'all') return { holidays: org.holidays, missing: [] };
  const linked = from === undefined ? undefined : org.linked?.get(from);
  const found: Holiday[] = [];
  const missing: string[] = [];
  for (const each of holidays ?? linked ?? []) {
    const own = toHoliday(each, org);
    if (own.length === 0) missing.push(typeof each === 'string' ? each : each.title);
    found.push(...own);
  }
  return { holidays: found, missing };
}

function toHoliday(written: WrittenHoliday, org: OrgCalendars): readonly Holiday[] {
  if (typeof written === 'object') {
    const { title, date, hours } = written;
    return [{ ...onDay(title, date), ...(hours !== undefined && { hours: toHours(hours) }) }];
  }
  if (looksLikeDay(written)) return [onDay(written, written)];
  return org.holidays.filter(({ title }) => title.toLowerCase() === written.trim().toLowerCase());
}

/** `12-25` is that day of every year, from before anybody's hand-offs on; it is written as of a leap year. */
function onDay(title: string, date: string): Holiday {
  if (date.length > 5) return { title, date };
  const [month = 1, day = 1] = date.split('-').map(Number);
  return { title, date: '1972-01-01', recurs: { every: 'year', month, day } };
}

const noHours = (name: string, from: string, { hours }: OrgCalendars): string =>
  `The calendar "${name}" takes its hours from "${from}", and the org has no such business hours.${meant(from, [...hours.keys()])}`;

const neverOpen = (name: string): string =>
  `The calendar "${name}" has no open hour, so no clock would ever run. Give its business hours times.`;

const noHoliday = (name: string, title: string, { holidays }: OrgCalendars): string =>
  `The calendar "${name}" closes on "${title}", and the org has no such holiday.${meant(
    title,
    holidays.map((holiday) => holiday.title),
  )}`;

function meant(written: string, names: readonly string[]): string {
  const nearest = nearestName(written, names);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
