import { DateTime } from 'luxon';
import { Refusal } from '../app/refusal.ts';

/** Reads an instant of a flag; one without an offset is what a clock on the wall of the zone shows. */
export function parseWallTime(text: string, flag: string, zone: string): number {
  const parsed = DateTime.fromISO(text, { zone });
  if (!parsed.isValid || !/^\d{4}-\d\d-\d\d/.test(text)) {
    throw new Refusal(
      'calendar',
      `${flag} takes a time such as 2026-11-20T16:30 or 2026-11-20T16:30-05:00, not "${text}".`,
    );
  }
  if (/(Z|[+-]\d\d(:?\d\d)?)$/i.test(text.slice(10))) return parsed.toMillis();
  // luxon moves a time that the clocks skip, and takes one of the two of a time that comes twice.
  if (!DateTime.fromISO(text, { zone: 'UTC' }).hasSame(parsed.setZone('UTC', { keepLocalTime: true }), 'minute')) {
    throw new Refusal('calendar', `${flag} ${text}: the clocks in ${zone} skip that time. Write another one.`);
  }
  const both = parsed.getPossibleOffsets();
  if (both.length < 2) return parsed.toMillis();
  const written = both.map((each) => each.toISO({ suppressMilliseconds: true, suppressSeconds: true })).join(' or ');
  throw new Refusal('calendar', `${flag} ${text}: the clocks in ${zone} show that time twice. Write ${written}.`);
}
