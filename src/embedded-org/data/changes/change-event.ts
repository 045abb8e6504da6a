import { createHash } from 'node:crypto';
import type { StoredRow, StoredValue } from '../dml/object-plan.ts';
import type { FieldDef, ObjectDef } from '../types.ts';
import type { ChangeType } from './change-payload.ts';

/** What happened to one record in a transaction. */
export type RecordChange = {
  readonly changeType: ChangeType;
  readonly changedFields: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
};

/** Never in an event: the platform's own bookkeeping, and values derived from other records. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'Id',
  'IsDeleted',
  'SystemModstamp',
  'LastActivityDate',
  'LastViewedDate',
  'LastReferencedDate',
  'PhotoUrl',
]);

/** Compares a record before and after a transaction; undefined when nothing changed that an event would tell. */
export function toRecordChange(
  object: ObjectDef,
  before: StoredRow | undefined,
  after: StoredRow,
): RecordChange | undefined {
  const [wasDeleted, isDeleted] = [before?.['IsDeleted'] === 1, after['IsDeleted'] === 1];
  // what was created and deleted at once is over before anybody could hear of it
  if (isDeleted && (!before || wasDeleted)) return undefined;
  if (!before) return { changeType: 'CREATE', changedFields: [], body: filledFields(object, after) };
  if (isDeleted) return { changeType: 'DELETE', changedFields: [], body: {} };
  if (wasDeleted) return { changeType: 'UNDELETE', changedFields: [], body: filledFields(object, after) };
  return updateOf(object, before, after);
}

function updateOf(object: ObjectDef, before: StoredRow, after: StoredRow): RecordChange | undefined {
  const changed = capturedFields(object).filter(({ name }) => (before[name] ?? null) !== (after[name] ?? null));
  if (changed.length === 0) return undefined;
  const names = new Set(['LastModifiedDate', ...changed.map((field) => field.name)]);
  const told = capturedFields(object).filter((field) => names.has(field.name));
  return { changeType: 'UPDATE', changedFields: told.map(pathOf), body: toBody(told, after) };
}

const filledFields = (object: ObjectDef, row: StoredRow): Record<string, unknown> =>
  toBody(
    capturedFields(object).filter(({ name }) => (row[name] ?? null) !== null),
    row,
  );

const capturedFields = (object: ObjectDef): readonly FieldDef[] =>
  object.fields.filter(
    (field) =>
      field.formula === undefined && field.sql === undefined && field.type !== 'address' && !LEFT_OUT.has(field.name),
  );

/** Parts of a name or an address lie inside their compound field. */
export const pathOf = (field: FieldDef): string =>
  field.compoundFieldName === undefined ? field.name : `${field.compoundFieldName}.${field.name}`;

function toBody(fields: readonly FieldDef[], row: StoredRow): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = toEventValue(field, row[field.name] ?? null);
    if (field.compoundFieldName === undefined) body[field.name] = value;
    else
      body[field.compoundFieldName] = { ...(body[field.compoundFieldName] as object | undefined), [field.name]: value };
  }
  return body;
}

function toEventValue(field: FieldDef, value: StoredValue): unknown {
  if (field.type === 'boolean') return value === 1;
  return field.type === 'datetime' && value !== null ? new Date(Number(value)).toISOString() : value;
}

/** Names the shape of an object's events: it changes with the object's fields. */
export function schemaId(object: ObjectDef): string {
  const fields = capturedFields(object).map((field) => [field.name, field.type]);
  return createHash('sha256')
    .update(JSON.stringify([object.name, fields]))
    .digest('base64url')
    .slice(0, 22);
}
