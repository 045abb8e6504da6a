import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The channel that every org has. */
export const STANDARD_CHANNEL = 'ChangeEvents';

/** How many objects may be selected over all channels without a licence for more. */
export const MOST_ENTITIES = 5;

/** Which objects are captured, and on which channels their events go out; in a new org there are none. */
export class ChangeSelection {
  readonly #db: DatabaseSync;
  readonly #isSelected: StatementSync;

  constructor(db: DatabaseSync) {
    db.exec(`create table if not exists change_selection (
      channel text not null, entity text not null, primary key (channel, entity)) without rowid`);
    this.#db = db;
    this.#isSelected = db.prepare('select 1 as found from change_selection where entity = ? limit 1');
  }

  has(objectName: string): boolean {
    return this.#isSelected.get(objectName) !== undefined;
  }

  /** Object names on a channel, or on any. */
  entities(channel?: string): readonly string[] {
    const sql = 'select distinct entity from change_selection where ?1 is null or channel = ?1 order by entity';
    return this.#db
      .prepare(sql)
      .all(channel ?? null)
      .map((row) => String(row['entity']));
  }

  select(channel: string, objectName: string): void {
    this.#db.prepare('insert or ignore into change_selection (channel, entity) values (?, ?)').run(channel, objectName);
  }

  unselect(channel: string, objectName: string): void {
    this.#db.prepare('delete from change_selection where channel = ? and entity = ?').run(channel, objectName);
  }
}
