import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError } from '../../../../src/app/import/csv-error.ts';
import { type CsvRow, readCsvRows } from '../../../../src/app/import/csv-rows.ts';

async function* chunks(text: string, size = text.length || 1): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const read = async (text: string, size?: number, delimiter?: string): Promise<CsvRow[]> => {
  const rows: CsvRow[] = [];
  for await (const row of readCsvRows(chunks(text, size), delimiter)) rows.push(row);
  return rows;
};

const faultOf = async (text: string): Promise<{ line: number; message: string }> => {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof CsvError) return { line: error.line, message: error.message };
    throw error;
  }
  throw new Error('The text was accepted.');
};

describe('readCsvRows', () => {
  it('reads back whatever was written by the rules of CSV, however the text is cut into chunks', async () => {
    const table = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    const property = fc.asyncProperty(
      table,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 7 }),
      async (rows, lineEnd, size) => {
        const clean = rows.map((cells) => cells.map((cell) => cell.replaceAll('\0', '')));
        const text = clean.map((cells) => cells.map(quoteAll).join(',') + lineEnd).join('');
        expect((await read(text, size)).map((row) => row.cells)).toEqual(clean);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('counts lines, not rows', async () => {
    const rows = await read('a,b\n"one\ntwo",2\n\n"x\r\ny",3\r\nz,4');
    expect(rows.map((row) => row.line)).toEqual([1, 2, 5, 7]);
  });

  it('takes unquoted values as they are and a missing last line end', async () => {
    expect((await read('a; b ;\nc;;d', undefined, ';')).map((row) => row.cells)).toEqual([
      ['a', ' b ', ''],
      ['c', '', 'd'],
    ]);
  });

  it('names the line on which a quote opens that is never closed', async () => {
    expect(await faultOf('a,b\n1,2\n3,"four\n5,6\n')).toEqual({
      line: 3,
      message: 'The quote that opens on this line is never closed.',
    });
  });

  it('refuses a quote inside an unquoted value', async () => {
    expect((await faultOf('a,b\n1,12" screen\n')).line).toBe(2);
  });

  it('refuses text behind a closing quote, on the line of that quote', async () => {
    expect((await faultOf('a,b\n"one\ntwo"x,2\n')).line).toBe(3);
  });

  it('refuses what is no text', async () => {
    expect((await faultOf('a,b\n\0\0,2\n')).message).toContain('zero byte');
  });
});

const quoteAll = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
