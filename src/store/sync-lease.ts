import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { PortError } from '../app/ports.ts';

/**
 * Takes the right to sync with a store until disposed of, or throws PortError('conflict') that names the holder.
 *
 * The lease is an open write transaction on a small file beside the store, which the operating system ends when the
 * process dies, however it dies: a killed holder is never in the way, and a reused process id is never mistaken for it.
 * A store in memory belongs to one process, so its lease is kept beside nothing.
 */
export function takeSyncLease(path: string, now: number): AsyncDisposable {
  const db = new DatabaseSync(path === ':memory:' ? ':memory:' : `${path}.lease`, { timeout: 0 });
  try {
    db.exec('create table if not exists holder (id integer primary key check (id = 1), text text not null)');
    const holder = `process ${process.pid} on ${hostname()}, since ${new Date(now).toISOString()}`;
    const remember = 'insert into holder (id, text) values (1, ?) on conflict (id) do update set text = excluded.text';
    db.prepare(remember).run(holder);
    db.exec('begin immediate');
  } catch (error) {
    const holder = findHolder(db);
    db.close();
    throw new PortError('conflict', `Another sync is using the store ${path}: ${holder}. Stop it first`, {
      cause: error,
    });
  }
  return { [Symbol.asyncDispose]: async () => db.close() };
}

function findHolder(db: DatabaseSync): string {
  try {
    const row = db.prepare('select text from holder where id = 1').get() as { text: string } | undefined;
    return row?.text ?? 'holder unknown';
  } catch {
    return 'holder unknown';
  }
}
