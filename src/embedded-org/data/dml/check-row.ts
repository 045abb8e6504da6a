import type { FieldDef, SaveError } from '../types.ts';
import { quoteName } from '../quote-name.ts';
import { planFor, type StoredRow } from './object-plan.ts';
import { findByField } from './resolve-external-id.ts';
import { isVisible, refuseLocked } from './record-access.ts';
import { RowError, rowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

/** The field-level checks of a row about to be stored, in Salesforce's order: required, references, unique values. */
export function checkRow(job: WriteJob, row: StoredRow, changed: ReadonlySet<string>): void {
  checkRequired(job, row, changed);
  for (const field of job.plan.columns) {
    if (field.type === 'reference' && changed.has(field.name)) checkReference(job, field, row);
  }
  for (const field of job.plan.unique) if (changed.has(field.name)) checkUnique(job, field, row);
}

function checkRequired(job: WriteJob, row: StoredRow, changed: ReadonlySet<string>): void {
  const missing = job.plan.required.filter((field) => changed.has(field.name) && (row[field.name] ?? null) === null);
  if (missing.length === 0) return;
  const names = missing.map((field) => field.name);
  throw rowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
}

function checkReference(job: WriteJob, field: FieldDef, row: StoredRow): void {
  const id = row[field.name];
  if (typeof id !== 'string') return;
  const target = job.core.schema.byPrefix(id.slice(0, 3));
  if (!target || !(field.referenceTo ?? []).includes(target.name)) {
    throw rowError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  // Records that go with their parent lock it, so that it cannot be deleted meanwhile.
  if (field.deleteConstraint === 'Cascade') refuseLocked(job, id);
  if (job.referable.has(id)) return;
  const plan = planFor(job.core, target);
  const living = plan.has('IsDeleted') ? ' and "IsDeleted" = 0' : '';
  const found = plan.prepare(`select 1 as found from ${quoteName(target.name)} where "Id" = ?${living}`).get(id);
  if (!found) throw rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  if (target.name === 'Lead') refuseConverted(job, field, id);
  if (isVisible(job, plan, id)) return void job.referable.add(id);
  const message = 'insufficient access rights on cross-reference id';
  throw rowError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message, [field.name]);
}

/** Activities and memberships of a converted lead belong to what it became. */
function refuseConverted(job: WriteJob, field: FieldDef, leadId: string): void {
  if (field.custom || job.user.access.system('AllowViewEditConvertedLeads')) return;
  const converted = job.plan.prepare('select 1 as found from "Lead" where "Id" = ? and "IsConverted" = 1').get(leadId);
  if (converted) throw rowError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', [field.name]);
}

/** Checks every unique value of a row that comes back. */
export function checkUniqueValues(job: WriteJob, row: StoredRow): void {
  for (const field of job.plan.unique) checkUnique(job, field, row);
}

function checkUnique(job: WriteJob, field: FieldDef, row: StoredRow): void {
  const other = findByField(job.plan, field, row[field.name] ?? null).find((id) => id !== row['Id']);
  if (other !== undefined) throw new RowError([duplicateValue(field.name, other)]);
}

function duplicateValue(fieldName: string, otherId: string): SaveError {
  const message = `duplicate value found: ${fieldName} duplicates value on record with id: ${otherId.slice(0, 15)}`;
  return { statusCode: 'DUPLICATE_VALUE', message, fields: [] };
}
