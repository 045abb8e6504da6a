import type { DatabaseSync } from 'node:sqlite';
import type { OrgClock } from '../data/org-clock.ts';
import { hashToken, randomToken } from './token.ts';

/** An app may hold five tokens of a user; the next one takes the place of the one that was unused for longest. */
const MOST_OF_A_USER = 5;

/** A token that nobody has used for so long is no longer good, by the org's clock. */
const UNUSED_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

/** Refresh tokens of the org's users, kept as hashes. */
export class RefreshTokens {
  readonly #db: DatabaseSync;
  readonly #clock: OrgClock;

  constructor(db: DatabaseSync, clock: OrgClock) {
    this.#db = db;
    this.#clock = clock;
    db.exec('create table if not exists wire_refresh_token (hash text primary key, user_id text not null)');
    const columns = db.prepare("select name from pragma_table_info('wire_refresh_token')").all();
    // Folders of earlier versions lack the time of last use: their tokens count as used now.
    if (columns.some((each) => each['name'] === 'last_used')) return;
    db.exec('alter table wire_refresh_token add column last_used integer not null default 0');
    db.prepare('update wire_refresh_token set last_used = ?').run(clock.now());
  }

  create(userId: string): string {
    const token = `5Aep${randomToken()}`;
    this.#sweep();
    this.#db
      .prepare('insert into wire_refresh_token (hash, user_id, last_used) values (?, ?, ?)')
      .run(hashToken(token), userId, this.#clock.now());
    this.#db
      .prepare(
        `delete from wire_refresh_token where user_id = ?1 and rowid not in (
           select rowid from wire_refresh_token where user_id = ?1 order by last_used desc, rowid desc limit ?2)`,
      )
      .run(userId, MOST_OF_A_USER);
    return token;
  }

  /** The user of a good token, whose life this prolongs. */
  use(token: string): string | undefined {
    this.#sweep();
    const row = this.#db
      .prepare('update wire_refresh_token set last_used = ? where hash = ? returning user_id')
      .get(this.#clock.now(), hashToken(token));
    return row?.['user_id'] as string | undefined;
  }

  /** Takes a token back and returns whose it was. */
  revoke(token: string): string | undefined {
    const row = this.#db
      .prepare('delete from wire_refresh_token where hash = ? returning user_id')
      .get(hashToken(token));
    return row?.['user_id'] as string | undefined;
  }

  #sweep(): void {
    const oldest = this.#clock.now() - UNUSED_MILLISECONDS;
    this.#db.prepare('delete from wire_refresh_token where last_used < ?').run(oldest);
  }
}
