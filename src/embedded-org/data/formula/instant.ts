import { isCalendarDate, parseWireDatetime } from '../values.ts';

/** Milliseconds of an ISO datetime, whole seconds; a bare date is its midnight in UTC. Undefined for anything else. */
export function toInstant(text: string): number | undefined {
  if (isCalendarDate(text)) return Date.parse(`${text}T00:00:00Z`);
  return parseWireDatetime(text);
}
