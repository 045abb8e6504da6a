import type { StoredRow } from '../object-plan.ts';
import type { WriteJob } from '../write-job.ts';

/**
 * What the platform itself does when rows of a standard object change.
 *
 * `row` is the whole row as it will be stored and may be changed before the save; `old` is missing on insert.
 */
export type Behaviour = {
  readonly beforeSave?: (job: WriteJob, row: StoredRow, old: StoredRow | undefined) => void;
  readonly afterSave?: (job: WriteJob, row: StoredRow, old: StoredRow | undefined) => void;
  readonly afterRemove?: (job: WriteJob, row: StoredRow) => void;
};
