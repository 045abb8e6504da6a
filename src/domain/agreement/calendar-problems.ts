import { nearestName } from './nearest-name.ts';
import type { Problem } from './problem.ts';
import { isClock } from './promise-schema.ts';
import type { Agreement } from './schema.ts';
import { withSuggestion } from './problem.ts';
import { daysOf } from './day-range.ts';
import type { WrittenCalendar } from './calendar-schema.ts';

/** Finds calendars that are not told, never open, named wrongly, or used by nobody. */
export function calendarProblems(agreement: Agreement): readonly Problem[] {
  const { calendars = {} } = agreement;
  const used = usedCalendars(agreement);
  return [
    ...Object.entries(calendars).flatMap(([name, calendar]) => [
      ...sourceProblems(name, calendar),
      ...openProblems(name, calendar),
      ...(used.some((each) => each.name === name) || calendar.users ? [] : [unused(name)]),
    ]),
    ...userProblems(calendars),
    ...used.flatMap(({ name, path }) => (Object.hasOwn(calendars, name) ? [] : [unknown(name, path, calendars)])),
  ];
}

type Use = { readonly name: string; readonly path: Problem['path'] };

const usedCalendars = ({ promises = [] }: Agreement): readonly Use[] =>
  promises.flatMap((promise, index): Use[] => {
    const path = ['promises', index];
    const own = 'calendar' in promise && promise.calendar !== undefined ? promise.calendar : undefined;
    const inSegment = isClock(promise) ? Object.entries(promise.calendarIn ?? {}) : [];
    return [
      ...(own === undefined ? [] : [{ name: own, path: [...path, 'calendar'] }]),
      ...inSegment.map(([segment, name]) => ({ name, path: [...path, 'calendarIn', segment] })),
    ];
  });

/** Week and time zone are written or come from the org, not both. */
function sourceProblems(name: string, { from, week, timeZone }: WrittenCalendar): Problem[] {
  const path = ['calendars', name];
  if (from === undefined && week === undefined) {
    const message = 'Say when the calendar is open: "week", or "from" with the name of business hours in the org.';
    return [{ severity: 'error', path, message, code: 'missing' }];
  }
  if (from === undefined) return [];
  return (['week', 'timeZone'] as const).flatMap((key): Problem[] => {
    if ((key === 'week' ? week : timeZone) === undefined) return [];
    const message = `"${key}" comes with the business hours of the org: write either "from" or "${key}".`;
    return [{ severity: 'error', path: [...path, key], message, code: 'wrong-value' }];
  });
}

function openProblems(name: string, { week }: WrittenCalendar): Problem[] {
  if (!week) return [];
  const path = ['calendars', name, 'week'];
  const closed = Object.values(week).every((hours) => hours.length === 0);
  if (closed) {
    const message =
      'No hour is open in this week, so no clock would ever run. Write hours such as mon-fri: [09:00-17:00].';
    return [{ severity: 'error', path, message, code: 'never-met' }];
  }
  const seen = new Set<number>();
  return Object.keys(week).flatMap((range): Problem[] => {
    const days = daysOf(range);
    const twice = days.some((day) => seen.has(day));
    for (const day of days) seen.add(day);
    const message = `A day of "${range}" has hours already; write all hours of a day in one place.`;
    return twice ? [{ severity: 'error', path: [...path, range], message, code: 'duplicate' }] : [];
  });
}

function userProblems(calendars: Readonly<Record<string, WrittenCalendar>>): Problem[] {
  const first = new Map<string, string>();
  return Object.entries(calendars).flatMap(([name, { users = [] }]) =>
    users.flatMap((user, index): Problem[] => {
      const key = user.trim().toLowerCase();
      const other = first.get(key);
      first.set(key, other ?? name);
      if (other === undefined) return [];
      const message = `"${user}" works by the calendar "${other}" already.`;
      return [{ severity: 'error', path: ['calendars', name, 'users', index], message, code: 'duplicate' }];
    }),
  );
}

const unused = (name: string): Problem => ({
  severity: 'warning',
  path: ['calendars', name],
  message: `No promise and no user has the calendar "${name}".`,
  code: 'unused-calendar',
});

function unknown(name: string, path: Problem['path'], calendars: object): Problem {
  const message = `There is no calendar "${name}".`;
  return withSuggestion(
    { severity: 'error', path, message, code: 'unknown-calendar' },
    nearestName(name, Object.keys(calendars)),
  );
}
