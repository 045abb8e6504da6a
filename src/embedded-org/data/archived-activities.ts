import type { DatabaseSync } from 'node:sqlite';
import type { OrgClock } from './org-clock.ts';

const ARCHIVED_AFTER = 365 * 24 * 60 * 60 * 1000;

/** The SQL of the last day whose activities are archived. */
const LAST_DAY = 'org_archive_day()';

/** The day before which activities are archived, `2025-06-15`. */
export const archiveDay = (clock: OrgClock): string =>
  new Date(clock.now() - ARCHIVED_AFTER).toISOString().slice(0, 10);

/** Lets SQL know the time by the org's clock and the day before which activities are archived. */
export function registerOrgTime(db: DatabaseSync, clock: OrgClock): void {
  db.function('org_now', () => clock.now());
  db.function('org_archive_day', () => archiveDay(clock));
}

/**
 * Whether an activity is archived, over columns written as `{Name}`: an event that ended, or a closed task that was due,
 * or for want of a due date was created, more than 365 days ago.
 */
export function archivedSql(objectName: 'Task' | 'Event', lastDay = LAST_DAY): string {
  const day = (column: string): string => `date({${column}} / 1000, 'unixepoch')`;
  if (objectName === 'Event') return `coalesce(${day('EndDateTime')}, {ActivityDate}) < ${lastDay}`;
  const closed = `{Status} in (select s."ApiName" from "TaskStatus" s where s."IsClosed" = 1)`;
  return `(coalesce({ActivityDate}, ${day('CreatedDate')}) < ${lastDay} and ${closed})`;
}
