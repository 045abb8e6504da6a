import type { FieldDef, InputRow, SaveError } from '../types.ts';
import { coerceValue } from './coerce-value.ts';
import type { StoredRow, StoredValue } from './object-plan.ts';
import { resolveExternalId } from './resolve-external-id.ts';
import { RowError, rowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

/** Fields that the permission CreateAuditFields opens on insert, and no other call. */
const AUDIT_FIELDS = new Set(['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById']);
const ROW_KEYS = new Set(['id', 'attributes', 'type']);

/**
 * Reads the fields a client sent into stored form.
 *
 * Checks that each exists, may be written by this user and holds a value of its type; all faults of the row are reported
 * but for columns that do not exist: the first of them is reported alone, as there may be any number of them.
 */
export function readInput(job: WriteJob, input: InputRow, kind: 'create' | 'update'): StoredRow {
  const row: StoredRow = {};
  const errors: SaveError[] = [];
  const refused: string[] = [];
  for (const [key, value] of Object.entries(input)) {
    if (ROW_KEYS.has(key.toLowerCase()) && (key.toLowerCase() === 'id' || !job.plan.byName.has(key.toLowerCase())))
      continue;
    const [field, stored] = readField(job, key, value);
    try {
      if (mayWrite(job, field, kind)) row[field.name] = stored();
      else refused.push(field.name);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      errors.push(...error.errors);
    }
  }
  if (refused.length > 0) errors.push(notWritable(refused));
  if (errors.length > 0) throw new RowError(errors);
  return row;
}

function readField(job: WriteJob, key: string, value: unknown): [FieldDef, () => StoredValue] {
  const { core, plan, user } = job;
  const field = plan.byName.get(key.toLowerCase());
  if (field && user.access.field(plan.object.name, field.name).read) return [field, () => coerceValue(field, value)];
  const [relationship = '', externalField] = key.split('.');
  const reference = core.schema.relationship(plan.object, relationship);
  if (reference && user.access.field(plan.object.name, reference.name).read) {
    const nested = externalField === undefined ? value : { [externalField]: value };
    if (nested === null || typeof nested === 'object')
      return [reference, () => resolveExternalId(job, reference, nested)];
  }
  throw rowError('INVALID_FIELD', `No such column '${key}' on sobject of type ${plan.object.name}`, []);
}

function mayWrite(job: WriteJob, field: FieldDef, kind: 'create' | 'update'): boolean {
  const { object } = job.plan;
  if (kind === 'create' && AUDIT_FIELDS.has(field.name)) return job.user.access.system('CreateAuditFields');
  if (!(kind === 'create' ? field.createable : field.updateable)) return false;
  return job.user.access.field(object.name, field.name).edit;
}

function notWritable(names: readonly string[]): SaveError {
  const message =
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify ` +
    'that it is read/write for your profile or permission set.';
  return { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: names };
}
