import type { Cursor, CursorStore } from '../app/ports.ts';
import type { Sql } from './sql.ts';

type CursorRow = { object: string; modstamp: string; last_id: string };

/** Stores how far each object has been read. */
export class CursorRepository implements CursorStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(object: string): Promise<Cursor | undefined> {
    const rows = await this.#sql.query<CursorRow>(
      'select object, modstamp, last_id from sync_cursor where object = $1',
      [object],
    );
    return rows[0] && toCursor(rows[0]);
  }

  /** Never moves a cursor backwards: a slow reader that finishes late must not undo a newer one. */
  async advance(cursor: Cursor): Promise<void> {
    await this.#sql.query(
      `insert into sync_cursor (object, modstamp, last_id) values ($1, $2, $3)
       on conflict (object) do update set modstamp = excluded.modstamp, last_id = excluded.last_id
       where (sync_cursor.modstamp, sync_cursor.last_id) < (excluded.modstamp, excluded.last_id)`,
      [cursor.object, cursor.modstamp, cursor.lastId],
    );
  }
}

const toCursor = (row: CursorRow): Cursor => ({ object: row.object, modstamp: row.modstamp, lastId: row.last_id });
