import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchRows, type ResultRow } from '../../../src/crm/write/match-rows.ts';
import { columnsOf, toCell } from '../../../src/crm/write/ingest-csv.ts';

const record = fc.record({ Name: fc.constantFrom('a', 'b', ' a', 'c\r\nd'), Rating: fc.constantFrom('Hot', null, '') });

it('gives every inserted row an outcome of a row with the same cells, each outcome once, in any order of the files', () => {
  const records = fc.array(record, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      records.chain((rows) =>
        fc.tuple(
          fc.constant(rows),
          fc.shuffledSubarray(
            rows.map((_, index) => index),
            { minLength: rows.length },
          ),
        ),
      ),
      ([rows, order]) => {
        const columns = columnsOf(rows);
        const results: ResultRow[] = order.map((index) => ({
          outcome: { success: true, id: `id ${index}`, created: true },
          cells: Object.fromEntries(Object.entries(rows[index] ?? {}).map(([name, value]) => [name, toCell(value)])),
        }));
        const outcomes = matchRows({ kind: 'insert' }, rows, columns, results);
        const ids = outcomes.map((outcome) => (outcome.success ? outcome.id : 'none'));
        expect(new Set(ids).size).toBe(rows.length);
        ids.forEach((id, index) => {
          const given = rows[Number(id.slice(3))];
          expect(given?.Name.trim()).toBe(rows[index]?.Name.trim());
          expect(given?.Rating || null).toBe(rows[index]?.Rating || null);
        });
      },
    ),
  );
});

it('never takes a row for written that the results do not name', () => {
  const outcomes = matchRows(
    { kind: 'update' },
    [{ Id: '1' }, { Id: '2' }],
    ['Id'],
    [{ outcome: { success: true, id: '1', created: false }, cells: { Id: '1' } }],
  );
  expect(outcomes).toMatchObject([{ success: true }, { success: false, code: 'conflict' }]);
});

it('finds rows by the key of an upsert, whatever their other cells say', () => {
  const outcome = { success: true, id: 'x', created: true } as const;
  const rows = [{ outcome, cells: { Key__c: 'k', Name: 'as Salesforce wrote it' } }];
  expect(matchRows({ kind: 'upsert', key: 'Key__c' }, [{ Key__c: 'k', Name: 'n' }], ['Key__c', 'Name'], rows)).toEqual([
    outcome,
  ]);
});
