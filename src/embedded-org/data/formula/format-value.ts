const DAY = 86_400_000;

/** `YYYY-MM-DD` of a day counted from 1970-01-01. */
export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

export const dayOf = (iso: string): number => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY);

/** `2026-01-31 09:30:00Z`, as TEXT() writes a datetime. */
export const instantText = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')}Z`;

export const timeText = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(11, 23);

/** A number without exponent and without trailing zeros. */
export function numberText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/** The calendar day an instant falls on in a time zone, as `YYYY-MM-DD`. */
export function zonedDay(instant: number, timeZone: string): string {
  let format = dayFormats.get(timeZone);
  if (!format) {
    const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    dayFormats.set(timeZone, (format = new Intl.DateTimeFormat('en-CA', options)));
  }
  return format.format(instant);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();
