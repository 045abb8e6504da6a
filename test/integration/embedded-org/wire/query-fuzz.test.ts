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
      const { status, code = '' } = await ask(org, soql);
      const isRefused = status === 400 && /^(MALFORMED_QUERY|INVALID_|NUMBER_|QUERY_)/.test(code);
      expect(status === 200 || isRefused, `${status} ${code}`).toBe(true);
      expect(org.faults).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('answers or refuses what is long and deep in bounded time', async () => {
  await using org = await orgWithContacts();
  const admin = org.org.findUserByUsername('admin@accord.example')!;
  const outcomeOf = (soql: string): string => {
    try {
      org.org.query(admin, soql, { includeDeleted: false, apiVersion: 68 });
      return 'answered';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const flat = fc.constantFrom(
    " OR LastName = 'x'",
    " AND LastName != 'x'",
    ' OR CreatedDate = TODAY',
    ' OR Id IN (null)',
  );
  const deep = fc.constantFrom(" OR (LastName = 'x'", ' AND (NOT Id = null', ' AND (', ' OR (NOT (', " AND Id IN ('x'");
  const condition = fc
    .tuple(fc.array(flat, { minLength: 1, maxLength: 3 }), deep, fc.nat(3000), fc.nat(3000))
    .map(([conditions, opening, wide, levels]) => {
      const closing = ')'.repeat((opening.match(/\(/g)?.length ?? 0) * levels);
      return `Id = null${conditions.join('').repeat(wide)}${opening.repeat(levels)}${closing}`;
    });
  fc.assert(
    fc.property(condition, (where) => {
      const started = performance.now();
      const outcome = outcomeOf(`SELECT Id FROM Contact WHERE ${where}`);
      expect(performance.now() - started).toBeLessThan(LONGEST_MILLISECONDS);
      expect([
        'answered',
        'MALFORMED_QUERY',
        'INVALID_FIELD',
        'INVALID_QUERY_FILTER_OPERATOR',
        'QUERY_TOO_COMPLICATED',
      ]).toContain(outcome);
    }),
    { numRuns: 60 },
  );
});
