import type { StoredRow } from '../object-plan.ts';
import type { WriteJob } from '../write-job.ts';

/**
 * What the platform itself does when rows of a standard object change.
 *
 * `row` is the whole row as it will be stored, and may be changed until the save; `old` is missing on insert.
 */
export type Behaviour = {
  /** On insert, before defaults fill what the client left out. */
  readonly beforeDefaults?: (job: WriteJob, row: StoredRow) => void;
  readonly beforeSave?: (job: WriteJob, row: StoredRow, old: StoredRow | undefined) => void;
  readonly afterSave?: (job: WriteJob, row: StoredRow, old: StoredRow | undefined) => void;
  /** Before the row and its children go; what it throws keeps them. */
  readonly beforeRemove?: (job: WriteJob, row: StoredRow) => void;
  readonly afterRemove?: (job: WriteJob, row: StoredRow) => void;
  /** When the row comes back from the recycle bin. */
  readonly afterRestore?: (job: WriteJob, row: StoredRow) => void;
};

/** True on insert, and on update when the field differs. */
export const isNewOrChanged = (row: StoredRow, old: StoredRow | undefined, name: string): boolean =>
  old === undefined || (row[name] ?? null) !== (old[name] ?? null);
