import type { DatabaseSync } from 'node:sqlite';
import type { OrgClock } from '../../data/org-clock.ts';

/** The platform keeps about this many of a user. */
const MOST = 200;

export type RecentItem = { readonly object: string; readonly id: string };

/** Which records each user looked at last, kept in the org's database. */
export class RecentItems {
  readonly #db: DatabaseSync;
  readonly #clock: OrgClock;

  constructor(db: DatabaseSync, clock: OrgClock) {
    this.#db = db;
    this.#clock = clock;
    db.exec(`create table if not exists wire_recent (
               user_id text not null, id text not null, object text not null, viewed_at integer not null,
               seq integer not null, primary key (user_id, id)) without rowid`);
  }

  /** Puts a record at the head of a user's list. */
  add(userId: string, { object, id }: RecentItem): void {
    const sql = `insert into wire_recent (user_id, id, object, viewed_at, seq)
      values (?, ?, ?, ?, (select coalesce(max(seq), 0) + 1 from wire_recent where user_id = ?1))
      on conflict (user_id, id) do update set viewed_at = excluded.viewed_at, seq = excluded.seq`;
    this.#db.prepare(sql).run(userId, id, object, this.#clock.now());
    this.#db
      .prepare(
        `delete from wire_recent where user_id = ?1 and seq <=
           (select seq from wire_recent where user_id = ?1 order by seq desc limit 1 offset ${MOST})`,
      )
      .run(userId);
  }

  /** A user's records, the latest first. */
  list(userId: string): readonly RecentItem[] {
    const rows = this.#db.prepare('select object, id from wire_recent where user_id = ? order by seq desc').all(userId);
    return rows.map((row) => ({ object: String(row['object']), id: String(row['id']) }));
  }
}
