import { availableRecordTypes, defaultRecordType, recordTypesOf } from '../security/record-types.ts';
import { isPlatform } from '../security/user-context.ts';
import type { StoredRow } from './object-plan.ts';
import { rowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

/** Gives a new record without a record type the default one of the user. */
export function applyRecordType(job: WriteJob, row: StoredRow): void {
  const { core, plan, user } = job;
  if (!plan.has('RecordTypeId') || (row['RecordTypeId'] ?? null) !== null) return;
  row['RecordTypeId'] = defaultRecordType(core, user, plan.object.name) ?? null;
}

/** A user may choose among the active record types of the object that a profile or permission set gives them. */
export function checkRecordType(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const id = row['RecordTypeId'];
  if (typeof id !== 'string' || id === old?.['RecordTypeId']) return;
  const { core, plan, user } = job;
  const isOfObject = recordTypesOf(core, plan.object.name).some((each) => each.id === id && each.active);
  if (isOfObject && (isPlatform(core, user) || availableRecordTypes(core, user).has(id))) return;
  const message = `Record Type ID: this ID value isn't valid for the user: ${id}`;
  throw rowError('INVALID_CROSS_REFERENCE_KEY', message, ['RecordTypeId']);
}
