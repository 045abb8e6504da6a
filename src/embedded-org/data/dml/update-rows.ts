import { textOf } from './text-of.ts';
import { toId18 } from '../ids.ts';
import { canEditRow } from '../security/sharing.ts';
import type { OrgCore } from '../org-core.ts';
import type { DmlOptions, InputRow, SaveResult, UserContext } from '../types.ts';
import type { StoredRow } from './object-plan.ts';
import { readInput } from './read-input.ts';
import { rowError } from './row-error.ts';
import { runBatch } from './run-batch.ts';
import { changeRow } from './save-row.ts';
import { accessRefused, refuseLocked } from './record-access.ts';
import { repeatedKeys } from './repeated-keys.ts';
import { findStored } from './store-row.ts';
import { startJob, type WriteJob } from './write-job.ts';

/** Updates rows in order as the user; each row names its record by `Id` in any case. */
export function updateRows(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  rows: readonly InputRow[],
  options: DmlOptions,
): readonly SaveResult[] {
  const job = startJob(core, user, objectName, options);
  const repeated = repeatedKeys(rows.map(idText));
  return runBatch(core, rows, options, (input, index) => {
    const id = readId(job, input);
    if (repeated.has(index)) throw rowError('DUPLICATE_VALUE', `Duplicate id specified: ${id}`, ['Id']);
    updateRow(job, id, input);
    return { id, created: false };
  });
}

export function updateRow(job: WriteJob, id: string, input: InputRow): void {
  const old = getEditable(job, id);
  changeRow(job, old, readInput(job, input, 'update'));
}

function readId(job: WriteJob, input: InputRow): string {
  const id = idText(input);
  if (id === '') throw rowError('MISSING_ARGUMENT', 'Id not specified in an update call', []);
  if (toId18(id) === undefined || !id.startsWith(job.plan.object.keyPrefix)) {
    throw rowError('MALFORMED_ID', `${job.plan.object.label} ID: id value of incorrect type: ${id}`, ['Id']);
  }
  return id;
}

/** The row's id with 18 characters, or what stands in its place, or nothing. */
function idText(input: InputRow): string {
  const key = Object.keys(input).find((each) => each.toLowerCase() === 'id');
  const text = key === undefined ? '' : textOf(input[key]).trim();
  return toId18(text) ?? text;
}

/** The row, if the user may edit it. */
export function getEditable(job: WriteJob, id: string): StoredRow {
  const { object } = job.plan;
  if (!object.updateable || !job.user.access.object(object.name).edit) {
    throw rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be updated: ${object.label}`);
  }
  refuseLocked(job, id);
  const row = findStored(job.plan, id);
  if (!row) throw rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
  if (row['IsDeleted'] === 1) throw rowError('ENTITY_IS_DELETED', 'entity is deleted', []);
  if (!canEditRow(job.core, job.user, object, row)) throw accessRefused(job, id);
  return row;
}
