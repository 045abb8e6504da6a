import { textOf } from './text-of.ts';
import { toId18 } from '../ids.ts';
import type { OrgCore } from '../org-core.ts';
import type { DmlOptions, FieldDef, InputRow, SaveResult, UserContext } from '../types.ts';
import { coerceValue } from './coerce-value.ts';
import { getExternalIdField } from './external-id-field.ts';
import { insertRow } from './insert-rows.ts';
import { findByField } from './resolve-external-id.ts';
import { isVisible } from './record-access.ts';
import { repeatedKeys } from './repeated-keys.ts';
import { type RowError, rowError } from './row-error.ts';
import { runBatch, type Saved } from './run-batch.ts';
import { updateRow } from './update-rows.ts';
import { startJob, type WriteJob } from './write-job.ts';

/** Inserts or updates rows by an external id (or `Id`); a key that several records share fails its row. */
export function upsertRows(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  externalIdField: string,
  rows: readonly InputRow[],
  options: DmlOptions,
): readonly SaveResult[] {
  const job = startJob(core, user, objectName, options);
  const field = getExternalIdField(core.schema, user, job.plan.object, externalIdField);
  const keys = rows.map((row) => readKey(row, field));
  const repeated = repeatedKeys(keys.map((key) => foldKey(field, key)));
  return runBatch(core, rows, options, (input, index) => {
    const key = keys[index] ?? '';
    if (repeated.has(index)) throw rowError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [field.name]);
    return upsertRow(job, field, key, input);
  });
}

function upsertRow(job: WriteJob, field: FieldDef, key: string, input: InputRow): Saved {
  if (field.name === 'Id') return upsertById(job, key, input);
  if (key === '') throw rowError('MISSING_ARGUMENT', `${field.name} not specified`, []);
  const matches = findByField(job.plan, field, coerceValue(field, key));
  const [id] = matches;
  if (id === undefined) return { id: insertRow(job, withoutId(input)), created: true };
  if (matches.length > 1) throw ambiguousKey(job, field, matches);
  // The key itself is not written again: a user without edit access to it may still address the record by it.
  updateRow(job, id, without(input, field.name));
  return { id, created: false };
}

function upsertById(job: WriteJob, key: string, input: InputRow): Saved {
  if (key === '') return { id: insertRow(job, withoutId(input)), created: true };
  const id = toId18(key);
  if (id === undefined)
    throw rowError('MALFORMED_ID', `${job.plan.object.label} ID: id value of incorrect type: ${key}`, ['Id']);
  updateRow(job, id, input);
  return { id, created: false };
}

/** Names the records as far as the user sees them. */
function ambiguousKey(job: WriteJob, field: FieldDef, matches: readonly string[]): RowError {
  const seen = matches.filter((id) => isVisible(job, job.plan, id));
  const message = `${field.name}: more than one record found for external id field: [${seen.join(', ')}]`;
  return rowError('DUPLICATE_EXTERNAL_ID', message, [field.name]);
}

function readKey(row: InputRow, field: FieldDef): string {
  const key = Object.keys(row).find((each) => each.toLowerCase() === field.name.toLowerCase());
  return key === undefined ? '' : textOf(row[key]).trim();
}

const foldKey = (field: FieldDef, key: string): string => {
  if (field.name === 'Id') return toId18(key) ?? key;
  return field.caseSensitive ? key : key.toLowerCase();
};

const withoutId = (input: InputRow): InputRow => without(input, 'Id');

const without = (input: InputRow, name: string): InputRow =>
  Object.fromEntries(Object.entries(input).filter(([key]) => key.toLowerCase() !== name.toLowerCase()));
