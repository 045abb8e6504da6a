import { describe, expect, it } from 'vitest';
import type { Comparison, Fact } from '../../../../src/domain/agreement/schema.ts';
import { clauseSentence } from '../../../../src/domain/verdict/clause-sentence.ts';

const calls: Fact = { count: 'activity', where: { type: 'call' }, within: '14 days' };
const size: Fact = { field: 'Lead.NumberOfEmployees' };

describe('the sentence of a clause, and what is the case otherwise', () => {
  it.each<[Comparison, string, string]>([
    [{ atLeast: 1_000_000 }, 'Employees is at least 1,000,000', 'Employees is less than 1,000,000'],
    [{ atMost: 50 }, 'Employees is at most 50', 'Employees is more than 50'],
    [{ above: 0.5 }, 'Employees is more than 0.5', 'Employees is at most 0.5'],
    [{ below: 50 }, 'Employees is less than 50', 'Employees is at least 50'],
    [{ is: true }, 'Employees is yes', 'Employees is no'],
    [{ isNot: 'Old' }, 'Employees is not Old', 'Employees is Old'],
    [{ in: ['A', 'B', 'C'] }, 'Employees is A, B or C', 'Employees is not A, B or C'],
    [{ notIn: ['A', 'B'] }, 'Employees is not A or B', 'Employees is A or B'],
    [{ contains: 'x' }, 'Employees contains "x"', 'Employees does not contain "x"'],
    [{ startsWith: 'x' }, 'Employees starts with "x"', 'Employees does not start with "x"'],
    [{ known: true }, 'Employees is known', 'Employees is not known'],
    [{ known: false }, 'Employees is not known', 'Employees is known'],
    [
      { atLeast: 50, atMost: 500 },
      'Employees is at least 50 and is at most 500',
      'Employees is less than 50 or is more than 500',
    ],
  ])('of %j on a field', (comparison, sentence, negation) => {
    expect(clauseSentence('employees', size, comparison)).toEqual({
      sentence,
      negation,
      unknown: 'Employees is not known',
    });
  });

  it.each<[Comparison, string, string]>([
    [{ atLeast: 2 }, 'At least 2 calls in the last 14 days', 'Fewer than 2 calls in the last 14 days'],
    [{ atLeast: 1 }, 'At least 1 call in the last 14 days', 'No calls in the last 14 days'],
    [{ atMost: 1 }, 'At most 1 call in the last 14 days', 'More than 1 call in the last 14 days'],
    [{ is: 0 }, 'No calls in the last 14 days', 'One or more calls in the last 14 days'],
    [{ in: [2, 3] }, 'Exactly 2 or 3 calls in the last 14 days', 'Not exactly 2 or 3 calls in the last 14 days'],
    [
      { atLeast: 2, below: 6 },
      'At least 2 and fewer than 6 calls in the last 14 days',
      'Fewer than 2 or at least 6 calls in the last 14 days',
    ],
  ])('of %j on a count', (comparison, sentence, negation) => {
    expect(clauseSentence('calls', calls, comparison)).toMatchObject({ sentence, negation });
  });

  it.each<[Fact, string]>([
    [{ count: 'activity' }, 'At least 2 activities'],
    [{ count: 'response', within: '1 week' }, 'At least 2 campaign responses in the last week'],
    [{ count: 'activity', where: { type: ['Call', 'Meeting'] } }, 'At least 2 calls or meetings'],
    [{ count: 'activity', where: { type: 'Email', status: 'Sent' } }, 'At least 2 emails with status Sent'],
    [{ count: 'response', where: { type: 'Webinar' } }, 'At least 2 campaign responses with type Webinar'],
    [{ count: 'activity', title: 'Demos', within: '90 days' }, 'Demos: at least 2 in the last 90 days'],
  ])('names what %j counts', (fact, sentence) => {
    expect(clauseSentence('it', fact, { atLeast: 2 }).sentence).toBe(sentence);
  });

  it('uses the title of a fact, or its name in words', () => {
    expect(clauseSentence('x', { ...size, title: 'Company size' }, { is: 5 }).sentence).toBe('Company size is 5');
    expect(clauseSentence('emailDomain', size, { is: 5 }).sentence).toBe('Email domain is 5');
  });
});
