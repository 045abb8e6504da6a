import { DateTime } from 'luxon';

/** An instant as `--json` gives it: in UTC, and on the wall of a zone. */
export type WallTime = { readonly at: string; readonly local: string };

const inZone = (at: number, zone: string): DateTime => DateTime.fromMillis(at, { zone }).setLocale('en-US');

export const toWallTime = (at: number, zone: string): WallTime => ({
  at: new Date(at).toISOString(),
  local: inZone(at, zone).toISO() ?? '',
});

/** `Fri 20 Nov 2026, 16:30`, with seconds only where there are any. */
export function wallText(at: number, zone: string): string {
  const time = inZone(at, zone);
  return time.toFormat(at % 60_000 === 0 ? 'ccc d LLL yyyy, HH:mm' : 'ccc d LLL yyyy, HH:mm:ss.SSS');
}
