import { Refusal } from '../app/refusal.ts';

/** Parses a date or a date and time of a flag, UTC unless it says otherwise; returns ISO in whole seconds. */
export function parseInstant(text: string, flag: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.test(text);
  const hasZone = isDate || /(Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = isDate || isInstant ? new Date(hasZone ? text : `${text}Z`) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime()) || !isDay(text.slice(0, 10))) {
    throw new Refusal(
      'time',
      `${flag} takes a date such as 2026-07-01 or an instant such as 2026-07-01T09:00Z, not "${text}".`,
    );
  }
  return new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString();
}

/** Dates that no calendar has, such as 30 February, are otherwise taken for later ones. */
const isDay = (text: string): boolean => new Date(text).toISOString().startsWith(text);
