import type { StoredRow, StoredValue } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { checkReminder, refuseSeries } from './activity-series.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';
import { setEventTimes } from './event-times.ts';
import { refreshLastActivity } from './last-activity.ts';

const LEAD_PREFIX = '00Q';

/** A task that is closed gets its completion time, and its person the day of their last activity. */
export const taskBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    refuseMatterOfLead(row);
    refuseSeries(job, row, old);
    checkReminder(row, old);
    row['AccountId'] = accountOf(job, row);
    if (!isNewOrChanged(row, old, 'Status')) return;
    row['CompletedDateTime'] = isClosed(job, row['Status'] ?? null) ? (row['CompletedDateTime'] ?? job.stamp) : null;
  },
  afterSave: (job, row, old) => refreshLastActivity(job, row, old),
  afterRemove: (job, row) => refreshLastActivity(job, row),
  afterRestore: (job, row) => refreshLastActivity(job, row),
};

/** An event has a start with a duration or an end, or a day; each is worked out from the other. */
export const eventBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    refuseMatterOfLead(row);
    row['AccountId'] = accountOf(job, row);
    refuseSeries(job, row, old);
    checkReminder(row, old);
    setEventTimes(job, row, old);
  },
  afterSave: (job, row, old) => refreshLastActivity(job, row, old),
  afterRemove: (job, row) => refreshLastActivity(job, row),
  afterRestore: (job, row) => refreshLastActivity(job, row),
};

function refuseMatterOfLead(row: StoredRow): void {
  const who = row['WhoId'];
  if (typeof who !== 'string' || !who.startsWith(LEAD_PREFIX) || (row['WhatId'] ?? null) === null) return;
  const message = 'If WhoId refers to a lead, then the WhatId field must be empty';
  throw rowError('FIELD_INTEGRITY_EXCEPTION', message, ['WhatId']);
}

function isClosed(job: WriteJob, status: StoredValue): boolean {
  const sql = 'select 1 as found from "TaskStatus" where "ApiName" = ? and "IsClosed" = 1';
  return job.plan.prepare(sql).get(status) !== undefined;
}

/** The account of the record an activity is related to, else of its contact. */
function accountOf(job: WriteJob, row: StoredRow): StoredValue {
  const what = row['WhatId'];
  if (typeof what === 'string' && what.startsWith('001')) return what;
  const of = (table: string, id: StoredValue | undefined): StoredValue => {
    if (typeof id !== 'string') return null;
    const found = job.plan.prepare(`select "AccountId" from "${table}" where "Id" = ?`).get(id);
    return (found?.['AccountId'] as StoredValue | undefined) ?? null;
  };
  return of('Opportunity', what) ?? of('Contact', row['WhoId']);
}
