const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Makes the function that names the ISO week of an instant in a time zone, such as `2026-W08`.
 *
 * It remembers the offset of each hour: asking the calendar for every event of a million people takes longer than
 * judging them.
 */
export function isoWeeks(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const known = new Map<number, string>();
  return (at) => {
    // Offsets are multiples of a quarter of an hour, so no midnight lies inside one.
    const quarter = Math.floor(at / (hourMs / 4));
    const week = known.get(quarter);
    if (week !== undefined) return week;
    const named = weekOf(localDay(format, at));
    known.set(quarter, named);
    return named;
  };
}

/** Days since 1 January 1970 by the calendar of the time zone. */
function localDay(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.get('year') ?? 1970, (parts.get('month') ?? 1) - 1, parts.get('day') ?? 1) / dayMs;
}

/** The week belongs to the year of its Thursday. */
function weekOf(day: number): string {
  const weekday = (((day + 3) % 7) + 7) % 7;
  const thursday = day - weekday + 3;
  const year = new Date(thursday * dayMs).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / dayMs) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
