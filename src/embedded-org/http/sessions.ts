import type { DatabaseSync } from 'node:sqlite';
import type { OrgClock } from '../data/org-clock.ts';
import { RefreshTokens } from './refresh-tokens.ts';
import { hashToken as hash, randomToken } from './token.ts';

/** A session ends this long after its last use, by the org's clock. */
const IDLE_MILLISECONDS = 2 * 60 * 60 * 1000;

/** How many sessions a user may have at a time. */
const MOST_SESSIONS = 500;

/** How stale the stored time of last use may get: writing it on every request would cost a disk flush each. */
const SAVE_EVERY_MILLISECONDS = 60 * 1000;

type Session = {
  readonly userId: string;
  /** Hash of the refresh token that it came of. */
  readonly refreshKey: string | undefined;
  lastUsed: number;
  savedAt: number;
};

/**
 * Access and refresh tokens of the org's users.
 *
 * They rest in the org's database as SHA-256 hashes, so that they survive a restart but cannot be read out of a data folder.
 */
export class Sessions {
  readonly refreshTokens: RefreshTokens;
  /** Told after a session has ended, however it did. */
  onEnd: () => void = () => {};
  readonly #db: DatabaseSync;
  readonly #clock: OrgClock;
  readonly #organizationId: string;
  readonly #open = new Map<string, Session>();

  constructor(db: DatabaseSync, clock: OrgClock, organizationId: string) {
    this.#db = db;
    this.#clock = clock;
    this.#organizationId = organizationId;
    this.refreshTokens = new RefreshTokens(db, clock);
    db.exec(
      'create table if not exists wire_session (hash text primary key, user_id text not null, last_used integer not null)',
    );
    const columns = db.prepare("select name from pragma_table_info('wire_session')").all();
    // Folders of earlier versions do not know what their sessions came of: revoking a refresh token leaves those alone.
    if (!columns.some((each) => each['name'] === 'refresh_hash'))
      db.exec('alter table wire_session add column refresh_hash text');
    const sql = 'select hash, user_id, last_used, refresh_hash from wire_session';
    for (const row of db.prepare(sql).all() as unknown as SessionRow[]) this.#open.set(row.hash, toSession(row));
  }

  /**
   * Opens a session and returns its access token; it ends together with the refresh token that it came of.
   *
   * Those that have expired, and the longest unused beyond the user's most, end.
   */
  create(userId: string, refreshToken?: string): string {
    for (const [key, session] of this.#open) if (this.#isExpired(session)) this.#forget(key);
    const own = [...this.#open].filter(([, session]) => session.userId === userId);
    own.sort(([, left], [, right]) => left.lastUsed - right.lastUsed);
    for (const [key] of own.slice(0, Math.max(0, own.length + 1 - MOST_SESSIONS))) this.#forget(key);
    const token = `${this.#organizationId.slice(0, 15)}!AQ${randomToken()}`;
    const now = this.#clock.now();
    const refreshKey = refreshToken === undefined ? undefined : hash(refreshToken);
    this.#open.set(hash(token), { userId, refreshKey, lastUsed: now, savedAt: now });
    this.#db
      .prepare('insert into wire_session (hash, user_id, last_used, refresh_hash) values (?, ?, ?, ?)')
      .run(hash(token), userId, now, refreshKey ?? null);
    return token;
  }

  /** The user of a live session, whose life this prolongs; undefined once it has expired or was revoked. */
  find(token: string): string | undefined {
    const key = hash(token);
    const session = this.#open.get(key);
    if (!session) return undefined;
    if (this.#isExpired(session)) {
      this.#forget(key);
      return undefined;
    }
    const now = this.#clock.now();
    session.lastUsed = now;
    if (Math.abs(now - session.savedAt) >= SAVE_EVERY_MILLISECONDS) {
      session.savedAt = now;
      this.#db.prepare('update wire_session set last_used = ? where hash = ?').run(now, key);
    }
    return session.userId;
  }

  /** Ends a session, or takes back a refresh token together with the sessions that came of it; false for a token nobody holds. */
  revoke(token: string): boolean {
    const key = hash(token);
    if (this.#open.has(key)) {
      this.#forget(key);
      return true;
    }
    if (this.refreshTokens.revoke(token) === undefined) return false;
    this.#endAll((session) => session.refreshKey === key);
    return true;
  }

  /** Ends every session of a user and returns how many there were; refresh tokens stay. */
  expireUser(userId: string): number {
    return this.#endAll((session) => session.userId === userId);
  }

  /** Whether the session lives, without prolonging its life. */
  isOpen(token: string): boolean {
    const session = this.#open.get(hash(token));
    return session !== undefined && !this.#isExpired(session);
  }

  #endAll(isMeant: (session: Session) => boolean): number {
    const keys = [...this.#open].filter(([, session]) => isMeant(session)).map(([key]) => key);
    for (const key of keys) this.#forget(key);
    return keys.length;
  }

  #isExpired({ lastUsed }: Session): boolean {
    return this.#clock.now() - lastUsed > IDLE_MILLISECONDS;
  }

  #forget(key: string): void {
    this.#open.delete(key);
    this.#db.prepare('delete from wire_session where hash = ?').run(key);
    this.onEnd();
  }
}

type SessionRow = {
  readonly hash: string;
  readonly user_id: string;
  readonly last_used: number;
  readonly refresh_hash: string | null;
};

const toSession = (row: SessionRow): Session => ({
  userId: row.user_id,
  refreshKey: row.refresh_hash ?? undefined,
  lastUsed: row.last_used,
  savedAt: row.last_used,
});
