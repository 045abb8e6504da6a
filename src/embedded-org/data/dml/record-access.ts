import { quoteName } from '../quote-name.ts';
import { visibleSql } from '../security/sharing.ts';
import { planFor, type ObjectPlan } from './object-plan.ts';
import { rowError, type RowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

/** Whether the user may see the record: it is there, not deleted, and shared with them. */
export function isVisible(job: WriteJob, plan: ObjectPlan, id: string): boolean {
  const visible = visibleSql(job.core, job.user, plan.object, 'it');
  const living = plan.has('IsDeleted') ? ' and it."IsDeleted" = 0' : '';
  const sql = `select 1 as found from ${quoteName(plan.object.name)} it where it."Id" = ?${living} and ${visible.text}`;
  return plan.prepare(sql).get(id, ...visible.params) !== undefined;
}

/** The refusal tells apart a record that may be read from one that may not even be seen. */
export function accessRefused(job: WriteJob, id: string): RowError {
  return isVisible(job, planFor(job.core, job.plan.object), id)
    ? rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', [])
    : rowError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id', []);
}
