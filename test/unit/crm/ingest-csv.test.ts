import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { unpackRows } from '../../../src/app/ports/packed-rows.ts';
import { CsvPacker } from '../../../src/crm/extract/csv-packer.ts';
import { columnsOf, toUploads } from '../../../src/crm/write/ingest-csv.ts';

const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a', 'é', ' '), minLength: 1 });
const record = fc.record({ Name: text, Count: fc.integer() });

it('cuts at whole rows within the size, each upload with the header, and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), fc.integer({ min: 60, max: 400 }), (records, maxBytes) => {
      const columns = columnsOf(records);
      const read: unknown[][] = [];
      for (const upload of toUploads(records, columns, maxBytes)) {
        expect(upload.first).toBe(read.length);
        expect(upload.csv.length <= maxBytes || upload.count === 1).toBe(true);
        const rows = new CsvPacker([
          { name: 'Name', type: 'string' },
          { name: 'Count', type: 'int' },
        ]);
        rows.push(upload.csv);
        read.push(...unpackRows(rows.take()));
      }
      expect(read).toEqual(records.map(({ Name, Count }) => [Name, Count]));
    }),
  );
});

it('names every field that any record has', () => {
  expect(
    columnsOf([
      { Id: '1', A: 1 },
      { B: 2, Id: '2' },
    ]),
  ).toEqual(['Id', 'A', 'B']);
});
