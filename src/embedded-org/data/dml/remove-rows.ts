import { toId18 } from '../ids.ts';
import { canDeleteRow } from '../security/sharing.ts';
import type { OrgCore } from '../org-core.ts';
import type { DmlOptions, SaveResult, UserContext } from '../types.ts';
import { deleteStored } from './delete-stored.ts';
import { purgeRoot, purgeExpired } from './purge.ts';
import type { StoredRow } from './object-plan.ts';
import { rowError } from './row-error.ts';
import { runBatch } from './run-batch.ts';
import { accessRefused, refuseLocked } from './record-access.ts';
import { findStored } from './store-row.ts';
import { jobOfId, type WriteJob } from './write-job.ts';

/** Moves records to the recycle bin, of any object each; rows of setup objects without one are gone at once. */
export function removeRows(
  core: OrgCore,
  user: UserContext,
  ids: readonly string[],
  options: DmlOptions,
): readonly SaveResult[] {
  return runBatch(core, ids, options, (text) => {
    const id = removeRow(core, user, text, options);
    purgeExpired(core);
    return { id, created: false };
  });
}

/** Deletes records for good, past the recycle bin, as a bulk job with the operation hardDelete does. */
export function hardDeleteRows(
  core: OrgCore,
  user: UserContext,
  ids: readonly string[],
  options: DmlOptions,
): readonly SaveResult[] {
  return runBatch(core, ids, options, (text) => {
    const id = removeRow(core, user, text, options);
    purgeRoot(core, id);
    return { id, created: false };
  });
}

function removeRow(core: OrgCore, user: UserContext, text: string, options: DmlOptions): string {
  const id = toId18(text.trim());
  const job = id && jobOfId(core, user, id, options);
  if (!id || !job) throw rowError('MALFORMED_ID', `malformed id ${text}`, []);
  deleteStored(job, getDeletable(job, id), { root: id });
  return id;
}

/** The row, if the user may delete it. */
export function getDeletable(job: WriteJob, id: string): StoredRow {
  const { object } = job.plan;
  if (!object.deletable || !job.user.access.object(object.name).delete) {
    throw rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
  }
  refuseLocked(job, id);
  const row = findStored(job.plan, id);
  if (!row) throw rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
  if (row['IsDeleted'] === 1) throw rowError('ENTITY_IS_DELETED', 'entity is deleted', []);
  if (!canDeleteRow(job.core, job.user, object, row)) throw accessRefused(job, id);
  return row;
}
