import { describe, expect, it } from 'vitest';
import { compileFormula } from '../../../../src/embedded-org/data/formula/compile-formula.ts';
import { evaluate, NOW, scope } from './formula-fixture.ts';

describe('blanks', () => {
  it('treats a blank text as empty in comparisons, so that it differs from every text', () => {
    expect(evaluate('Text__c <> "x"')).toBe(true);
    expect(evaluate('Text__c = ""')).toBe(true);
  });

  it('answers null for any other comparison with a blank', () => {
    expect(evaluate('Number__c < 1')).toBeNull();
    expect(evaluate('Number__c <> 1')).toBeNull();
    expect(evaluate('NOT(Number__c < 1)')).toBeNull();
    expect(evaluate('Number__c + 1')).toBeNull();
  });

  it('takes null for false in AND, OR and IF', () => {
    expect(evaluate('AND(TRUE, Number__c < 1)')).toBe(false);
    expect(evaluate('OR(Number__c < 1, FALSE)')).toBe(false);
    expect(evaluate('IF(Number__c < 1, "yes", "no")')).toBe('no');
    expect(evaluate('Number__c < 1 || TRUE')).toBe(true);
  });

  it('never finds a text null, but blank', () => {
    expect(evaluate('ISNULL(Text__c)')).toBe(false);
    expect(evaluate('ISBLANK(Text__c)')).toBe(true);
    expect(evaluate('ISNULL(Number__c)')).toBe(true);
    expect(evaluate('BLANKVALUE(Text__c, "none")')).toBe('none');
  });

  it('joins blanks as nothing', () => {
    expect(evaluate('Text__c & ":" & TEXT(Number__c)', { Number: 3 })).toBe(':3');
  });
});

describe('operators', () => {
  it('binds multiplication tighter than the power, as the platform does', () => {
    expect(evaluate('2*3^2')).toBe(36);
    expect(evaluate('1 + 2 * 3')).toBe(7);
    expect(evaluate('10 - 4 - 3')).toBe(3);
  });

  it('compares texts with regard to case', () => {
    expect(evaluate('"a" = "A"')).toBe(false);
  });

  it('carries no binary noise in decimals', () => {
    expect(evaluate('0.1 + 0.2')).toBe(0.3);
    expect(evaluate('ROUND(1.255, 2)')).toBe(1.26);
    expect(evaluate('ROUND(-2.5, 0)')).toBe(-3);
  });

  it('adds days to dates and subtracts dates to days', () => {
    expect(evaluate('TEXT(DATEVALUE("2026-01-31") + 1)')).toBe('2026-02-01');
    expect(evaluate('DATEVALUE("2026-03-01") - DATEVALUE("2026-02-01")')).toBe(28);
    expect(evaluate('DATETIMEVALUE("2026-01-01 12:00:00") - DATETIMEVALUE("2026-01-01 00:00:00")')).toBe(0.5);
  });
});

describe('functions', () => {
  it('counts today in the time zone of the user', () => {
    expect(evaluate('TEXT(TODAY())')).toBe('2026-06-14');
    expect(evaluate('YEAR(DATEVALUE(NOW())) * 100 + MONTH(TODAY())')).toBe(202606);
  });

  it('rounds FLOOR towards zero and CEILING away from it', () => {
    expect(evaluate('FLOOR(-1.5)')).toBe(-1);
    expect(evaluate('CEILING(-1.5)')).toBe(-2);
    expect(evaluate('MFLOOR(-1.5)')).toBe(-2);
    expect(evaluate('MOD(-7, 3)')).toBe(-1);
  });

  it('matches REGEX against the whole text', () => {
    expect(evaluate('REGEX(Text__c, "[0-9a-f]{4}")', { Text: '00ff' })).toBe(true);
    expect(evaluate('REGEX(Text__c, "[0-9a-f]{4}")', { Text: '00ff0' })).toBe(false);
    expect(evaluate('REGEX(Text__c, "\\\\d+")', { Text: '12' })).toBe(true);
    expect(evaluate('REGEX(Text__c, "(a+)+b|c?")', { Text: 'aab' })).toBe(true);
    expect(evaluate('REGEX(Text__c, "(a+)+b|c?")', { Text: 'aac' })).toBe(false);
  });

  it('ends a REGEX that would take for ever', () => {
    const endless = compileFormula('REGEX(Text__c, "(a+)+b")', scope);
    const run = { now: NOW, timeZone: 'UTC', isNew: true, old: undefined, values: { Text: 'a'.repeat(60) } };
    for (let i = 0; i < 20; i++) expect(() => endless.run(run)).toThrow('Regex too complicated');
    expect(endless.run({ ...run, values: { Text: 'aab' } })).toBe(true);
  });

  it('picks the first equal case, else the last value', () => {
    const source = 'CASE(TEXT(Pick__c), "Open", 1, "Done", 2, 9)';
    expect(evaluate(source, { Pick: 'Done' })).toBe(2);
    expect(evaluate(source)).toBe(9);
    expect(evaluate('CASE(Pick__c, "Open", "o", "x")', { Pick: 'Open' })).toBe('o');
  });

  it('extends an id to 18 characters with CASESAFEID', () => {
    expect(evaluate('CASESAFEID(Text__c)', { Text: '001D000000IqhSL' })).toBe('001D000000IqhSLIAZ');
  });

  it('cuts texts as the platform does at the edges', () => {
    expect(evaluate('LEFT("abc", 9)')).toBe('abc');
    expect(evaluate('RIGHT("abc", 2)')).toBe('bc');
    expect(evaluate('RIGHT("abc", 0)')).toBeNull();
    expect(evaluate('MID("abcd", 2, 2)')).toBe('bc');
    expect(evaluate('FIND("c", "abc")')).toBe(3);
    expect(evaluate('CONTAINS(Text__c, "")')).toBe(true);
  });

  it('finds a value in a multi-select picklist', () => {
    expect(evaluate('INCLUDES(Multi__c, "b")', { Multi: 'a;b' })).toBe(true);
    expect(evaluate('INCLUDES(Multi__c, "a;b")', { Multi: 'a;b' })).toBe(false);
  });

  it('ignores comments', () => {
    expect(evaluate('1 /* one, "not two" */ + 1')).toBe(2);
  });
});

describe('the record before the save', () => {
  it('sees a change only on update, line ends apart', () => {
    expect(evaluate('ISCHANGED(Text__c)', { Text: 'b' }, { Text: 'a' })).toBe(true);
    expect(evaluate('ISCHANGED(Text__c)', { Text: 'a\r\nb' }, { Text: 'a\nb' })).toBe(false);
    expect(evaluate('ISCHANGED(Text__c)', { Text: 'b' })).toBe(false);
  });

  it('gives the prior value', () => {
    expect(evaluate('ISPICKVAL(PRIORVALUE(Pick__c), "Draft")', { Pick: 'Proposed' }, { Pick: 'Draft' })).toBe(true);
    expect(evaluate('ISNEW()', {}, {})).toBe(false);
    expect(evaluate('ISNEW()')).toBe(true);
  });
});
