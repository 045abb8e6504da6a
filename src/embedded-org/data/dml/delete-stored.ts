import { quoteName } from '../quote-name.ts';
import { behaviourOf } from './behaviour/standard-behaviours.ts';
import type { StoredRow } from './object-plan.ts';
import { putIntoBin, rememberLink } from './recycle-bin.ts';
import { nameOf } from './record-name.ts';
import { rowError, type RowError } from './row-error.ts';
import { updateStored } from './store-row.ts';
import { visibleNames } from './visible-names.ts';
import { jobFor, type WriteJob } from './write-job.ts';

/**
 * Deletes a row with what hangs on it, unchecked; a row of an object without a recycle bin is gone at once.
 *
 * `root` is the id of the record whose delete this belongs to; `masterId` the record that a merge left in its place.
 */
export function deleteStored(
  job: WriteJob,
  row: StoredRow,
  cause: { readonly root: string; readonly masterId?: string },
): void {
  const { plan, user, stamp } = job;
  const id = String(row['Id']);
  behaviourOf(plan.object.name).beforeRemove?.(job, row);
  if (!plan.has('IsDeleted')) plan.prepare(`delete from ${quoteName(plan.object.name)} where "Id" = ?`).run(id);
  else {
    const changes: StoredRow = { IsDeleted: 1 };
    if (plan.has('LastModifiedDate')) changes['LastModifiedDate'] = stamp;
    if (plan.has('LastModifiedById')) changes['LastModifiedById'] = user.userId;
    if (plan.has('SystemModstamp')) changes['SystemModstamp'] = stamp;
    if (cause.masterId !== undefined) changes['MasterRecordId'] = cause.masterId;
    updateStored(plan, id, changes);
    putIntoBin(job, id, cause.root);
  }
  // After the row itself, so that records that point at each other end the recursion.
  settleChildren(job, id, cause.root);
  behaviourOf(plan.object.name).afterRemove?.(job, row);
}

/** Children go with their parent, lose their reference, or forbid the delete, as their field says. */
function settleChildren(job: WriteJob, id: string, root: string): void {
  for (const child of job.core.schema.children(job.plan.object.name)) {
    const childJob = jobFor(job, child.childSObject);
    if (!childJob?.plan.has(child.field)) continue;
    const living = childJob.plan.has('IsDeleted') ? ' and "IsDeleted" = 0' : '';
    const sql = `select * from ${quoteName(child.childSObject)} where ${quoteName(child.field)} = ?${living}`;
    const rows = childJob.plan.prepare(sql).all(id) as StoredRow[];
    if (rows.length > 0 && child.restrictedDelete) throw deleteRefused(childJob, root, rows);
    for (const row of rows) {
      if (child.cascadeDelete) deleteStored(childJob, row, { root });
      else clearReference(childJob, row, child.field, root);
    }
  }
}

function clearReference(job: WriteJob, row: StoredRow, fieldName: string, root: string): void {
  const field = job.plan.byName.get(fieldName.toLowerCase());
  if (!field?.nillable) return;
  const changes: StoredRow = { [fieldName]: null };
  if (job.plan.has('SystemModstamp')) changes['SystemModstamp'] = job.stamp;
  const child = String(row['Id']);
  rememberLink(job, { child, field: fieldName, parent: String(row[fieldName]) }, root);
  updateStored(job.plan, child, changes);
}

/** Names the record that was to be deleted, and what hangs on it or on its children as far as the user may see it. */
function deleteRefused(job: WriteJob, root: string, rows: readonly StoredRow[]): RowError {
  const { custom, labelPlural } = job.plan.object;
  const message =
    `Your attempt to delete ${nameOf(job, root)} could not be completed because it is associated with the following ` +
    `${custom ? labelPlural : labelPlural.toLowerCase()}.: ${visibleNames(job, rows)}\n`;
  return rowError('DELETE_FAILED', message, []);
}
