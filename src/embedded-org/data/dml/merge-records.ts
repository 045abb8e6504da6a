import { toId18 } from '../ids.ts';
import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import { quoteName } from '../quote-name.ts';
import type { ChildRelationship, DmlOptions, InputRow, MergeRequest, MergeResult, UserContext } from '../types.ts';
import { deleteStored } from './delete-stored.ts';
import type { StoredRow } from './object-plan.ts';
import { readInput } from './read-input.ts';
import { isVisible } from './record-access.ts';
import { getDeletable } from './remove-rows.ts';
import { rowError } from './row-error.ts';
import { runBatch } from './run-batch.ts';
import { changeRow } from './save-row.ts';
import { touchRow } from './touch-row.ts';
import { trackEvent } from './track-history.ts';
import { getEditable } from './update-rows.ts';
import { jobFor, startJob, type WriteJob } from './write-job.ts';

const MERGEABLE = new Set(['Account', 'Contact', 'Lead']);
const MOST_MERGED = 2;

/** Merges up to three leads, contacts or accounts; the ones that go keep the master's id in MasterRecordId. */
export function mergeRecords(
  core: OrgCore,
  user: UserContext,
  request: MergeRequest,
  options: DmlOptions,
): MergeResult {
  const job = startJob(core, user, request.objectName, { ...options, autoAssign: false });
  const { name } = job.plan.object;
  if (!MERGEABLE.has(name)) {
    throw new OrgError('INVALID_TYPE_FOR_OPERATION', `entity type ${name} does not support merge`);
  }
  let moved: readonly string[] = [];
  const [result] = runBatch(core, [request], options, () => {
    const master = getEditable(job, readMasterId(job, request.master));
    const losers = readMergedIds(request, String(master['Id'])).map((id) => getLoser(job, id));
    moved = losers.flatMap((loser) => moveChildren(job, String(loser['Id']), String(master['Id'])));
    for (const loser of losers) {
      deleteStored(job, loser, { root: String(loser['Id']), masterId: String(master['Id']) });
      trackEvent(job, master, `${name.toLowerCase()}Merged`);
    }
    const { Id: _id, ...changes } = request.master;
    const current = getEditable(job, String(master['Id']));
    changeRow(job, current, readInput(job, changes, 'update'));
    return { id: String(master['Id']), created: false };
  });
  if (result?.success !== true) return { ...NOTHING, errors: result?.errors ?? [] };
  const mergedRecordIds = request.mergedIds.map((id) => toId18(id) ?? id);
  return { id: result.id, success: true, mergedRecordIds, updatedRelatedIds: moved, errors: [] };
}

const NOTHING = { id: undefined, success: false, mergedRecordIds: [], updatedRelatedIds: [] };

function readMasterId(job: WriteJob, master: InputRow): string {
  const text = Object.entries(master).find(([key]) => key.toLowerCase() === 'id')?.[1];
  const id = typeof text === 'string' ? toId18(text) : undefined;
  if (id?.startsWith(job.plan.object.keyPrefix)) return id;
  throw rowError('INVALID_ID_FIELD', 'master record must be specified', []);
}

function readMergedIds(request: MergeRequest, masterId: string): readonly string[] {
  const ids = request.mergedIds.map((text) => toId18(text) ?? text);
  if (ids.length === 0) throw rowError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [recordToMergeIds]', []);
  if (ids.length > MOST_MERGED) {
    throw rowError('NUMBER_OUTSIDE_VALID_RANGE', 'at most two records can be merged into the master record', []);
  }
  if (ids.includes(masterId) || new Set(ids).size < ids.length) {
    throw rowError('INVALID_ID_FIELD', 'a record can be merged only once and not into itself', []);
  }
  return ids;
}

function getLoser(job: WriteJob, id: string): StoredRow {
  if (!id.startsWith(job.plan.object.keyPrefix)) {
    throw rowError('INVALID_ID_FIELD', `entity of type ${job.plan.object.name} expected: ${id}`, []);
  }
  const row = getDeletable(job, id);
  if (row['IsConverted'] === 1) throw rowError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []);
  return row;
}

/** Hangs the children of one record on another; returns the ids of those moved that the user may see. */
function moveChildren(job: WriteJob, from: string, to: string): string[] {
  return job.core.schema.children(job.plan.object.name).flatMap((child) => {
    const childJob = jobFor(job, child.childSObject);
    if (!childJob?.plan.has(child.field) || isPartOfRecord(job, child)) return [];
    const living = childJob.plan.has('IsDeleted') ? ' and "IsDeleted" = 0' : '';
    const sql = `select * from ${quoteName(child.childSObject)} where ${quoteName(child.field)} = ?${living}`;
    const rows = childJob.plan.prepare(sql).all(from) as StoredRow[];
    return rows.filter((row) => moveChild(childJob, child, row, to)).map((row) => String(row['Id']));
  });
}

/** History and the marks of earlier merges stay with the record that goes. */
const isPartOfRecord = (job: WriteJob, child: ChildRelationship): boolean =>
  child.field === 'MasterRecordId' ||
  child.field.startsWith('Converted') ||
  job.core.schema.find(child.childSObject)?.name.endsWith('History') === true;

function moveChild(job: WriteJob, child: ChildRelationship, row: StoredRow, to: string): boolean {
  const id = String(row['Id']);
  if (job.plan.object.name === 'CampaignMember' && isMember(job, row, child.field, to)) {
    deleteStored(job, row, { root: id });
    return false;
  }
  // An account that was the parent of its master would else be its own.
  touchRow(job, id, { [child.field]: id === to ? null : to });
  return isVisible(job, job.plan, id);
}

function isMember(job: WriteJob, row: StoredRow, field: string, personId: string): boolean {
  const sql = `select 1 as found from "CampaignMember" where "CampaignId" = ? and ${quoteName(field)} = ? and "IsDeleted" = 0`;
  return job.plan.prepare(sql).get(row['CampaignId'] ?? null, personId) !== undefined;
}
