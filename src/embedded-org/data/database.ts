import { DatabaseSync } from 'node:sqlite';

/**
 * Opens a file, or `:memory:`.
 *
 * FULL, because an answered write must survive a power cut. Foreign keys stay off: a lookup may outlive its target in
 * Salesforce, and the write code decides what a delete does to it.
 */
export function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: false });
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536; pragma temp_store = memory',
  );
  db.function('org_fold', { deterministic: true }, (value) => (typeof value === 'string' ? foldCase(value) : value));
  return db;
}

/** Rolls back as `sql` says, unless SQLite has already undone the whole transaction itself, as it may when the disk is full. */
export function rollBack(db: DatabaseSync, sql: string): void {
  if (db.isTransaction) db.exec(sql);
}

/** SQLite's NOCASE knows ASCII only; sorting, grouping and comparing with other letters goes through this. */
export function foldCase(text: string | number | null): string | null {
  return text === null ? null : String(text).toLowerCase();
}
