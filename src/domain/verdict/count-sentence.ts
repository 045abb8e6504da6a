import { factEvents } from '../agreement/fact-source.ts';
import type { Comparison, Fact, Scalar, Where } from '../agreement/schema.ts';
import { joinWords, writeValue } from './write-value.ts';

type CountFact = Extract<Fact, { count: string }>;

/** Writes a comparison of a count, such as `At least 2 calls in the last 14 days` and `Fewer than 2 calls …`. */
export function countSentence(fact: CountFact, comparison: Comparison): { sentence: string; negation: string } {
  const given = Object.entries(comparison).filter(
    (entry): entry is [Amount, Scalar | Scalar[]] => entry[1] !== undefined,
  );
  const noun = given.length === 1 && given[0]?.[1] === 1 ? 'one' : 'many';
  return {
    sentence: write(fact, given.map(amount).join(' and '), noun),
    negation: write(fact, given.map(negatedAmount).join(' or '), noun),
  };
}

/** What a count counts, in the singular: `call`, `activity`, `campaign response`. */
export function eventNoun(fact: Fact): string {
  if (factEvents(fact) === 'response') return 'campaign response';
  const types = eventTypes('where' in fact ? fact.where : undefined);
  return types.length > 0 ? joinWords(types, 'or') : 'activity';
}

function write(fact: CountFact, amountText: string, number: 'one' | 'many'): string {
  const window = windowText(fact.within);
  if (fact.title !== undefined) return `${fact.title}: ${amountText}${window}`;
  const isNone = amountText === 'no';
  const noun = number === 'one' && !isNone ? eventNoun(fact) : plural(fact);
  return `${amountText.charAt(0).toUpperCase()}${amountText.slice(1)} ${noun}${conditions(fact)}${window}`;
}

/** ` in the last 14 days`, ` in the last week`; nothing for all time. */
function windowText(within: string | undefined): string {
  if (within === undefined) return '';
  const span = within.trim().toLowerCase().replace(/^1 /, '');
  return ` in the last ${span}`;
}

function plural(fact: CountFact): string {
  const types = fact.count === 'response' ? [] : eventTypes(fact.where);
  if (types.length > 0) return joinWords(types.map(pluralOf), 'or');
  return pluralOf(eventNoun(fact));
}

function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

const eventTypes = (where: Where | undefined): readonly string[] =>
  where?.type === undefined ? [] : [where.type].flat().map((type) => String(type).toLowerCase());

/** What the events must have besides their type. */
function conditions(fact: CountFact): string {
  const tested = Object.entries(fact.where ?? {}).filter(
    ([key, value]) => value !== undefined && (key !== 'type' || fact.count === 'response'),
  );
  const words = tested.map(
    ([key, value]) => `${key} ${joinWords([value as Scalar | Scalar[]].flat().map(writeValue), 'or')}`,
  );
  return words.length === 0 ? '' : ` with ${joinWords(words, 'and')}`;
}

type Bound = Scalar | readonly Scalar[];
type Amount = Exclude<keyof Comparison, 'contains' | 'startsWith'>;

const amounts: Readonly<Record<Amount, (value: string) => string>> = {
  atLeast: (value) => `at least ${value}`,
  atMost: (value) => (value === '0' ? 'no' : `at most ${value}`),
  above: (value) => `more than ${value}`,
  below: (value) => (value === '1' ? 'no' : `fewer than ${value}`),
  is: exactly,
  in: exactly,
  isNot: notExactly,
  notIn: notExactly,
  known: (value) => (value === 'yes' ? 'a known number of' : 'an unknown number of'),
};

const opposites: Readonly<Record<Exclude<Amount, 'known'>, Amount>> = {
  atLeast: 'below',
  atMost: 'above',
  above: 'atMost',
  below: 'atLeast',
  is: 'isNot',
  in: 'notIn',
  isNot: 'is',
  notIn: 'in',
};

const amount = ([key, bound]: readonly [Amount, Bound]): string =>
  amounts[key](joinWords([bound].flat().map(writeValue), 'or'));

const negatedAmount = ([key, bound]: readonly [Amount, Bound]): string =>
  key === 'known' ? amount([key, bound !== true]) : amount([opposites[key], bound]);

function exactly(value: string): string {
  return value === '0' ? 'no' : `exactly ${value}`;
}

function notExactly(value: string): string {
  return value === '0' ? 'one or more' : `not exactly ${value}`;
}
