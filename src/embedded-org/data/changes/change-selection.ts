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
      channel text not null, entity text not null, member text, primary key (channel, entity)) without rowid`);
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

  /** `member` names the deployed component that selects the object, if one does. */
  select(channel: string, objectName: string, member?: string): void {
    const sql = `insert into change_selection (channel, entity, member) values (?, ?, ?)
      on conflict do update set member = coalesce(excluded.member, member)`;
    this.#db.prepare(sql).run(channel, objectName, member ?? null);
  }

  removeMember(member: string): void {
    this.#db.prepare('delete from change_selection where member = ?').run(member);
  }

  unselect(channel: string, objectName: string): void {
    this.#db.prepare('delete from change_selection where channel = ? and entity = ?').run(channel, objectName);
  }
}
