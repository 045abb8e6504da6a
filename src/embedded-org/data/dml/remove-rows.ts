import { toId18 } from '../ids.ts';
import { canDeleteRow } from '../security/sharing.ts';
import type { OrgCore } from '../org-core.ts';
import type { DmlOptions, SaveResult, UserContext } from '../types.ts';
import { behaviourOf } from './behaviour/standard-behaviours.ts';
import { quoteName } from '../quote-name.ts';
import { planFor, type StoredRow } from './object-plan.ts';
import { rowError } from './row-error.ts';
import { runBatch } from './run-batch.ts';
import { accessRefused } from './record-access.ts';
import { findStored, updateStored } from './store-row.ts';
import { jobFor, type WriteJob } from './write-job.ts';

/** Moves records to the recycle bin, of any object each; rows of setup objects without one are gone at once. */
export function removeRows(
  core: OrgCore,
  user: UserContext,
  ids: readonly string[],
  options: DmlOptions,
): readonly SaveResult[] {
  const stamp = core.clock.stamp();
  return runBatch(core, ids, options, (text) => {
    const id = toId18(text.trim());
    const object = id && core.schema.byPrefix(id.slice(0, 3));
    if (!id || !object) throw rowError('MALFORMED_ID', `malformed id ${text}`, []);
    removeRow({ core, user, options, stamp, plan: planFor(core, object), referable: new Set() }, id);
    return { id, created: false };
  });
}

function removeRow(job: WriteJob, id: string): void {
  const { object } = job.plan;
  if (!object.deletable || !job.user.access.object(object.name).delete) {
    throw rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
  }
  const row = findStored(job.plan, id);
  if (!row) throw rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
  if (row['IsDeleted'] === 1) throw rowError('ENTITY_IS_DELETED', 'entity is deleted', []);
  if (!canDeleteRow(job.core, job.user, object, row)) throw accessRefused(job, id);
  deleteStored(job, row);
}

function deleteStored(job: WriteJob, row: StoredRow): void {
  const { plan, user, stamp } = job;
  const id = String(row['Id']);
  if (!plan.has('IsDeleted')) plan.prepare(`delete from ${quoteName(plan.object.name)} where "Id" = ?`).run(id);
  else {
    const changes: StoredRow = { IsDeleted: 1 };
    if (plan.has('LastModifiedDate')) changes['LastModifiedDate'] = stamp;
    if (plan.has('LastModifiedById')) changes['LastModifiedById'] = user.userId;
    if (plan.has('SystemModstamp')) changes['SystemModstamp'] = stamp;
    updateStored(plan, id, changes);
  }
  // After the row itself, so that records that point at each other end the recursion.
  settleChildren(job, id);
  behaviourOf(plan.object.name).afterRemove?.(job, row);
}

/** Children go with their parent, lose their reference, or forbid the delete, as their field says. */
function settleChildren(job: WriteJob, id: string): void {
  for (const child of job.core.schema.children(job.plan.object.name)) {
    const childJob = jobFor(job, child.childSObject);
    if (!childJob?.plan.has(child.field)) continue;
    const living = childJob.plan.has('IsDeleted') ? ' and "IsDeleted" = 0' : '';
    const sql = `select * from ${quoteName(child.childSObject)} where ${quoteName(child.field)} = ?${living}`;
    const rows = childJob.plan.prepare(sql).all(id) as StoredRow[];
    if (rows.length > 0 && child.restrictedDelete) throw deleteRefused(job, childJob, rows.length);
    for (const row of rows) {
      if (child.cascadeDelete) deleteStored(childJob, row);
      else clearReference(childJob, row, child.field);
    }
  }
}

function clearReference(job: WriteJob, row: StoredRow, fieldName: string): void {
  const field = job.plan.byName.get(fieldName.toLowerCase());
  if (!field?.nillable) return;
  const changes: StoredRow = { [fieldName]: null };
  if (job.plan.has('SystemModstamp')) changes['SystemModstamp'] = job.stamp;
  updateStored(job.plan, String(row['Id']), changes);
}

function deleteRefused(job: WriteJob, childJob: WriteJob, count: number) {
  const message =
    `Your attempt to delete this ${job.plan.object.label} could not be completed because it is associated with ` +
    `${count} of the following: ${childJob.plan.object.labelPlural}`;
  return rowError('DELETE_FAILED', message, []);
}
