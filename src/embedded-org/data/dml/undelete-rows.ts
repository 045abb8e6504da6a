import { toId18 } from '../ids.ts';
import type { OrgCore } from '../org-core.ts';
import { canDeleteRow } from '../security/sharing.ts';
import type { DmlOptions, SaveResult, UserContext } from '../types.ts';
import { behaviourOf } from './behaviour/standard-behaviours.ts';
import { checkUniqueValues } from './check-row.ts';
import type { StoredRow } from './object-plan.ts';
import { purgeRoot } from './purge.ts';
import { accessRefused } from './record-access.ts';
import { entriesOfRoot, forgetRoot, isInBin, linksOfRoot, type ClearedLink } from './recycle-bin.ts';
import { rowError } from './row-error.ts';
import { runBatch } from './run-batch.ts';
import { findStored, updateStored } from './store-row.ts';
import { jobFor, jobOfId, type WriteJob } from './write-job.ts';

/** Brings records back from the recycle bin, with what was deleted along with them and the lookups that were cleared. */
export function undeleteRows(
  core: OrgCore,
  user: UserContext,
  ids: readonly string[],
  options: DmlOptions,
): readonly SaveResult[] {
  return runBatch(core, ids, options, (text) => {
    const [job, id] = findInBin(core, user, text, options);
    if (!job.plan.object.undeletable) throw notInBin();
    for (const entry of entriesOfRoot(core, id)) {
      const entryJob = jobFor(job, entry.object);
      if (entryJob) restoreRow(entryJob, entry.id);
    }
    for (const link of linksOfRoot(core, id)) restoreLink(job, link);
    forgetRoot(core, id);
    return { id, created: false };
  });
}

/** Deletes records in the recycle bin for good. */
export function emptyRecycleBin(
  core: OrgCore,
  user: UserContext,
  ids: readonly string[],
  options: DmlOptions,
): readonly SaveResult[] {
  return runBatch(core, ids, options, (text) => {
    const [, id] = findInBin(core, user, text, options);
    purgeRoot(core, id);
    return { id, created: false };
  });
}

function findInBin(core: OrgCore, user: UserContext, text: string, options: DmlOptions): [WriteJob, string] {
  const id = toId18(text.trim());
  const job = id && jobOfId(core, user, id, options);
  if (!id || !job) throw rowError('MALFORMED_ID', `malformed id ${text}`, []);
  const { object } = job.plan;
  if (!user.access.object(object.name).delete) {
    throw rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
  }
  const row = findStored(job.plan, id);
  if (!row || row['IsDeleted'] !== 1 || !isInBin(core, id)) throw notInBin();
  if (!canDeleteRow(core, user, object, row)) throw accessRefused(job, id);
  return [job, id];
}

const notInBin = () => rowError('UNDELETE_FAILED', 'Entity is not in the recycle bin', []);

function restoreRow(job: WriteJob, id: string): void {
  const { plan, user, stamp } = job;
  const old = findStored(plan, id);
  if (!old) return;
  const row: StoredRow = { ...old, IsDeleted: 0 };
  if (plan.has('LastModifiedDate')) row['LastModifiedDate'] = stamp;
  if (plan.has('LastModifiedById')) row['LastModifiedById'] = user.userId;
  if (plan.has('SystemModstamp')) row['SystemModstamp'] = stamp;
  if (plan.has('MasterRecordId')) row['MasterRecordId'] = null;
  checkUniqueValues(job, row);
  updateStored(plan, id, row);
  behaviourOf(plan.object.name).afterRestore?.(job, row);
}

/** A lookup that points elsewhere by now stays as it is. */
function restoreLink(job: WriteJob, link: ClearedLink): void {
  const child = jobOfId(job.core, job.user, link.child, job.options);
  const row = child && findStored(child.plan, link.child);
  if (!child || !row || row[link.field] !== null) return;
  const changes: StoredRow = { [link.field]: link.parent };
  if (child.plan.has('SystemModstamp')) changes['SystemModstamp'] = job.stamp;
  updateStored(child.plan, link.child, changes);
}
