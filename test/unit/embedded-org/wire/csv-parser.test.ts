import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError, CsvParser } from '../../../../src/embedded-org/wire/bulk/csv-parser.ts';
import { toCsvLine } from '../../../../src/embedded-org/wire/bulk/csv-text.ts';

function parse(text: string, lineEnding: 'LF' | 'CRLF' = 'LF', delimiter = ','): readonly string[][] {
  const parser = new CsvParser(delimiter, lineEnding);
  return [...parser.push(text), ...parser.end()];
}

describe('CsvParser', () => {
  it('reads back what was written, however the text is cut into pieces', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r', ' ', '😀'), maxLength: 6 });
    const rows = fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.nat(12)),
        fc.constantFrom('LF' as const, 'CRLF' as const),
        (table, cuts, ending) => {
          const newline = ending === 'LF' ? '\n' : '\r\n';
          const text = table.map((row) => toCsvLine(row, ',', newline)).join('');
          const parser = new CsvParser(',', ending);
          const read: string[][] = [];
          let at = 0;
          for (const cut of cuts) {
            read.push(...parser.push(text.slice(at, at + cut)));
            at += cut;
          }
          read.push(...parser.push(text.slice(at)), ...parser.end());
          expect(read).toEqual(table);
        },
      ),
    );
  });

  it('takes a last row without a line break, and skips empty lines', () => {
    expect(parse('a,b\n\n1,2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('keeps empty values at either end of a row', () => {
    expect(parse(',b,\n')).toEqual([['', 'b', '']]);
    expect(parse('a,')).toEqual([['a', '']]);
    expect(parse('a,""')).toEqual([['a', '']]);
  });

  it('refuses a quote inside an unquoted value', () => {
    expect(() => parse('5" disk,b')).toThrow('Found unescaped quote. A value with quote should be within a quote');
  });

  it('reads other delimiters', () => {
    expect(parse('a;"b;c"\n', 'LF', ';')).toEqual([['a', 'b;c']]);
  });

  it('refuses line endings other than the job says', () => {
    const message = 'LineEnding is invalid on user data. Current LineEnding setting is';
    expect(() => parse('a,b\r\n1,2\r\n', 'LF')).toThrow(`${message} LF`);
    expect(() => parse('a,b\n1,2\n', 'CRLF')).toThrow(`${message} CRLF`);
  });

  it('refuses a quote that is not closed and text behind a closed one', () => {
    expect(() => parse('a,"b\n1,2\n')).toThrow(CsvError);
    expect(() => parse('"a"b,c\n')).toThrow(CsvError);
  });
});
