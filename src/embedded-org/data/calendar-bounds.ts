/** The first and last year that the platform has dates of. */
export const YEARS = { first: 1700, last: 4000 } as const;

/** Whether the platform has a date for the instant; false for what is none. */
export function isInCalendar(instant: number): boolean {
  const year = new Date(instant).getUTCFullYear();
  return year >= YEARS.first && year <= YEARS.last;
}
