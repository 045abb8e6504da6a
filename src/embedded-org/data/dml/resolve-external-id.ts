import type { FieldDef, ObjectDef } from '../types.ts';
import { coerceValue } from './coerce-value.ts';
import { quoteName } from '../quote-name.ts';
import { planFor, type ObjectPlan, type StoredValue } from './object-plan.ts';
import { rowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

/** The id of the parent that a nested `{ ExternalId__c: value }` names; null clears the reference. */
export function resolveExternalId(job: WriteJob, reference: FieldDef, nested: object | null): string | null {
  if (nested === null) return null;
  const [name, value] = Object.entries(nested).find(([key]) => key !== 'attributes' && key !== 'type') ?? [];
  const type = (nested as { attributes?: { type?: unknown } }).attributes?.type;
  const wanted = typeof type === 'string' ? [type] : (reference.referenceTo ?? []);
  for (const objectName of wanted) {
    const object = job.core.schema.find(objectName);
    const field = object && readableField(job, object, name);
    if (!object || !field) continue;
    const ids = findByField(planFor(job.core, object), field, coerceValue(field, value));
    if (ids.length === 1) return ids[0] ?? null;
    const message =
      ids.length === 0
        ? `Foreign key external ID: ${String(value)} not found for field ${field.name} in entity ${object.name}`
        : `More than one record found for external id field: ${field.name} in entity ${object.name}`;
    throw rowError('INVALID_FIELD', message, []);
  }
  const message = `Field name provided, ${name ?? ''} is not an External ID or indexed field for ${wanted.join(', ')}`;
  throw rowError('INVALID_FIELD', message, []);
}

/** Undefined also for a field that the user may not read: its values could be guessed by trying which one resolves. */
function readableField(job: WriteJob, object: ObjectDef, name: string | undefined): FieldDef | undefined {
  const field = name === undefined ? undefined : job.core.schema.field(object, name);
  return field && job.user.access.field(object.name, field.name).read ? field : undefined;
}

/** Ids of the living rows with this value; compared exactly where the field says so. */
export function findByField(plan: ObjectPlan, field: FieldDef, value: StoredValue): readonly string[] {
  if (value === null) return [];
  const column = quoteName(field.name);
  // The first comparison uses the column's own collation, and so its index; the second narrows it.
  const exact = field.caseSensitive ? ` and ${column} = ? collate binary` : '';
  const living = plan.has('IsDeleted') ? ' and "IsDeleted" = 0' : '';
  const sql = `select "Id" from ${quoteName(plan.object.name)} where ${column} = ?${exact}${living} limit 3`;
  const rows = plan.prepare(sql).all(...(field.caseSensitive ? [value, value] : [value]));
  return rows.map((each) => String(each['Id']));
}
