import type { Agreement, Comparison, Fact, Scalar } from '../agreement/schema.ts';
import { givenOf } from './comparison-words.ts';
import { eventConditions, eventNoun, eventNouns, windowText } from './event-noun.ts';
import { joinWords, writeValue } from './write-value.ts';

type CountFact = Extract<Fact, { count: string }>;
type Groups = Pick<Agreement, 'groups'>;

/** Writes a comparison of a count, such as `At least 2 calls in the last 14 days` and `Fewer than 2 calls …`. */
export function countSentence(
  fact: CountFact,
  comparison: Comparison,
  agreement: Groups = {},
): { sentence: string; negation: string } {
  const given = givenOf(comparison).filter((entry): entry is Given => entry[0] in amounts);
  const noun = given.length === 1 && given[0]?.[1] === 1 ? 'one' : 'many';
  return {
    sentence: write(fact, given.map(amount).join(' and '), noun, agreement),
    negation: write(fact, given.map(negatedAmount).join(' or '), noun, agreement),
  };
}

function write(fact: CountFact, amountText: string, number: 'one' | 'many', agreement: Groups): string {
  const window = windowText(fact);
  if (fact.title !== undefined) return `${fact.title}: ${amountText}${window}`;
  const noun = number === 'one' && amountText !== 'no' ? eventNoun(fact) : eventNouns(fact);
  return `${amountText.charAt(0).toUpperCase()}${amountText.slice(1)} ${noun}${eventConditions(fact, agreement)}${window}`;
}

type Bound = Scalar | readonly Scalar[];
type Amount = 'atLeast' | 'atMost' | 'above' | 'below' | 'between' | 'is' | 'in' | 'isNot' | 'notIn' | 'known';
type Given = readonly [Amount, Bound];

const amounts: Readonly<Record<Amount | 'outside', (value: string) => string>> = {
  atLeast: (value) => `at least ${value}`,
  atMost: (value) => (value === '0' ? 'no' : `at most ${value}`),
  above: (value) => `more than ${value}`,
  below: (value) => (value === '1' ? 'no' : `fewer than ${value}`),
  between: (value) => `between ${value}`,
  outside: (value) => `not between ${value}`,
  is: exactly,
  in: exactly,
  isNot: notExactly,
  notIn: notExactly,
  known: (value) => (value === 'yes' ? 'a known number of' : 'an unknown number of'),
};

const opposites: Readonly<Record<Exclude<Amount, 'known'>, Amount | 'outside'>> = {
  atLeast: 'below',
  atMost: 'above',
  above: 'atMost',
  below: 'atLeast',
  between: 'outside',
  is: 'isNot',
  in: 'notIn',
  isNot: 'is',
  notIn: 'in',
};

const amount = ([key, bound]: readonly [Amount | 'outside', Bound]): string =>
  amounts[key](joinWords([bound].flat().map(writeValue), key === 'between' || key === 'outside' ? 'and' : 'or'));

const negatedAmount = ([key, bound]: Given): string =>
  key === 'known' ? amount([key, bound !== true]) : amount([opposites[key], bound]);

function exactly(value: string): string {
  return value === '0' ? 'no' : `exactly ${value}`;
}

function notExactly(value: string): string {
  return value === '0' ? 'one or more' : `not exactly ${value}`;
}
