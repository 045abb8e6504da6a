import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OrgClock } from '../../../../src/embedded-org/data/org-clock.ts';
import { RefreshTokens } from '../../../../src/embedded-org/http/refresh-tokens.ts';
import { Sessions } from '../../../../src/embedded-org/http/sessions.ts';

it('forgets expired sessions when another is opened, also in the database', () => {
  using db = new DatabaseSync(':memory:');
  const clock = new OrgClock();
  clock.freezeAt(0);
  const sessions = new Sessions(db, clock, '00D000000000001EAA');
  const users = (): unknown[] =>
    db
      .prepare('select user_id from wire_session')
      .all()
      .map((row) => row['user_id']);
  sessions.create('a');
  const used = sessions.create('b');
  clock.advance(2 * 60 * 60 * 1000);
  expect(sessions.find(used)).toBe('b');
  clock.advance(1);
  sessions.create('c');
  expect(users()).toEqual(['b', 'c']);
  expect(sessions.find(used)).toBe('b');
});

it('ends the longest unused of a user who opens more than 500 sessions, and nobody else’s', () => {
  using db = new DatabaseSync(':memory:');
  const clock = new OrgClock();
  clock.freezeAt(0);
  const sessions = new Sessions(db, clock, '00D000000000001EAA');
  const other = sessions.create('b');
  const tokens = Array.from({ length: 500 }, () => {
    clock.advance(1);
    return sessions.create('a');
  });
  sessions.find(tokens[0] ?? '');
  sessions.create('a');
  expect([other, ...tokens].filter((each) => !sessions.isOpen(each))).toEqual([tokens[1]]);
  expect(db.prepare('select count(*) as n from wire_session').get()?.['n']).toBe(501);
});

it('ends with a refresh token the sessions that came of it, also after a restart, and no others', () => {
  using db = new DatabaseSync(':memory:');
  const clock = new OrgClock();
  const organizationId = '00D000000000001EAA';
  const before = new Sessions(db, clock, organizationId);
  const [mine, other] = [before.refreshTokens.create('a'), before.refreshTokens.create('a')];
  const ended = [before.create('a', mine), before.create('a', mine)];
  const kept = [before.create('a', other), before.create('a'), before.create('b')];
  const sessions = new Sessions(db, clock, organizationId);
  expect(sessions.revoke(mine)).toBe(true);
  expect(ended.map((each) => sessions.isOpen(each))).toEqual([false, false]);
  expect(kept.map((each) => sessions.isOpen(each))).toEqual([true, true, true]);
  expect(sessions.revoke(mine)).toBe(false);
});

it('opens a folder whose sessions do not say what they came of', () => {
  using db = new DatabaseSync(':memory:');
  db.exec('create table wire_session (hash text primary key, user_id text not null, last_used integer not null)');
  const clock = new OrgClock();
  const sessions = new Sessions(db, clock, '00D000000000001EAA');
  const token = sessions.create('a', sessions.refreshTokens.create('a'));
  expect(new Sessions(db, clock, '00D000000000001EAA').find(token)).toBe('a');
});

describe('refresh tokens', () => {
  const YEAR = 365 * 24 * 60 * 60 * 1000;

  function open(): { db: DatabaseSync; clock: OrgClock; tokens: RefreshTokens } {
    const db = new DatabaseSync(':memory:');
    onTestFinished(() => db.close());
    const clock = new OrgClock();
    clock.freezeAt(0);
    return { db, clock, tokens: new RefreshTokens(db, clock) };
  }

  it('are five for a user, of which the longest unused gives way', () => {
    const { db, clock, tokens } = open();
    const other = tokens.create('b');
    const own = Array.from({ length: 5 }, () => {
      clock.advance(1);
      return tokens.create('a');
    });
    clock.advance(1);
    expect(tokens.use(own[0] ?? '')).toBe('a');
    const last = tokens.create('a');
    expect(own.map((each) => tokens.use(each))).toEqual(['a', undefined, 'a', 'a', 'a']);
    expect([tokens.use(other), tokens.use(last)]).toEqual(['b', 'a']);
    expect(db.prepare('select count(*) as n from wire_refresh_token').get()?.['n']).toBe(6);
  });

  it('are good for a year from their last use, and not once they were taken back', () => {
    const { db, clock, tokens } = open();
    const [used, revoked] = [tokens.create('a'), tokens.create('a')];
    clock.advance(YEAR);
    expect(tokens.use(used)).toBe('a');
    expect(tokens.revoke(revoked)).toBe('a');
    expect([tokens.use(revoked), tokens.revoke(revoked)]).toEqual([undefined, undefined]);
    clock.advance(YEAR);
    expect(tokens.use(used)).toBe('a');
    clock.advance(YEAR + 1);
    expect(tokens.use(used)).toBeUndefined();
    expect(db.prepare('select count(*) as n from wire_refresh_token').get()?.['n']).toBe(0);
  });

  it('of a folder that knew no time of use count as used when it is opened', () => {
    using db = new DatabaseSync(':memory:');
    const clock = new OrgClock();
    clock.freezeAt(10 * YEAR);
    const { tokens: old, db: source } = open();
    const token = old.create('a');
    const { hash } = source.prepare('select hash from wire_refresh_token').get() as { hash: string };
    db.exec('create table wire_refresh_token (hash text primary key, user_id text not null)');
    db.prepare('insert into wire_refresh_token values (?, ?)').run(hash, 'a');
    const tokens = new RefreshTokens(db, clock);
    clock.advance(YEAR);
    expect(tokens.use(token)).toBe('a');
  });
});
