import type { FieldDef } from '../types.ts';
import { coerceValue } from './coerce-value.ts';
import type { StoredRow, StoredValue } from './object-plan.ts';
import { nextNumber } from './store-row.ts';
import type { WriteJob } from './write-job.ts';

/** Fills what the client left out: defaults, auto numbers, the owner and the system fields. A field sent as null stays null. */
export function applyDefaults(job: WriteJob, row: StoredRow): void {
  const { plan, user, stamp } = job;
  for (const field of plan.columns) {
    if (row[field.name] === undefined) row[field.name] = defaultOf(job, field);
  }
  if (plan.has('OwnerId')) row['OwnerId'] ??= user.userId;
  if (plan.has('IsDeleted')) row['IsDeleted'] = 0;
  for (const name of ['CreatedDate', 'LastModifiedDate']) if (plan.has(name)) row[name] ??= stamp;
  for (const name of ['CreatedById', 'LastModifiedById']) if (plan.has(name)) row[name] ??= user.userId;
  if (plan.has('SystemModstamp')) row['SystemModstamp'] = stamp;
}

function defaultOf(job: WriteJob, field: FieldDef): StoredValue {
  if (field.autoNumber) return formatAutoNumber(field.autoNumber.format, nextAutoNumber(job, field), job.stamp);
  if (field.defaultValue !== undefined) return coerceValue(field, field.defaultValue);
  const picked = field.picklist?.values.find((each) => each.isDefault && each.active);
  if (picked && field.type === 'picklist') return picked.value;
  return field.type === 'boolean' ? 0 : null;
}

function nextAutoNumber(job: WriteJob, field: FieldDef): number {
  return nextNumber(job.core, job.plan, `auto:${job.plan.object.name}.${field.name}`, () => 0);
}

/** `SIG-{0000000}` → `SIG-0000001`; `{YYYY}`, `{YY}`, `{MM}` and `{DD}` are the day of creation. */
export function formatAutoNumber(format: string, value: number, instant: number): string {
  const day = new Date(instant).toISOString();
  const dated = format
    .replaceAll('{YYYY}', day.slice(0, 4))
    .replaceAll('{YY}', day.slice(2, 4))
    .replaceAll('{MM}', day.slice(5, 7))
    .replaceAll('{DD}', day.slice(8, 10));
  return dated.replace(/\{(0+)\}/, (_whole, zeros: string) => String(value).padStart(zeros.length, '0'));
}
