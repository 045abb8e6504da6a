import type { Calendar, DayHours, Holiday, NthWeek, Recurrence, Weekday } from './calendar.ts';

/** A record of the org: field API name → value. */
export type OrgRow = Readonly<Record<string, string | number | boolean | null>>;

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const nths: readonly NthWeek[] = ['First', 'Second', 'Third', 'Fourth', 'Last'];

/** Fields of BusinessHours that a calendar is made of. */
export const businessHoursFields: readonly string[] = [
  'Name',
  'TimeZoneSidKey',
  ...days.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]),
];

/** Fields of Holiday that a calendar is made of. */
export const holidayFields: readonly string[] = [
  'Name',
  'ActivityDate',
  'IsAllDay',
  'StartTimeInMinutes',
  'EndTimeInMinutes',
  'IsRecurrence',
  'RecurrenceStartDate',
  'RecurrenceEndDateOnly',
  'RecurrenceType',
  'RecurrenceInterval',
  'RecurrenceDayOfWeekMask',
  'RecurrenceDayOfMonth',
  'RecurrenceInstance',
  'RecurrenceMonthOfYear',
];

/**
 * Makes a calendar of a BusinessHours record.
 *
 * The Z of its times is decoration: they are times on the wall in its zone. A day without times is closed, one from
 * midnight to midnight is open all day, and one that ends before it begins ends on the next day.
 */
export function calendarFromBusinessHours(row: OrgRow, holidays: readonly Holiday[]): Calendar {
  const week = days.flatMap((day, index) => {
    const [from, to] = [minutesOf(row[`${day}StartTime`]), minutesOf(row[`${day}EndTime`])];
    return from === undefined || to === undefined ? [] : [[index + 1, [hoursBetween(from, to)]] as const];
  });
  return {
    name: String(row['Name']),
    timeZone: String(row['TimeZoneSidKey']),
    week: Object.fromEntries(week),
    holidays,
  };
}

/** `09:00:00.000Z` → 540; undefined for no time. */
function minutesOf(time: OrgRow[string] | undefined): number | undefined {
  const match = typeof time === 'string' ? /^(\d{2}):(\d{2})/.exec(time) : undefined;
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

const wholeDay = 1440;
const hoursBetween = (from: number, to: number): DayHours => ({ from, to: to <= from ? to + wholeDay : to });

/** Makes a holiday of a Holiday record; undefined where its dates or its recurrence cannot be understood. */
export function holidayFromRow(row: OrgRow): Holiday | undefined {
  const isRecurring = row['IsRecurrence'] === true;
  const date = dateOf(row[isRecurring ? 'RecurrenceStartDate' : 'ActivityDate']) ?? dateOf(row['ActivityDate']);
  const recurs = isRecurring ? recurrenceOf(row) : undefined;
  if (date === undefined || (isRecurring && !recurs)) return undefined;
  const hours = closedHours(row);
  return { title: String(row['Name']), date, ...(hours && { hours }), ...(recurs && { recurs }) };
}

/** Dates may come with a time at midnight UTC, which means nothing. */
const dateOf = (value: OrgRow[string] | undefined): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : undefined;

function closedHours(row: OrgRow): DayHours | undefined {
  const [from, to] = [numberOf(row, 'StartTimeInMinutes'), numberOf(row, 'EndTimeInMinutes')];
  if (row['IsAllDay'] === true || from === undefined || to === undefined) return undefined;
  return hoursBetween(from, to);
}

function recurrenceOf(row: OrgRow): Recurrence | undefined {
  const rule = ruleOf(row);
  const until = dateOf(row['RecurrenceEndDateOnly']);
  return rule && until !== undefined ? { ...rule, until } : rule;
}

type ReadRule = (row: OrgRow) => Recurrence | undefined;

const ruleOf = (row: OrgRow): Recurrence | undefined => {
  const type = String(row['RecurrenceType']);
  return Object.hasOwn(rules, type) ? rules[type]?.(row) : undefined;
};

/** How each RecurrenceType is read; undefined where a field that it needs is empty. */
const rules: Readonly<Record<string, ReadRule>> = {
  RecursDaily: (row) => ({ every: 'day', interval: intervalOf(row) }),
  RecursEveryWeekday: (row) => ({ every: 'week', interval: 1, weekdays: weekdaysOf(row) ?? [1, 2, 3, 4, 5] }),
  RecursWeekly: (row) =>
    withEvery(weekdaysOf(row), (weekdays) => ({ every: 'week', interval: intervalOf(row), weekdays })),
  RecursMonthly: (row) => withEvery(dayOf(row), (day) => ({ every: 'month', interval: intervalOf(row), day })),
  RecursMonthlyNth: (row) => withEvery(nthOf(row), (nth) => ({ every: 'month', interval: intervalOf(row), ...nth })),
  RecursYearly: (row) =>
    withEvery(monthOf(row), (month) => withEvery(dayOf(row), (day) => ({ every: 'year', month, day }))),
  RecursYearlyNth: (row) =>
    withEvery(monthOf(row), (month) => withEvery(nthOf(row), (nth) => ({ every: 'year', month, ...nth }))),
};

const withEvery = <T>(value: T | undefined, make: (value: T) => Recurrence | undefined): Recurrence | undefined =>
  value === undefined ? undefined : make(value);

const intervalOf = (row: OrgRow): number => Math.max(1, numberOf(row, 'RecurrenceInterval') ?? 1);
const dayOf = (row: OrgRow): number | undefined => numberOf(row, 'RecurrenceDayOfMonth');

function monthOf(row: OrgRow): number | undefined {
  const index = months.indexOf(String(row['RecurrenceMonthOfYear']));
  return index < 0 ? undefined : index + 1;
}

type NthDay = { readonly nth: NthWeek; readonly weekdays: readonly Weekday[] };

function nthOf(row: OrgRow): NthDay | undefined {
  const nth = nths.find((each) => each === row['RecurrenceInstance']);
  const weekdays = weekdaysOf(row);
  return nth && weekdays && { nth, weekdays };
}

/** The mask begins with Sunday: 1 is Sunday, 2 is Monday, 64 is Saturday. */
function weekdaysOf(row: OrgRow): readonly Weekday[] | undefined {
  const mask = numberOf(row, 'RecurrenceDayOfWeekMask') ?? 0;
  const found = sundayFirst.filter((_, bit) => (mask >> bit) & 1);
  return found.length === 0 ? undefined : found.toSorted((a, b) => a - b);
}

const sundayFirst: readonly Weekday[] = [7, 1, 2, 3, 4, 5, 6];

function numberOf(row: OrgRow, field: string): number | undefined {
  const value = row[field];
  return typeof value === 'number' ? value : undefined;
}
