import type { DatabaseSync } from 'node:sqlite';

/** Prepares the counters behind record ids and autonumbers. */
export function createSequences(db: DatabaseSync): void {
  db.exec('create table if not exists _sequence (name text primary key, last integer not null) without rowid');
}

/**
 * Takes the next `count` numbers of a counter and returns the first, starting at 1.
 *
 * Record ids use the key prefix as name, autonumbers `Object.Field`.
 */
export function takeSequence(db: DatabaseSync, name: string, count = 1): number {
  const row = db
    .prepare(
      `insert into _sequence (name, last) values (?1, ?2)
       on conflict (name) do update set last = last + ?2 returning last`,
    )
    .get(name, count) as { last: number };
  return row.last - count + 1;
}
