import { compileFormula } from '../formula/compile-formula.ts';
import { isoDay } from '../formula/format-value.ts';
import { recordScope } from '../formula/record-scope.ts';
import type { FieldDef } from '../types.ts';
import { coerceValue } from './coerce-value.ts';
import type { StoredRow, StoredValue } from './object-plan.ts';
import { nextNumber } from './store-row.ts';
import { recordRun } from './validation-rules.ts';
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
  if (field.defaultValueFormula !== undefined) return defaultFromFormula(job, field, field.defaultValueFormula);
  if (field.defaultValue !== undefined) return coerceValue(field, field.defaultValue);
  const picked = field.picklist?.values.find((each) => each.isDefault && each.active);
  if (picked && field.type === 'picklist') return picked.value;
  return field.type === 'boolean' ? 0 : null;
}

/** A default cannot read other fields of its own record, so it runs on an empty one. */
function defaultFromFormula(job: WriteJob, field: FieldDef, formula: string): StoredValue {
  const compiled = compileFormula(formula, recordScope(job.core, job.plan.object));
  const value = compiled.run(recordRun(job, {}, undefined));
  if (value === null) return null;
  if (compiled.type === 'date') return isoDay(Number(value));
  if (compiled.type === 'datetime') return coerceValue(field, new Date(Number(value)).toISOString());
  if (compiled.type === 'number' && field.type === 'percent') return coerceValue(field, Number(value) * 100);
  return coerceValue(field, value);
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
