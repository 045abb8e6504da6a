import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { OrgClock } from '../../../../src/embedded-org/data/org-clock.ts';
import { Sessions } from '../../../../src/embedded-org/wire/sessions.ts';

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
