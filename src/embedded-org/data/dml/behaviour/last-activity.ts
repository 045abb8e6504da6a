import { zonedDay } from '../../formula/format-value.ts';
import { touchRow } from '../touch-row.ts';
import type { StoredRow } from '../object-plan.ts';
import { jobFor, type WriteJob } from '../write-job.ts';

const LATEST = `select max(day) as day from (
  select coalesce("ActivityDate", date("CompletedDateTime" / 1000, 'unixepoch')) as day from "Task"
    where ("WhoId" = ?1 or "WhatId" = ?1) and "IsDeleted" = 0
      and "Status" in (select "ApiName" from "TaskStatus" where "IsClosed" = 1)
  union all
  select "ActivityDate" from "Event" where ("WhoId" = ?1 or "WhatId" = ?1) and "IsDeleted" = 0)
  where day <= ?2`;

/**
 * Brings LastActivityDate of the people and records of an activity up to date.
 *
 * It is the latest day, up to today, of a closed task or an event; the record's SystemModstamp moves, LastModifiedDate not.
 */
export function refreshLastActivity(job: WriteJob, ...activities: readonly (StoredRow | undefined)[]): void {
  const ids = new Set(activities.flatMap((row) => [row?.['WhoId'], row?.['WhatId']]));
  const today = zonedDay(job.core.clock.now(), job.user.timeZone);
  for (const id of ids) {
    const target = typeof id === 'string' ? job.core.schema.byPrefix(id.slice(0, 3)) : undefined;
    const targetJob = target && jobFor(job, target.name);
    if (!targetJob?.plan.has('LastActivityDate')) continue;
    const day = job.plan.prepare(LATEST).get(String(id), today)?.['day'];
    touchRow(targetJob, String(id), { LastActivityDate: day === undefined ? null : (day as string | null) });
  }
}
