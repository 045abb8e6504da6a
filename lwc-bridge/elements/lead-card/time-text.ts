/** How the signed-in user writes dates: language tag and IANA time zone. */
export type UserFormat = { readonly locale: string; readonly timeZone: string };

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** Says how long ago or ahead an instant is, such as "yesterday" or "2 weeks ago"; within the same second it is "now". */
export function toRelativeText(iso: string, now: number, { locale }: UserFormat): string {
  const distance = Date.parse(iso) - now;
  const [unit, length] = STEPS.find(([, span]) => Math.abs(distance) >= span) ?? ['second', Number.POSITIVE_INFINITY];
  const numeric = unit === 'day' || unit === 'second' ? 'auto' : 'always';
  return new Intl.RelativeTimeFormat(locale, { numeric }).format(Math.trunc(distance / length), unit);
}

/** Writes date and time of an instant in the user's time zone, such as "Mar 3, 2026, 2:05 PM". */
export function toDateTimeText(iso: string, { locale, timeZone }: UserFormat): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(iso));
}

/** Writes the date of an instant in the user's time zone, such as "Mar 3, 2026". */
export function toDateText(iso: string, { locale, timeZone }: UserFormat): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(new Date(iso));
}
