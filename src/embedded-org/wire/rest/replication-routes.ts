import { OrgError } from '../../data/org-error.ts';
import type { OutputRow } from '../../data/types.ts';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';
import { objectOf } from './sobject-routes.ts';
import { toWireDatetime } from './wire-datetime.ts';

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60_000;
const LONGEST_UPDATED = 30 * DAY;
const LONGEST_DELETED = 15 * DAY;

/** Ids of records changed or deleted in a period. */
export const replicationRoutes: readonly RestRoute[] = [
  { method: 'GET', path: 'sobjects/:object/updated', handle: updated },
  { method: 'GET', path: 'sobjects/:object/deleted', handle: deleted },
];

export function updated(call: RestCall): RestAnswer {
  const { from, to } = readPeriod(call, LONGEST_UPDATED);
  const rows = changedRows(call, `IsDeleted = false AND ${within(from, to)}`);
  return ok({ ids: rows.map((row) => row['Id']), latestDateCovered: toWireDatetime(to) });
}

export function deleted(call: RestCall): RestAnswer {
  const { from, to } = readPeriod(call, LONGEST_DELETED);
  const records = call.wire.org.deleted(call.user, objectOf(call).name, from, to);
  return ok({
    deletedRecords: records.map(({ id, deletedAt }) => ({ id, deletedDate: toWireDatetime(deletedAt) })),
    earliestDateAvailable: toWireDatetime(call.wire.org.core.clock.now() - LONGEST_DELETED),
    latestDateCovered: toWireDatetime(to),
  });
}

function changedRows(call: RestCall, where: string): readonly OutputRow[] {
  const soql = `SELECT Id FROM ${objectOf(call).name} WHERE ${where} ORDER BY SystemModstamp, Id`;
  const result = call.wire.org.query(call.user, soql, { includeDeleted: true, apiVersion: call.version });
  return result.page(0, result.totalSize);
}

const within = (from: number, to: number): string =>
  `SystemModstamp >= ${new Date(from).toISOString()} AND SystemModstamp < ${new Date(to).toISOString()}`;

/** The period asked for, whole minutes as the platform counts them, ending now at the latest. */
function readPeriod(call: RestCall, longest: number): { from: number; to: number } {
  const now = call.wire.org.core.clock.now();
  const from = toMinute(readInstant(call, 'start'));
  const to = Math.min(toMinute(readInstant(call, 'end')), toMinute(now));
  if (from < now - longest) {
    throw new OrgError('INVALID_REPLICATION_DATE', `startDate cannot be more than ${longest / DAY} days ago`, 400);
  }
  if (to - from < MINUTE) {
    throw new OrgError('INVALID_REPLICATION_DATE', 'endDate must be at least one minute greater than startDate', 400);
  }
  return { from, to };
}

const toMinute = (instant: number): number => Math.floor(instant / MINUTE) * MINUTE;

function readInstant(call: RestCall, name: string): number {
  const text = call.query.get(name);
  // A plus sign that was not encoded arrives as a blank.
  const instant = Date.parse((text ?? '').replace(' ', '+'));
  if (!Number.isNaN(instant)) return instant;
  throw new OrgError('INVALID_FIELD', `${name} must be a date and time, not ${text ?? 'absent'}`, 400);
}
