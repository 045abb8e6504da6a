import type { Holiday, NthWeek, Recurrence, Weekday } from './calendar.ts';
import { datePartsOf, dayNumberOf, toDayNumber, weekdayOf, type DayNumber } from './local-date.ts';

/** The days from `first` to `last`, both included, on which a holiday falls, ascending. */
export function holidayDays(holiday: Holiday, first: DayNumber, last: DayNumber): readonly DayNumber[] {
  const date = toDayNumber(holiday.date);
  const { recurs } = holiday;
  if (!recurs) return date >= first && date <= last ? [date] : [];
  const end = Math.min(last, recurs.until === undefined ? last : toDayNumber(recurs.until));
  const falls = ruleOf(recurs, date);
  const days: DayNumber[] = [];
  for (let day = Math.max(first, date); day <= end; day++) if (falls(day)) days.push(day);
  return days;
}

/** Tells of a day on or after the first one whether the holiday falls on it. */
function ruleOf(recurs: Recurrence, start: DayNumber): (day: DayNumber) => boolean {
  switch (recurs.every) {
    case 'day':
      return (day) => (day - start) % recurs.interval === 0;
    case 'week':
      return weekly(recurs.interval, recurs.weekdays, start);
    case 'month':
      return monthly(recurs, start);
    default:
      return yearly(recurs);
  }
}

/** Weeks are counted from the Sunday before the first day, as Salesforce's day mask begins with Sunday. */
function weekly(interval: number, weekdays: readonly Weekday[], start: DayNumber): (day: DayNumber) => boolean {
  const sundayBefore = (day: DayNumber): DayNumber => day - (weekdayOf(day) % 7);
  const firstWeek = sundayBefore(start);
  return (day) => weekdays.includes(weekdayOf(day)) && ((sundayBefore(day) - firstWeek) / 7) % interval === 0;
}

function monthly(recurs: Extract<Recurrence, { every: 'month' }>, start: DayNumber): (day: DayNumber) => boolean {
  const first = datePartsOf(start);
  const inMonth = inMonthRule(recurs);
  return (day) => {
    const { year, month } = datePartsOf(day);
    const months = (year - first.year) * 12 + month - first.month;
    return months % recurs.interval === 0 && inMonth(day);
  };
}

function yearly(recurs: Extract<Recurrence, { every: 'year' }>): (day: DayNumber) => boolean {
  const inMonth = inMonthRule(recurs);
  return (day) => datePartsOf(day).month === recurs.month && inMonth(day);
}

type InMonth = { readonly day: number } | { readonly nth: NthWeek; readonly weekdays: readonly Weekday[] };

/** A 31st does not fall into a shorter month: such a month has no holiday. */
function inMonthRule(rule: InMonth): (day: DayNumber) => boolean {
  if ('day' in rule) return (day) => datePartsOf(day).day === rule.day;
  return (day) => rule.weekdays.includes(weekdayOf(day)) && day === nthDay(rule, day);
}

const nths: Readonly<Record<Exclude<NthWeek, 'Last'>, number>> = { First: 1, Second: 2, Third: 3, Fourth: 4 };

/** The nth day of the given weekdays in the month of `day`: with several weekdays, the nth of all of them together. */
function nthDay({ nth, weekdays }: Extract<InMonth, { nth: NthWeek }>, day: DayNumber): DayNumber | undefined {
  const { year, month } = datePartsOf(day);
  const days: DayNumber[] = [];
  const next = dayNumberOf(year, month + 1, 1);
  for (let each = dayNumberOf(year, month, 1); each < next; each++) {
    if (weekdays.includes(weekdayOf(each))) days.push(each);
  }
  return nth === 'Last' ? days.at(-1) : days[nths[nth] - 1];
}
