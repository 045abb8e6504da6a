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

type Session = { readonly userId: string; lastUsed: number; savedAt: number };

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
    const rows = db.prepare('select hash, user_id, last_used from wire_session').all() as unknown as SessionRow[];
    for (const row of rows) {
      this.#open.set(row.hash, { userId: row.user_id, lastUsed: row.last_used, savedAt: row.last_used });
    }
  }

  /** Opens a session and returns its access token; those that have expired, and the longest unused beyond the user's most, end. */
  create(userId: string): string {
    for (const [key, session] of this.#open) if (this.#isExpired(session)) this.#forget(key);
    const own = [...this.#open].filter(([, session]) => session.userId === userId);
    own.sort(([, left], [, right]) => left.lastUsed - right.lastUsed);
    for (const [key] of own.slice(0, Math.max(0, own.length + 1 - MOST_SESSIONS))) this.#forget(key);
    const token = `${this.#organizationId.slice(0, 15)}!AQ${randomToken()}`;
    const now = this.#clock.now();
    this.#open.set(hash(token), { userId, lastUsed: now, savedAt: now });
    this.#db
      .prepare('insert into wire_session (hash, user_id, last_used) values (?, ?, ?)')
      .run(hash(token), userId, now);
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

  /** Ends a session, or takes back a refresh token together with its user's sessions; false for a token nobody holds. */
  revoke(token: string): boolean {
    const key = hash(token);
    if (this.#open.has(key)) {
      this.#forget(key);
      return true;
    }
    const userId = this.refreshTokens.revoke(token);
    if (userId === undefined) return false;
    this.expireUser(userId);
    return true;
  }

  /** Ends every session of a user and returns how many there were; refresh tokens stay. */
  expireUser(userId: string): number {
    const keys = [...this.#open].filter(([, session]) => session.userId === userId).map(([key]) => key);
    for (const key of keys) this.#forget(key);
    return keys.length;
  }

  /** Whether the session lives, without prolonging its life. */
  isOpen(token: string): boolean {
    const session = this.#open.get(hash(token));
    return session !== undefined && !this.#isExpired(session);
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

type SessionRow = { readonly hash: string; readonly user_id: string; readonly last_used: number };
