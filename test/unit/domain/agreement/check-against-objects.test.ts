import { describe, expect, it } from 'vitest';
import { checkAgainstObjects } from '../../../../src/domain/agreement/check-against-objects.ts';
import type { Comparison, Fact } from '../../../../src/domain/agreement/schema.ts';
import { agreement, oneCriterion } from '../agreement-builder.ts';

const field = (name: string, type: string, picklistValues: readonly string[] = []) => ({ name, type, picklistValues });

const org = [
  {
    name: 'Lead',
    fields: [
      field('NumberOfEmployees', 'int'),
      field('Industry', 'picklist', ['Technology', 'Education']),
      field('Email', 'email'),
      field('CreatedDate', 'datetime'),
      field('Birthday__c', 'date'),
      field('HasOptedOutOfEmail', 'boolean'),
      field('Title', 'string'),
    ],
  },
];

const problemsOf = (fact: Fact, comparison: Comparison) => checkAgainstObjects(oneCriterion(fact, comparison), org);

describe('checkAgainstObjects', () => {
  it('finds nothing wrong with fields that exist and comparisons that fit', () => {
    expect(checkAgainstObjects(agreement(), org)).toEqual([]);
  });

  it('looks for a field in its own object, and names the nearest one there', () => {
    const objects = [...org, { name: 'Opportunity', fields: [field('IsWon', 'boolean')] }];
    const check = (path: string) =>
      checkAgainstObjects(oneCriterion({ field: path }, { is: true }), objects).map(({ suggestion }) => suggestion);
    expect(check('Opportunity.IsWon')).toEqual([]);
    expect(check('Opportunity.IsWn')).toEqual(['Opportunity.IsWon']);
    expect(check('Opportunity.NumberOfEmployees')).toEqual([undefined]);
  });

  it.each([
    ['a misspelt field', 'Lead.NumberOfEmployes', 'Lead.NumberOfEmployees'],
    ['a field in another case', 'Lead.industry', 'Lead.Industry'],
  ])('names the nearest field for %s', (_what, written, suggestion) => {
    expect(problemsOf({ field: written }, { known: true })).toMatchObject([
      { severity: 'error', path: ['facts', 'it', 'field'], code: 'unknown-field', suggestion },
    ]);
  });

  it('finds unknown fields behind e-mail domains and dates', () => {
    expect(problemsOf({ emailDomain: 'Lead.Mail__c' }, { is: 'x.org' })).toMatchObject([
      { path: ['facts', 'it', 'emailDomain'] },
    ]);
    expect(problemsOf({ daysSince: 'Lead.Created' }, { atMost: 1 })).toMatchObject([
      { path: ['facts', 'it', 'daysSince'] },
    ]);
  });

  it.each([
    ['days since a date, whose day begins elsewhere', { daysSince: 'Lead.Birthday__c' }, { atMost: 1 }],
    ['a domain of a number', { emailDomain: 'Lead.NumberOfEmployees' }, { is: 'x.org' }],
  ])('refuses %s', (_what, fact, comparison) => {
    expect(problemsOf(fact, comparison)).toMatchObject([{ severity: 'error', code: 'wrong-type' }]);
  });

  it.each([
    ['an order of text', 'Lead.Title', { atLeast: 5 }, 'atLeast'],
    ['text of a number', 'Lead.NumberOfEmployees', { contains: '5' }, 'contains'],
    ['a number with text', 'Lead.NumberOfEmployees', { is: '50' }, 'is'],
    ['a checkbox with text', 'Lead.HasOptedOutOfEmail', { is: 'yes' }, 'is'],
    ['a picklist with a number', 'Lead.Industry', { in: [1] }, 'in'],
  ])('refuses to compare %s', (_what, path, comparison, key) => {
    expect(problemsOf({ field: path }, comparison)).toMatchObject([
      { severity: 'error', path: ['stages', 1, 'when', 'all', 0, 'it', key], code: 'wrong-comparison' },
    ]);
  });

  it('warns of a value that the picklist does not have, and names the nearest', () => {
    expect(problemsOf({ field: 'Lead.Industry' }, { in: ['education', 'Tecnology'] })).toEqual([
      {
        severity: 'warning',
        path: ['stages', 1, 'when', 'all', 0, 'it', 'in', 1],
        message: 'Lead.Industry has no value "Tecnology".',
        code: 'unknown-value',
        suggestion: 'Technology',
      },
    ]);
  });

  it('says so when the whole object is not there', () => {
    expect(checkAgainstObjects(agreement(), [])).toMatchObject([{ severity: 'error', code: 'unknown-field' }]);
  });
});
