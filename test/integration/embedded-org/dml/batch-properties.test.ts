import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { openTestOrg } from '../../../support/test-org.ts';

const row = fc.record(
  {
    LastName: fc.constantFrom('A', 'B', null, 'x'.repeat(81)),
    Company: fc.constantFrom('Acme', ''),
    Email: fc.constantFrom('a@b.co', 'nobody', null),
    NumberOfEmployees: fc.constantFrom(1, '20', 'many', 1e12),
    Nope: fc.constant(1),
  },
  { requiredKeys: ['LastName', 'Company'] },
);

const isGood = (each: Record<string, unknown>): boolean =>
  (each['LastName'] === 'A' || each['LastName'] === 'B') &&
  each['Company'] === 'Acme' &&
  each['Email'] !== 'nobody' &&
  each['NumberOfEmployees'] !== 'many' &&
  each['NumberOfEmployees'] !== 1e12 &&
  !('Nope' in each);

it('stores exactly the good rows of a batch, or none when all or none was asked for and one is bad', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.boolean(), (rows, allOrNone) => {
      const test = openTestOrg();
      const results = test.org.insert(test.admin, 'Lead', rows, { allOrNone, autoAssign: false, apiVersion: 68 });
      const undone = allOrNone && !rows.every(isGood);
      expect(results.map((each) => each.success)).toEqual(rows.map((each) => isGood(each) && !undone));
      const stored = test.query('SELECT Id FROM Lead ORDER BY Id').map((each) => each['Id']);
      expect(stored).toEqual(results.flatMap((each) => each.id ?? []));
      expect(test.query('SELECT Id FROM LeadHistory')).toHaveLength(stored.length);
      test.org.close();
    }),
    { numRuns: 40 },
  );
});
