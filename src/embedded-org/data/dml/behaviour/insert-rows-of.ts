import { applyDefaults } from '../default-values.ts';
import type { StoredRow } from '../object-plan.ts';
import { insertStored, nextId } from '../store-row.ts';
import { jobFor, type WriteJob } from '../write-job.ts';

/** Stores rows that the platform derives from another save; they are right by construction and not checked. */
export function insertRowsOf(job: WriteJob, objectName: string, rows: readonly StoredRow[]): void {
  const target = jobFor(job, objectName);
  if (!target) return;
  for (const values of rows) {
    const row: StoredRow = { ...values };
    applyDefaults(target, row);
    row['Id'] = nextId(target.core, target.plan);
    insertStored(target.plan, row);
  }
}
