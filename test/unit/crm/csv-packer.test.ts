import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CrmValue, PackedRows } from '../../../src/app/ports.ts';
import { packRows, unpackRows } from '../../../src/app/ports/packed-rows.ts';
import { CsvPacker } from '../../../src/crm/extract/csv-packer.ts';

const columns = [
  { name: 'Id', type: 'id' },
  { name: 'Name', type: 'string' },
  { name: 'Count', type: 'int' },
  { name: 'Open', type: 'boolean' },
  { name: 'CreatedDate', type: 'datetime' },
];
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const header = columns.map(({ name }) => quote(name)).join(',');
const encoder = new TextEncoder();

/** Feeds the bytes in the given pieces, as a network does: a piece may end inside a character. */
function pack(text: string, cuts: readonly number[] = [], of = columns, skip = 0): PackedRows {
  const bytes = encoder.encode(text);
  const rows = new CsvPacker(of, skip);
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  edges.slice(1).forEach((edge, index) => rows.push(bytes.subarray(edges[index], edge)));
  rows.end();
  return rows.take();
}

const parse = (...given: Parameters<typeof pack>): CrmValue[][] => unpackRows(pack(...given));

const at = fc.date({ noInvalidDate: true, min: new Date('1700-01-01'), max: new Date('4000-01-01') });
const cell = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', ',', '\n', '\r', 'a', 'é', '€', '😀', ' ', '\\', '\u0000', '\u001f', '\u2028'),
    fc.string(),
  ),
});
const rowOf = fc.tuple(
  fc.constantFrom('00Q1', '00Q2'),
  cell.map((text) => text.toWellFormed()),
  fc.option(fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
  fc.boolean(),
  fc.option(at.map((date) => date.toISOString())),
);
const asText = (value: CrmValue): string => quote(value === null ? '' : String(value));

it('packs the bytes that JSON gives for the values, wherever the pieces are cut', () => {
  fc.assert(
    fc.property(fc.array(rowOf), fc.array(fc.nat(), { maxLength: 8 }), fc.boolean(), (rows, cuts, lastLineEnds) => {
      const lines = rows.map((values) => values.map(asText).join(','));
      const text = [header, ...lines].join('\n') + (lastLineEnds ? '\n' : '');
      const expected = packRows(rows.map(([id, name, ...rest]) => [id, name === '' ? null : name, ...rest]));
      expect(pack(text, cuts)).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ['1000.0', 1000],
  ['1000.50', 1000.5],
  ['1.0E7', 10_000_000],
  ['-0', 0],
  ['-0.0', 0],
  ['0.0', 0],
  ['-12', -12],
  ['007', 7],
  ['12345678901234567890', 12345678901234567000],
  ['1e300', 1e300],
])('packs the number %s as JSON writes it', (text, value) => {
  const of = [{ name: 'Amount', type: 'currency' }];
  expect(pack(`"Amount"\n"${text}"\n${text}\n`, [], of)).toEqual(packRows([[value], [value]]));
});

it('gives instants one form, whether written +0000 or Z', () => {
  const of = [{ name: 'At', type: 'datetime' }];
  const text = '"At"\n"2026-03-01T10:00:00.000+0000"\n"2026-03-01T10:00:00.000Z"\n2026-03-01T10:00:00.000+0000\n""\n';
  const at = '2026-03-01T10:00:00.000Z';
  expect(parse(text, [], of)).toEqual([[at], [at], [at], [null]]);
});

it('reads cells without quotes', () => {
  const text = `${header.replaceAll('"', '')}\n00Q1,a "b" \\,5,true,\n00Q2,,,,\n`;
  for (let cut = 0; cut < text.length; cut += 1) {
    expect(parse(text, [cut])).toEqual([
      ['00Q1', 'a "b" \\', 5, true, null],
      ['00Q2', null, null, null, null],
    ]);
  }
});

it('reads a single column, blank cells too', () => {
  const text = '"Id"\n"00Q1"\n""\n"a ""b""\nc"\n\n"00Q2"\n';
  for (let cut = 0; cut < text.length; cut += 1) {
    expect(parse(text, [cut], columns.slice(0, 1))).toEqual([['00Q1'], [null], ['a "b"\nc'], [null], ['00Q2']]);
  }
});

it('leaves out the rows that are to be skipped', () => {
  const of = columns.slice(0, 2);
  expect(parse('"Id","Name"\n"1","a"\n"2","b"\n"3","c"\n', [20], of, 2)).toEqual([['3', 'c']]);
});

it('reads an empty answer and an answer that is a header alone', () => {
  expect(parse('')).toEqual([]);
  expect(parse(`${header}\n`)).toEqual([]);
  expect(parse(header)).toEqual([]);
});

it.each([
  ['too few cells', '"00Q1","a"\n'],
  ['too many cells', '"00Q1","a","1","true","","more"\n'],
  ['an open quote', '"00Q1","a\n'],
  ['text behind a quote', '"00Q1"x,"a","1","true",""\n'],
])('refuses a row with %s', (_what, line) => {
  expect(() => pack(`${header}\n${line}`)).toThrow('Row 1 of the page does not have 5 cells');
});
