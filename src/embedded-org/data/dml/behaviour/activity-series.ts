import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { isNewOrChanged } from './behaviour.ts';

/** A series would have to make its occurrences; an activity that only says it recurs would promise more than is kept. */
export function refuseSeries(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const asked = job.plan.columns.find(
    ({ name }) =>
      /^(?:IsRecurrence|Recurrence.*)$/.test(name) && Boolean(row[name] ?? 0) && isNewOrChanged(row, old, name),
  );
  if (asked === undefined) return;
  const message = `Unable to create/update fields: ${asked.name}. The embedded org does not support recurring activities.`;
  throw rowError('INVALID_FIELD_FOR_INSERT_UPDATE', message, [asked.name]);
}

/** A reminder has a time at which it shows. */
export function checkReminder(row: StoredRow, old: StoredRow | undefined): void {
  const isUntouched = !['IsReminderSet', 'ReminderDateTime'].some((name) => isNewOrChanged(row, old, name));
  if (isUntouched || row['IsReminderSet'] !== 1 || (row['ReminderDateTime'] ?? null) !== null) return;
  throw rowError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [ReminderDateTime]', ['ReminderDateTime']);
}
