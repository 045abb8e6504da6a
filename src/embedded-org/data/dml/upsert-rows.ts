import { textOf } from './text-of.ts';
import { toId18 } from '../ids.ts';
import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import type { DmlOptions, FieldDef, InputRow, SaveResult, UserContext } from '../types.ts';
import { coerceValue } from './coerce-value.ts';
import { insertRow } from './insert-rows.ts';
import { findByField } from './resolve-external-id.ts';
import { repeatedKeys } from './repeated-keys.ts';
import { rowError } from './row-error.ts';
import { runBatch, type Saved } from './run-batch.ts';
import { updateRow } from './update-rows.ts';
import { startJob, type WriteJob } from './write-job.ts';

/**
 * Inserts or updates rows by an external id (or `Id`).
 *
 * A lone row whose key matches several records throws OrgError MULTIPLE_CHOICES, its `fields` the ids of the matches.
 */
export function upsertRows(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  externalIdField: string,
  rows: readonly InputRow[],
  options: DmlOptions,
): readonly SaveResult[] {
  const job = startJob(core, user, objectName, options);
  const field = keyField(job, externalIdField);
  const keys = rows.map((row) => readKey(row, field));
  const repeated = repeatedKeys(keys.map((key) => foldKey(field, key)));
  return runBatch(core, rows, options, (input, index) => {
    const key = keys[index] ?? '';
    if (repeated.has(index)) throw rowError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [field.name]);
    return upsertRow(job, field, key, input, rows.length === 1);
  });
}

function upsertRow(job: WriteJob, field: FieldDef, key: string, input: InputRow, alone: boolean): Saved {
  if (field.name === 'Id') return upsertById(job, key, input);
  if (key === '') throw rowError('MISSING_ARGUMENT', `${field.name} not specified`, []);
  const matches = findByField(job.plan, field, coerceValue(field, key));
  const [id] = matches;
  if (id === undefined) return { id: insertRow(job, withoutId(input)), created: true };
  if (matches.length > 1) {
    const message = `${field.name}: more than one record found for external id field: [${matches.join(', ')}]`;
    if (alone) throw new OrgError('MULTIPLE_CHOICES', message, 300, matches);
    throw rowError('DUPLICATE_EXTERNAL_ID', message, [field.name]);
  }
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

function keyField(job: WriteJob, name: string): FieldDef {
  const field = job.core.schema.field(job.plan.object, name);
  const readable = field && job.user.access.field(job.plan.object.name, field.name).read;
  if (field && readable && (field.name === 'Id' || field.externalId)) return field;
  const message = `Provided external ID field does not exist or is not accessible: ${name}`;
  throw new OrgError('NOT_FOUND', message, 404);
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
