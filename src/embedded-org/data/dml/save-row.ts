import { shareNameOf } from '../schema/standard/share.ts';
import { endShares } from './behaviour/share.ts';
import { checkDuplicates } from './duplicates/check-duplicates.ts';
import { behaviourOf } from './behaviour/standard-behaviours.ts';
import { applyRecordType, checkRecordType } from './check-record-type.ts';
import { checkRow } from './check-row.ts';
import { applyDefaults } from './default-values.ts';
import type { StoredRow } from './object-plan.ts';
import { checkOwner } from './record-access.ts';
import { insertStored, nextId, updateStored } from './store-row.ts';
import { differences } from './touch-row.ts';
import { trackHistory } from './track-history.ts';
import { checkValidationRules } from './validation-rules.ts';
import type { WriteJob } from './write-job.ts';

/** Stores a new row given in stored form, with everything the platform adds and checks; returns its id. */
export function createRow(job: WriteJob, values: StoredRow): string {
  const { core, plan } = job;
  const row: StoredRow = { ...values };
  const behaviour = behaviourOf(plan.object.name);
  behaviour.beforeDefaults?.(job, row);
  applyRecordType(job, row);
  applyDefaults(job, row);
  behaviour.beforeSave?.(job, row, undefined);
  checkRow(job, row, new Set(plan.object.fields.map((field) => field.name)));
  checkRecordType(job, row, undefined);
  if (plan.has('OwnerId')) checkOwner(job, row, undefined);
  checkDuplicates(job, row, undefined);
  const id = nextId(core, plan);
  row['Id'] = id;
  // A custom record without a name is called by its id.
  if (plan.object.custom && plan.has('Name')) row['Name'] ??= id.slice(0, 15);
  insertStored(plan, row);
  checkValidationRules(job, row, undefined);
  trackHistory(job, row, undefined);
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
  checkRecordType(job, row, old);
  if (plan.has('OwnerId')) checkOwner(job, row, old);
  checkDuplicates(job, row, old);
  updateStored(plan, String(old['Id']), differing);
  checkValidationRules(job, row, old);
  if (plan.has('OwnerId') && row['OwnerId'] !== old['OwnerId']) endSharesOf(job, String(old['Id']));
  trackHistory(job, row, old);
  behaviour.afterSave?.(job, row, old);
}

function endSharesOf(job: WriteJob, id: string): void {
  const share = job.core.schema.find(shareNameOf(job.plan.object.name));
  if (share !== undefined) endShares(job, share, id);
}
