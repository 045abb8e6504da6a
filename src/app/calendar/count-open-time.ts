import { parsePromiseSpan, type PromiseSpan } from '../../domain/agreement/promise-span.ts';
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { clockTime, workTime } from '../../domain/promise/work-time.ts';
import { Refusal } from '../refusal.ts';

const yearMs = 366 * 86_400_000;
/** Every day that is laid out costs time, and nearly all that is asked for is due within the first year. */
const usualYears = 1;
const longestYears = 30;
const longestMs = longestYears * yearMs;

/** When an amount such as `4 business hours` or `10 business days` from an instant on is due, as a clock counts it. */
export function dueAfter(calendar: Calendar, amount: string, from: number): number {
  const span = parsePromiseSpan(amount);
  if (!span) throw new Refusal('calendar', noAmount(amount));
  const due = addTo(calendar, span, from, usualYears) ?? addTo(calendar, span, from, longestYears);
  if (due !== undefined) return due;
  throw new Refusal(
    'calendar',
    `The calendar "${calendar.name}" has no ${amount.trim()} within ${longestYears} years from ` +
      `${new Date(from).toISOString()} on.`,
  );
}

function addTo(calendar: Calendar, span: PromiseSpan, from: number, years: number): number | undefined {
  const time = span.kind === 'clock' ? clockTime : workTime(calendar, from, from + years * yearMs);
  return span.kind === 'days' ? time.endAfter(from, span.days) : time.add(from, span.ms);
}

const noAmount = (written: string): string =>
  `"${written}" is no amount of time. Write one as promises do: "4 business hours", "10 business days" or "36 hours", ` +
  'at most 3660 days.';

/** Open milliseconds of a calendar from one instant to a later one. */
export function openBetween(calendar: Calendar, from: number, to: number): number {
  const [begin, end] = [from, to].map((at) => new Date(at).toISOString());
  if (to < from) throw new Refusal('calendar', `The time would end before it begins: from ${begin} to ${end}.`);
  if (to - from > longestMs) {
    throw new Refusal('calendar', `From ${begin} to ${end} is more than ${longestYears} years; ask for less.`);
  }
  return workTime(calendar, from, to).elapsed(from, to);
}
