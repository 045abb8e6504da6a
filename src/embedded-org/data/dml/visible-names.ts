import type { StoredRow } from './object-plan.ts';
import { isVisible } from './record-access.ts';
import { nameOf } from './record-name.ts';
import type { WriteJob } from './write-job.ts';

/** The names of those of the job's records that the user may see, or their ids where they have none, joined for a message. */
export const visibleNames = (job: WriteJob, rows: readonly StoredRow[]): string =>
  rows
    .map((row) => String(row['Id']))
    .filter((id) => isVisible(job, job.plan, id))
    .map((id) => nameOf(job, id) ?? id)
    .join(', ');
