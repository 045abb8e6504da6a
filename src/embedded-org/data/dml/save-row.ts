import { behaviourOf } from './behaviour/standard-behaviours.ts';
import { checkRow } from './check-row.ts';
import { applyDefaults } from './default-values.ts';
import type { StoredRow } from './object-plan.ts';
import { findStored, insertStored, nextId, updateStored } from './store-row.ts';
import { checkValidationRules } from './validation-rules.ts';
import type { WriteJob } from './write-job.ts';

/** Stores a new row given in stored form, with everything the platform adds and checks; returns its id. */
export function createRow(job: WriteJob, values: StoredRow): string {
  const { core, plan } = job;
  const row: StoredRow = { ...values };
  applyDefaults(job, row);
  const behaviour = behaviourOf(plan.object.name);
  behaviour.beforeSave?.(job, row, undefined);
  checkRow(job, row, new Set(plan.object.fields.map((field) => field.name)));
  const id = nextId(core, plan);
  row['Id'] = id;
  insertStored(plan, row);
  checkValidationRules(job, row, undefined);
  behaviour.afterSave?.(job, row, undefined);
  return id;
}

/** Applies changes in stored form to a row that is there; moves LastModified and SystemModstamp even if nothing differs. */
export function changeRow(job: WriteJob, old: StoredRow, changes: StoredRow): void {
  const { plan, user, stamp } = job;
  const row: StoredRow = { ...old, ...changes };
  if (plan.has('LastModifiedDate')) row['LastModifiedDate'] = stamp;
  if (plan.has('LastModifiedById')) row['LastModifiedById'] = user.userId;
  if (plan.has('SystemModstamp')) row['SystemModstamp'] = stamp;
  const behaviour = behaviourOf(plan.object.name);
  behaviour.beforeSave?.(job, row, old);
  const differing = differences(row, old);
  checkRow(job, row, new Set([...Object.keys(changes), ...Object.keys(differing)]));
  updateStored(plan, String(old['Id']), differing);
  checkValidationRules(job, row, old);
  behaviour.afterSave?.(job, row, old);
}

/** Changes a row on the platform's own behalf: only SystemModstamp moves, nothing is checked. */
export function touchRow(job: WriteJob, id: string, changes: StoredRow): void {
  const old = findStored(job.plan, id);
  if (!old) return;
  const differing = differences({ ...old, ...changes }, old);
  if (Object.keys(differing).length === 0) return;
  if (job.plan.has('SystemModstamp')) differing['SystemModstamp'] = job.stamp;
  updateStored(job.plan, id, differing);
}

function differences(row: StoredRow, old: StoredRow): StoredRow {
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== (old[name] ?? null)));
}
