import type { Clock, Store } from '../app/ports.ts';
import { CursorRepository } from './cursor-repository.ts';
import { HandOffRepository } from './hand-off-repository.ts';
import { migrate } from './migrate.ts';
import { MirrorRepository } from './mirror-repository.ts';
import { NoteRepository } from './note-repository.ts';
import { ObservationRepository } from './observation-repository.ts';
import { OutboxRepository } from './outbox-repository.ts';
import { RunRepository } from './run-repository.ts';
import { ScheduleRepository } from './schedule-repository.ts';
import { SignalRepository } from './signal-repository.ts';
import { SqliteSql } from './sqlite-sql.ts';
import { takeSyncLease } from './sync-lease.ts';

export type StoreOptions = {
  /** Failed attempts after which an intended write becomes a dead letter. */
  readonly maxAttempts?: number;
  readonly clock?: Clock;
};

/** Opens, and creates where needed, the store in the SQLite file at `path`, or in memory for `:memory:`. */
export async function openStore(path: string, options: StoreOptions = {}): Promise<Store> {
  const sql = new SqliteSql(path);
  try {
    await migrate(sql, path);
  } catch (error) {
    await sql.close();
    throw error;
  }
  return storeOver(sql, path, options);
}

/** Makes a store of its own over an open database: what repositories remember of the tables is shared with no other. */
function storeOver(sql: SqliteSql, path: string, options: StoreOptions): Store {
  const { maxAttempts = 5, clock = Date } = options;
  const notes = new NoteRepository(sql);
  return {
    mirror: new MirrorRepository(sql),
    cursors: new CursorRepository(sql),
    outbox: new OutboxRepository(sql, { maxAttempts, now: () => clock.now() }),
    handOffs: new HandOffRepository(sql),
    observations: new ObservationRepository(sql),
    runs: new RunRepository(sql),
    signals: new SignalRepository(sql),
    schedule: new ScheduleRepository(sql),
    leaseSync: async () => takeSyncLease(path, clock.now()),
    transaction: (work) => sql.transaction(work),
    rehearse: (work) => sql.rehearse(() => work(storeOver(sql, path, options))),
    getNote: (name) => notes.find(name),
    setNote: (name, value) => notes.save(name, value),
    close: () => sql.close(),
  };
}
