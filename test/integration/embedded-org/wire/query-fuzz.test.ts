import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenQuery, validQuery } from '../soql-grammar.ts';
import { startTestOrg, type TestOrg } from './running-org.ts';

/** Far above what any query of these tests takes, also on a machine that is busy with others. */
const LONGEST_MILLISECONDS = 5_000;

async function ask(org: TestOrg, soql: string): Promise<{ status: number; code: string | undefined }> {
  const started = performance.now();
  const { status, body } = await org.send('GET', `query?${new URLSearchParams({ q: soql }).toString()}`);
  expect(performance.now() - started).toBeLessThan(LONGEST_MILLISECONDS);
  const [error] = Array.isArray(body) ? (body as { errorCode: string }[]) : [];
  return { status, code: error?.errorCode };
}

async function orgWithContacts(): Promise<TestOrg> {
  const org = await startTestOrg();
  const account = await org.connection.sobject('Account').create({ Name: 'Acme', Industry: 'Energy' });
  const rows = ['Ames', 'Burr'].map((LastName) => ({ LastName, AccountId: account.id }));
  await org.connection.sobject('Contact').create(rows, { allOrNone: true });
  return org;
}

it('answers every query that the grammar makes', async () => {
  await using org = await orgWithContacts();
  await fc.assert(
    fc.asyncProperty(validQuery, async (soql) => {
      expect(await ask(org, soql)).toEqual({ status: 200, code: undefined });
      expect(org.faults).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('answers a query that is a word wrong, or refuses it with a code', async () => {
  await using org = await orgWithContacts();
  await fc.assert(
    fc.asyncProperty(brokenQuery, async (soql) => {
      const { status, code } = await ask(org, soql);
      expect([status, code]).toEqual(
        status === 200 ? [200, undefined] : [400, expect.stringMatching(/^(MALFORMED_QUERY|INVALID_|NUMBER_|QUERY_)/)],
      );
      expect(org.faults).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('answers or refuses what is long and deep in bounded time', async () => {
  await using org = await orgWithContacts();
  const piece = fc.constantFrom(
    ' OR LastName = ',
    ' AND LastName != ',
    ' OR (NOT LastName LIKE ',
    ' AND (LastName IN ',
  );
  await fc.assert(
    fc.asyncProperty(piece, fc.integer({ min: 1, max: 700 }), async (each, count) => {
      const close = each.includes('(') ? ')' : '';
      const value = each.includes('IN') ? "('x')" : "'x'";
      const soql = `SELECT Id FROM Contact WHERE Id != null${`${each}${value}${each.includes('(N') ? '' : ''}`.repeat(count)}${close.repeat(count)}`;
      const { status, code } = await ask(org, soql);
      expect([
        [200, undefined],
        [400, 'MALFORMED_QUERY'],
        [400, 'QUERY_TOO_COMPLICATED'],
      ]).toContainEqual([status, code]);
      expect(org.faults).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
