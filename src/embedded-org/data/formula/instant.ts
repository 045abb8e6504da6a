const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds of an ISO datetime, whole seconds; a bare date is its midnight in UTC. Undefined for anything else. */
export function toInstant(text: string): number | undefined {
  if (isCalendarDay(text)) return Date.parse(`${text}T00:00:00Z`);
  if (!DATETIME.test(text) || !isCalendarDay(text.slice(0, 10))) return undefined;
  const milliseconds = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000) * 1000;
}

/** True for a `YYYY-MM-DD` that is in the calendar. */
export function isCalendarDay(text: string): boolean {
  if (!DATE.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
