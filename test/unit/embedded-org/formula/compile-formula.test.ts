import { describe, expect, it } from 'vitest';
import { compileError } from './formula-fixture.ts';

describe('compileFormula', () => {
  it.each([
    ['Nothing__c = 1', 'Field Nothing__c does not exist. Check spelling.'],
    ['FOO(1)', 'Unknown function FOO. Check spelling.'],
    ['Pick__c = "a"', 'Field Pick__c is a picklist field. Picklist fields are only supported in certain functions.'],
    ['ISBLANK(Pick__c)', 'Field Pick__c is a picklist field. Picklist fields are only supported in certain functions.'],
    ['AND(1)', "Incorrect parameter type for function 'AND()'. Expected Boolean, received Number"],
    ['"a" & 1', "Incorrect parameter type for operator '&'. Expected Text, received Number"],
    ['Day__c = At__c', "Incorrect parameter type for operator '='. Expected Date, received DateTime"],
    ['LEFT("a")', "Incorrect number of parameters for function 'LEFT()'. Expected 2, received 1"],
    ['(1 + 2', "Syntax error.  Missing ')'"],
    ['1 +', 'Syntax error'],
    ['1 2', "Syntax error.  Found '2'"],
    ['"open', `Syntax error.  Missing '"'`],
    ['ISCHANGED(1)', "Incorrect parameter for function 'ISCHANGED()'. Expected field reference."],
    ['IF(TRUE, 1, "a")', "Incorrect parameter type for function 'IF()'. Expected Number, received Text"],
    ['toString()', 'Unknown function TOSTRING. Check spelling.'],
  ])('refuses %s', (source, message) => {
    expect(compileError(source)).toBe(message);
  });

  it('refuses formulas that are too long or nested too deeply instead of breaking down', () => {
    expect(compileError(`1${' '.repeat(4000)}`)).toContain('Formula is too long');
    expect(compileError(`${'('.repeat(1500)}1${')'.repeat(1500)}`)).toContain('nested too deeply');
    expect(compileError(`${'-'.repeat(3000)}1`)).toContain('nested too deeply');
  });
});
