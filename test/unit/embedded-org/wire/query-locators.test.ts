import { expect, it } from 'vitest';
import { OrgClock } from '../../../../src/embedded-org/data/org-clock.ts';
import type { QueryResult } from '../../../../src/embedded-org/data/types.ts';
import { QueryLocators } from '../../../../src/embedded-org/wire/rest/query-locators.ts';

const RESULT: QueryResult = { objectName: 'Lead', totalSize: 0, kind: 'records', columns: [], page: () => [] };
const DAY = 24 * 60 * 60 * 1000;

it('holds no query whose locator has expired once another is opened', () => {
  const clock = new OrgClock();
  clock.freezeAt(0);
  const locators = new QueryLocators(clock);
  for (const user of ['a', 'b', 'c']) locators.open(user, RESULT, 10);
  clock.advance(2 * DAY);
  const kept = locators.open('d', RESULT, 10);
  expect(locators.size).toBe(4);
  clock.advance(1);
  locators.open('d', RESULT, 10);
  expect(locators.size).toBe(2);
  expect(locators.get('d', kept)).toBe(RESULT);
});

it('drops the oldest list of children beyond so many of all users, and no query', () => {
  const locators = new QueryLocators(new OrgClock(), 3);
  const query = locators.open('a', RESULT, 10);
  const lists = ['a', 'b', 'a', 'b', 'a'].map((user) => ({ user, locator: locators.openChildren(user, RESULT) }));
  const isOpen = (user: string, locator: string): boolean => {
    try {
      return locators.get(user, locator) === RESULT;
    } catch {
      return false;
    }
  };
  expect(lists.map(({ user, locator }) => isOpen(user, locator))).toEqual([false, false, true, true, true]);
  expect([isOpen('a', query), locators.size]).toEqual([true, 4]);
});
