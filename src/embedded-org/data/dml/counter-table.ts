import type { OrgCore } from '../org-core.ts';

const ready = new WeakSet<OrgCore>();

/**
 * Creates the table that numbers records.
 *
 * Call it before a transaction begins: one created inside would go with a rollback.
 */
export function ensureCounters(core: OrgCore): void {
  if (ready.has(core)) return;
  core.db.exec('create table if not exists "~counter" (name text primary key, value integer not null) without rowid');
  if (!core.db.isTransaction) ready.add(core);
}
