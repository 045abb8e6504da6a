import { parseQuery } from '@jetstreamapp/soql-parser-js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedList } from '../../../src/app/ports/soql-text.ts';
import { soqlLiteral, soqlName } from '../../../src/crm/soql-literal.ts';

describe('soqlLiteral', () => {
  it.each([
    [null, 'null'],
    [true, 'true'],
    [0, '0'],
    [-1.5, '-1.5'],
    [1e-7, '0.000000100000000000'],
    [1e21, '1000000000000000000000'],
    ["O'Brien", "'O\\'Brien'"],
    ['C:\\temp\\', "'C:\\\\temp\\\\'"],
    ["\\' OR Name != '", "'\\\\\\' OR Name != \\''"],
    ['two\nlines\tand\rmore', "'two\\nlines\\tand\\rmore'"],
    ['"double" stays', `'"double" stays'`],
    [{ instant: '2026-01-01T00:00:00.000Z' }, '2026-01-01T00:00:00.000Z'],
    [{ date: '2026-01-01' }, '2026-01-01'],
  ])('writes %j', (value, literal) => {
    expect(soqlLiteral(value)).toBe(literal);
  });

  it('never lets a text end its own literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '\\', '"', 'a', ' ', '\n', '%', ')') }), (text) => {
        const query = parseQuery(`SELECT Id FROM Lead WHERE Name = ${soqlLiteral(text)}`);
        expect(query.where).toMatchObject({ left: { field: 'Name' } });
        expect(query.where).not.toHaveProperty('right');
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 'bell \u0007', { instant: 'yesterday' }, { date: '1.1.2026' }])(
    'refuses %j rather than changing it',
    (value) => {
      expect(() => soqlLiteral(value)).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );
});

describe('soqlName', () => {
  it('accepts names and relationship paths', () => {
    expect(['Id', 'Accord_Stage__c', 'Owner.Profile.Name', 'ns__F__c'].map(soqlName)).toHaveLength(4);
  });

  it.each(['', 'Id, Name', 'Name FROM User', "x'", 'a..b', '.a', '1a', 'a-b', 'Ä'])('refuses %j', (name) => {
    expect(() => soqlName(name)).toThrow('is not a name');
  });
});

describe('quotedList', () => {
  it('writes a list, and for none one that matches nothing, since SOQL has no empty list', () => {
    expect(quotedList(['a', "b'\n"])).toBe("('a', 'b\\'\\n')");
    expect(quotedList([])).toBe("('')");
  });
});
