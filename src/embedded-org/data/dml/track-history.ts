import { toWireDatetime } from '../values.ts';
import { historyFieldName } from '../schema/standard/history.ts';
import type { FieldDef } from '../types.ts';
import type { StoredRow, StoredValue } from './object-plan.ts';
import { nameOf } from './record-name.ts';
import { insertStored, nextId } from './store-row.ts';
import { jobFor, type WriteJob } from './write-job.ts';

/** Writes the history rows of a save: `created` on insert, one row for each tracked field that changed, two for a reference. */
export function trackHistory(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const { object, tracked } = job.plan;
  const history =
    object.historyObject !== undefined && object.enableHistory ? jobFor(job, object.historyObject) : undefined;
  if (!history) return;
  if (!old) return writeHistory(history, row, 'created', null, null);
  for (const field of tracked) {
    const [before, after] = [old[field.name] ?? null, row[field.name] ?? null];
    if (before === after) continue;
    const name = historyFieldName(field);
    if (field.type !== 'reference') writeHistory(history, row, name, toText(field, before), toText(field, after));
    else {
      writeHistory(history, row, name, nameOf(job, before), nameOf(job, after));
      writeHistory(history, row, name, before, after);
    }
  }
}

/** Writes a history row for something that happened to a record: `leadConverted`, `contactMerged`. */
export function trackEvent(job: WriteJob, row: StoredRow, event: string): void {
  const { object } = job.plan;
  if (object.historyObject === undefined || !object.enableHistory) return;
  const history = jobFor(job, object.historyObject);
  if (history) writeHistory(history, row, event, null, null);
}

function writeHistory(
  job: WriteJob,
  row: StoredRow,
  field: string,
  oldValue: StoredValue,
  newValue: StoredValue,
): void {
  const parent = job.plan.object.sharingParent ?? 'ParentId';
  insertStored(job.plan, {
    Id: nextId(job.core, job.plan),
    IsDeleted: 0,
    [parent]: row['Id'] ?? null,
    CreatedById: job.user.userId,
    CreatedDate: job.stamp,
    Field: field,
    OldValue: oldValue,
    NewValue: newValue,
  });
}

/** Long texts are tracked without their values. */
function toText(field: FieldDef, value: StoredValue): StoredValue {
  if (value === null || (field.type === 'textarea' && (field.length ?? 0) > 255)) return null;
  if (field.type === 'boolean') return value === 1 ? 'true' : 'false';
  return field.type === 'datetime' ? toWireDatetime(Number(value)) : String(value);
}
