import type { StoredRow } from './object-plan.ts';
import { findStored, updateStored } from './store-row.ts';
import type { WriteJob } from './write-job.ts';

/** Changes a row on the platform's own behalf: only SystemModstamp moves, nothing is checked, and nothing if nothing differs. */
export function touchRow(job: WriteJob, id: string, changes: StoredRow): void {
  const old = findStored(job.plan, id);
  if (!old || old['IsDeleted'] === 1) return;
  const differing = differences({ ...old, ...changes }, old);
  if (Object.keys(differing).length === 0) return;
  if (job.plan.has('SystemModstamp')) differing['SystemModstamp'] = job.stamp;
  updateStored(job.plan, id, differing);
}

export function differences(row: StoredRow, old: StoredRow): StoredRow {
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== (old[name] ?? null)));
}
