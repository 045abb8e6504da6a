import { dayOf, isoDay, zonedDay } from '../../formula/format-value.ts';
import type { StoredRow } from '../object-plan.ts';
import { rowError, type RowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { isNewOrChanged } from './behaviour.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAY_MINUTES = 1_440;
const MOST_MINUTES = 14 * DAY_MINUTES;

/** Works out start, end, duration and day of an event from those that were given, which must agree. */
export function setEventTimes(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  if (row['IsAllDayEvent'] === 1) setDays(row, old);
  else setInstants(job, row, old);
}

function setInstants(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const starts = given(row, old, ['StartDateTime', 'ActivityDateTime']);
  const start = Number(agreed(starts, 'start') ?? row['StartDateTime'] ?? Number.NaN);
  if (Number.isNaN(start)) throw missing(['DurationInMinutes', 'ActivityDateTime']);
  const lasting = old?.['IsAllDayEvent'] === 1 ? (old['DurationInMinutes'] ?? null) : undefined;
  const minutes = minutesOf(row, old, (end) => Math.round((end - start) / MINUTE), lasting);
  if (minutes === undefined) throw missing(['DurationInMinutes']);
  checkLength(minutes);
  const day = zonedDay(start, job.user.timeZone);
  const [asked] = given(row, old, ['ActivityDate']);
  if (asked !== undefined && starts.length > 0 && asked !== day && asked !== isoDay(Math.floor(start / DAY)))
    throw contradiction('ActivityDate', 'the start');
  const times = { StartDateTime: start, ActivityDateTime: start, EndDateTime: start + minutes * MINUTE };
  Object.assign(row, times, { ActivityDate: day, DurationInMinutes: minutes });
}

/** Days are those of Greenwich, whoever asks; the end of an event of one day is its own midnight. */
function setDays(row: StoredRow, old: StoredRow | undefined): void {
  const days = given(row, old, ['StartDateTime', 'ActivityDateTime', 'ActivityDate']).map((each) =>
    typeof each === 'number' ? Math.floor(each / DAY) : dayOf(each),
  );
  const stored = row['ActivityDate'] ?? null;
  const day = agreed(days, 'day') ?? (stored === null ? undefined : dayOf(String(stored)));
  if (day === undefined) throw missing(['DurationInMinutes', 'ActivityDate']);
  const lasting = old?.['IsAllDayEvent'] === 1 ? old['DurationInMinutes'] : null;
  const minutes =
    minutesOf(row, old, (end) => (Math.floor(end / DAY) - day + 1) * DAY_MINUTES, lasting ?? null) ?? DAY_MINUTES;
  checkLength(minutes);
  if (minutes === 0 || minutes % DAY_MINUTES !== 0)
    throw contradiction('DurationInMinutes', 'an all-day event, which lasts whole days of 1440 minutes');
  const [start, end] = [day * DAY, day * DAY + minutes * MINUTE - DAY];
  const times = { StartDateTime: start, ActivityDateTime: start, EndDateTime: end };
  Object.assign(row, times, { ActivityDate: isoDay(day), DurationInMinutes: minutes });
}

/** The length by the duration, by the end, or by both if they say the same; else what is stored. */
function minutesOf(
  row: StoredRow,
  old: StoredRow | undefined,
  until: (end: number) => number,
  lasting?: StoredRow[string],
): number | undefined {
  const [duration] = given(row, old, ['DurationInMinutes']);
  const [end] = given(row, old, ['EndDateTime']);
  const byEnd = end === undefined ? undefined : until(Number(end));
  if (duration !== undefined && byEnd !== undefined && Number(duration) !== byEnd)
    throw contradiction('DurationInMinutes', 'StartDateTime and EndDateTime');
  if (duration !== undefined) return Number(duration);
  if (byEnd !== undefined) return byEnd;
  if (lasting !== undefined) return lasting === null ? undefined : Number(lasting);
  const stored = row['EndDateTime'] ?? null;
  if (stored !== null) return until(Number(stored));
  const known = row['DurationInMinutes'] ?? null;
  return known === null ? undefined : Number(known);
}

/** The values among these fields that the write brings. */
const given = (row: StoredRow, old: StoredRow | undefined, names: readonly string[]): (string | number)[] =>
  names.flatMap((name) => (isNewOrChanged(row, old, name) ? (row[name] ?? []) : []));

function agreed<Value>(values: readonly Value[], what: string): Value | undefined {
  if (new Set(values).size > 1) throw contradiction('ActivityDateTime', `the ${what} that StartDateTime tells`);
  return values[0];
}

function checkLength(minutes: number): void {
  if (minutes >= 0 && minutes <= MOST_MINUTES) return;
  const message = `Duration must be between 0 and ${MOST_MINUTES} minutes`;
  throw rowError('FIELD_INTEGRITY_EXCEPTION', message, ['DurationInMinutes']);
}

const contradiction = (name: string, other: string): RowError =>
  rowError('FIELD_INTEGRITY_EXCEPTION', `${name} contradicts ${other}`, [name]);

const missing = (names: readonly string[]): RowError =>
  rowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
