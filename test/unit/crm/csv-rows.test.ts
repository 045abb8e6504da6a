import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvRows } from '../../../src/crm/extract/csv-rows.ts';

const columns = [
  { name: 'Id', type: 'id' },
  { name: 'Name', type: 'string' },
  { name: 'Count', type: 'int' },
  { name: 'Open', type: 'boolean' },
];
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const header = columns.map(({ name }) => quote(name)).join(',');

/** Feeds the text in the given pieces, as a network does. */
function parse(text: string, cuts: readonly number[], of = columns): unknown[][] {
  const rows = new CsvRows(of);
  const edges = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  edges.slice(1).forEach((edge, index) => rows.push(text.slice(edges[index], edge)));
  rows.end();
  return rows.take();
}

const cell = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é', ' ', '\\', '\uFEFF') });

it('gives back what was written, wherever the pieces are cut', () => {
  const row = fc.tuple(fc.constantFrom('00Q1', '00Q2'), cell, fc.integer(), fc.boolean());
  fc.assert(
    fc.property(fc.array(row), fc.array(fc.nat(), { maxLength: 8 }), fc.boolean(), (rows, cuts, lastLineEnds) => {
      const lines = rows.map((values) => values.map((value) => quote(String(value))).join(','));
      const text = [header, ...lines].join('\n') + (lastLineEnds ? '\n' : '');
      const expected = rows.map(([id, name, ...rest]) => [id, name === '' ? null : name, ...rest]);
      expect(parse(text, cuts)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('reads a single column, blank cells too', () => {
  const text = '"Id"\n"00Q1"\n""\n"a ""b""\nc"\n"00Q2"\n';
  for (let cut = 0; cut < text.length; cut += 1) {
    expect(parse(text, [cut], columns.slice(0, 1))).toEqual([['00Q1'], [null], ['a "b"\nc'], ['00Q2']]);
  }
});

it('reads an empty answer and an answer that is a header alone', () => {
  expect(parse('', [])).toEqual([]);
  expect(parse(`${header}\n`, [])).toEqual([]);
});
