import type { DatabaseSync } from 'node:sqlite';
import type { OrgClock } from '../org-clock.ts';
import type { ChangePayload } from './change-payload.ts';

/** Events are kept this long. */
const RETENTION = 72 * 60 * 60 * 1000;

export type LoggedEvent = {
  readonly replayId: number;
  readonly entity: string;
  readonly schema: string;
  readonly payload: ChangePayload;
};

/** The org's change events in commit order, each under a replay id that only grows. */
export class EventLog {
  readonly #db: DatabaseSync;
  readonly #clock: OrgClock;

  constructor(db: DatabaseSync, clock: OrgClock) {
    db.exec(`create table if not exists change_event (replay_id integer primary key autoincrement,
      entity text not null, schema text not null, payload text not null, instant integer not null);
      create index if not exists change_event_instant on change_event (instant)`);
    this.#db = db;
    this.#clock = clock;
  }

  append(entity: string, schema: string, payload: ChangePayload): number {
    this.#forgetOld();
    const sql = 'insert into change_event (entity, schema, payload, instant) values (?, ?, ?, ?)';
    const { lastInsertRowid } = this.#db.prepare(sql).run(entity, schema, JSON.stringify(payload), this.#clock.now());
    return Number(lastInsertRowid);
  }

  /** Uses up ids without an event, as lost events do. */
  skip(count: number): void {
    const newest = this.newest();
    this.#db.prepare("delete from sqlite_sequence where name = 'change_event'").run();
    this.#db.prepare("insert into sqlite_sequence (name, seq) values ('change_event', ?)").run(newest + count);
  }

  /** The last id given, whether its event is still kept or not. */
  newest(): number {
    const row = this.#db.prepare("select seq from sqlite_sequence where name = 'change_event'").get();
    return Number(row?.['seq'] ?? 0);
  }

  /** Whether the event is there and young enough to go on from. */
  keeps(replayId: number): boolean {
    this.#forgetOld();
    return this.#db.prepare('select 1 as found from change_event where replay_id = ?').get(replayId) !== undefined;
  }

  /** Events of some objects behind an id, oldest first. */
  after(replayId: number, entities: readonly string[], most: number): readonly LoggedEvent[] {
    this.#forgetOld();
    const sql = `select replay_id, entity, schema, payload from change_event
      where replay_id > ? and entity in (select value from json_each(?)) order by replay_id limit ?`;
    return this.#db
      .prepare(sql)
      .all(replayId, JSON.stringify(entities), most)
      .map((row) => ({
        replayId: Number(row['replay_id']),
        entity: String(row['entity']),
        schema: String(row['schema']),
        payload: JSON.parse(String(row['payload'])) as ChangePayload,
      }));
  }

  #forgetOld(): void {
    this.#db.prepare('delete from change_event where instant < ?').run(this.#clock.now() - RETENTION);
  }
}
