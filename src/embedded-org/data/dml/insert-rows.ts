import type { OrgCore } from '../org-core.ts';
import type { DmlOptions, InputRow, SaveResult, UserContext } from '../types.ts';
import { readInput } from './read-input.ts';
import { checkParentAccess } from './record-access.ts';
import { rowError } from './row-error.ts';
import { runBatch } from './run-batch.ts';
import { createRow } from './save-row.ts';
import { startJob, type WriteJob } from './write-job.ts';

/** Inserts rows in order as the user; one result a row. */
export function insertRows(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  rows: readonly InputRow[],
  options: DmlOptions,
): readonly SaveResult[] {
  const job = startJob(core, user, objectName, options);
  return runBatch(core, rows, options, (input) => ({ id: insertRow(job, input), created: true }));
}

export function insertRow(job: WriteJob, input: InputRow): string {
  const { object } = job.plan;
  const idKey = Object.keys(input).find((key) => key.toLowerCase() === 'id');
  if (idKey !== undefined && input[idKey] !== null && input[idKey] !== '') {
    throw rowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
  }
  if (!object.createable || !job.user.access.object(object.name).create) {
    throw rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
  }
  const values = readInput(job, input, 'create');
  checkParentAccess(job, values);
  return createRow(job, values);
}
