import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soqlContains, soqlString } from '../../../../src/embedded-org/ui-api/soql-literal.ts';

const where = (literal: string) => parseQuery(`SELECT Id FROM Lead WHERE Name LIKE ${literal} LIMIT 1`).where;

describe('SOQL literals', () => {
  it('stay one literal whatever the text', () => {
    assert(
      property(string({ unit: constantFrom("'", '\\', '"', '%', '_', '\n', 'a', ' OR Name = ') }), (text) => {
        expect(where(soqlString(text))).toMatchObject({ left: { field: 'Name', literalType: 'STRING' } });
        expect(Object.keys(where(soqlContains(text)) ?? {})).toEqual(['left']);
      }),
    );
  });

  it('lets wildcards that people type stand for themselves', () => {
    expect(soqlContains('100%_x')).toBe(String.raw`'%100\%\_x%'`);
  });
});
