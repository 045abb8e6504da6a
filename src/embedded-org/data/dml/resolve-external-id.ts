import { isIdLookup } from '../describe/describe-field.ts';
import { visibleSql } from '../security/sharing.ts';
import type { SqlPart } from '../security/sql-part.ts';
import type { FieldDef, ObjectDef, Schema, UserContext } from '../types.ts';
import { coerceValue } from './coerce-value.ts';
import { quoteName } from '../quote-name.ts';
import { planFor, type ObjectPlan, type StoredValue } from './object-plan.ts';
import { rowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

/**
 * The id of the parent that a nested `{ ExternalId__c: value }` names; null clears the reference.
 *
 * A parent that the user does not see is as good as none: the refusal must not tell what private records hold.
 */
export function resolveExternalId(job: WriteJob, reference: FieldDef, nested: object | null): string | null {
  if (nested === null) return null;
  const keys = Object.entries(nested).filter(([key]) => key !== 'attributes' && key !== 'type');
  const [name = '', value] = keys[0] ?? [];
  const type = (nested as { attributes?: { type?: unknown } }).attributes?.type;
  const wanted = typeof type === 'string' ? [type] : (reference.referenceTo ?? []);
  if (keys.length > 1) {
    const message = `More than 1 field provided in an external foreign key reference in entity: ${wanted.join(', ')}`;
    throw rowError('INVALID_FIELD', message, []);
  }
  for (const objectName of wanted) {
    const object = job.core.schema.find(objectName);
    const field = object && parentKeyField(job.core.schema, job.user, object, name);
    if (object && field) return findParent(job, object, field, value);
  }
  const message = `Field name provided, ${name} is not an External ID or indexed field for ${wanted.join(', ')}`;
  throw rowError('INVALID_FIELD', message, []);
}

function findParent(job: WriteJob, object: ObjectDef, field: FieldDef, value: unknown): string {
  const visible = visibleSql(job.core, job.user, object, 'it');
  const [id, another] = findByField(planFor(job.core, object), field, coerceValue(field, value), visible);
  if (id !== undefined && another === undefined) return id;
  const message =
    id === undefined
      ? `Foreign key external ID: ${String(value)} not found for field ${field.name} in entity ${object.name}`
      : `More than one record found for external id field: ${field.name} in entity ${object.name}`;
  throw rowError('INVALID_FIELD', message, []);
}

/** The field by which a reference may name a record: an external id or what the describe calls an idLookup, if the user may read it. */
export function parentKeyField(
  schema: Schema,
  user: UserContext,
  object: ObjectDef,
  name: string,
): FieldDef | undefined {
  const field = schema.field(object, name);
  return field && isIdLookup(object, field) && user.access.field(object.name, field.name).read ? field : undefined;
}

/** Ids of the living rows with this value, among those that a condition on `it` leaves; compared exactly where the field says so. */
export function findByField(
  plan: ObjectPlan,
  field: FieldDef,
  value: StoredValue,
  among: SqlPart = { text: '1', params: [] },
): readonly string[] {
  if (value === null) return [];
  const column = `it.${quoteName(field.name)}`;
  // The first comparison uses the column's own collation, and so its index; the second narrows it.
  const exact = field.caseSensitive ? ` and ${column} = ? collate binary` : '';
  const living = plan.has('IsDeleted') ? ' and it."IsDeleted" = 0' : '';
  const table = quoteName(plan.object.name);
  const sql = `select it."Id" from ${table} it where ${column} = ?${exact}${living} and ${among.text} limit 3`;
  const rows = plan.prepare(sql).all(...(field.caseSensitive ? [value, value] : [value]), ...among.params);
  return rows.map((each) => String(each['Id']));
}
