import type { Weekday } from '../calendar/calendar.ts';
import { weekdayWords } from './calendar-schema.ts';

/** The weekdays of a range such as `mon-fri` or `sat`; `fri-mon` goes over the end of the week. */
export function daysOf(range: string): readonly Weekday[] {
  const [first = '', last = first] = range.split('-');
  const from = indexOf(first);
  const length = ((indexOf(last) - from + 7) % 7) + 1;
  return Array.from({ length }, (_, offset) => (((from + offset) % 7) + 1) as Weekday);
}

const indexOf = (word: string): number => (weekdayWords as readonly string[]).indexOf(word);
