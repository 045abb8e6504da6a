import { startOfDay } from '../text/start-of-day.ts';
import type { FactValue } from '../timeline/timeline.ts';
import { codeOf, unknown, type OutcomeCode } from './outcome-code.ts';

const dayMs = 86_400_000;

/**
 * Compiles `before` or `after` a date.
 *
 * A date means the whole day in the agreement's time zone: an instant of that day is neither before nor after it.
 */
export function dateTest(key: 'before' | 'after', bound: string, timeZone: string): (value: FactValue) => OutcomeCode {
  const isDay = bound.length === 10;
  const start = isDay ? startOfDay(bound, timeZone) : Date.parse(bound);
  const end = isDay ? startOfDay(dayAfter(bound), timeZone) : start + 1;
  const day = isDay ? bound : dayOf(start, timeZone);
  return (value) => {
    if (typeof value !== 'string') return unknown;
    if (value.length === 10) return codeOf(key === 'before' ? value < day : value > day);
    const at = Date.parse(value);
    if (Number.isNaN(at)) return unknown;
    return codeOf(key === 'before' ? at < start : at >= end);
  };
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

const dayOf = (at: number, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
