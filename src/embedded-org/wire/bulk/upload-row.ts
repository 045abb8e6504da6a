import { parentKeyField } from '../../data/dml/resolve-external-id.ts';
import type { InputRow, ObjectDef, Schema, UserContext } from '../../data/types.ts';
import type { IngestJob } from './bulk-job.ts';
import { CsvError } from './csv-parser.ts';

/** What a cell holds to empty its field; an empty cell leaves the field alone. */
const NULL_CELL = '#N/A';

/** Refuses an upload whose columns do not exist for this user or come twice, or that lacks the column its operation needs. */
export function checkHeader(
  schema: Schema,
  user: UserContext,
  object: ObjectDef,
  job: IngestJob,
  header: readonly string[],
): void {
  const seen = new Set<string>();
  for (const column of header) {
    if (seen.has(column.toLowerCase())) throw new CsvError(`InvalidBatch : Duplicate field name : ${column}`);
    seen.add(column.toLowerCase());
    if (!isColumn(schema, user, object, column)) throw new CsvError(`InvalidBatch : Field name not found : ${column}`);
  }
  const needed = job.operation === 'insert' ? undefined : (job.externalIdFieldName ?? 'Id');
  if (needed !== undefined && !header.some((column) => column.toLowerCase() === needed.toLowerCase())) {
    throw new CsvError(`InvalidBatch : Field name not found : ${needed}`);
  }
}

/** A field, or `Relationship.ExternalId` of the record that it refers to. */
function isColumn(schema: Schema, user: UserContext, object: ObjectDef, column: string): boolean {
  const [name = '', parentField] = column.split('.');
  if (parentField === undefined) {
    const field = schema.field(object, name);
    return field !== undefined && user.access.field(object.name, field.name).read;
  }
  const targets = schema.relationship(object, name)?.referenceTo ?? [];
  return targets.some((target) => {
    const parent = schema.find(target);
    return parent !== undefined && parentKeyField(schema, user, parent, parentField) !== undefined;
  });
}

/** The record that a row of the upload describes. */
export function toInputRow(
  header: readonly string[],
  cells: readonly string[],
  schema: Schema,
  object: ObjectDef,
): InputRow {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < header.length; i++) {
    const cell = cells[i];
    const column = header[i];
    if (cell === undefined || cell === '' || column === undefined) continue;
    const value = cell === NULL_CELL ? null : cell;
    const [relationship = '', parentField] = column.split('.');
    if (parentField === undefined) row[column] = value;
    else if (value !== null) row[relationship] = { [parentField]: value };
    else row[schema.relationship(object, relationship)?.name ?? relationship] = null;
  }
  return row;
}
