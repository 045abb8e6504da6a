import { applyDefaults } from '../default-values.ts';
import type { StoredRow } from '../object-plan.ts';
import { insertStored, nextId } from '../store-row.ts';
import { jobFor, type WriteJob } from '../write-job.ts';

/** Stores rows that the platform derives from another save, and returns their ids; they are right by construction and not checked. */
export function insertRowsOf(job: WriteJob, objectName: string, rows: readonly StoredRow[]): readonly string[] {
  const target = jobFor(job, objectName);
  if (!target) return [];
  return rows.map((values) => {
    const row: StoredRow = { ...values };
    applyDefaults(target, row);
    const id = nextId(target.core, target.plan);
    row['Id'] = id;
    insertStored(target.plan, row);
    return id;
  });
}
