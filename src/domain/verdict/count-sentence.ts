import type { Comparison, Fact, Scalar, Where } from '../agreement/schema.ts';
import { joinWords, writeValue } from './write-value.ts';

type CountFact = Extract<Fact, { count: string }>;

/** Writes a comparison of a count, such as `At least 2 calls in the last 14 days` and `Fewer than 2 calls …`. */
export function countSentence(fact: CountFact, comparison: Comparison): { sentence: string; negation: string } {
  const given = Object.entries(comparison).filter(
    (entry): entry is [keyof Comparison, Scalar | Scalar[]] => entry[1] !== undefined,
  );
  const amounts = given.map(([key, bound]) => amount(key, bound));
  const negations = given.map(([key, bound]) => negatedAmount(key, bound));
  const noun = given.some(([, bound]) => bound === 1) && given.length === 1 ? 'one' : 'many';
  return { sentence: write(fact, amounts.join(' and '), noun), negation: write(fact, negations.join(' or '), noun) };
}

/** What a count counts, in the singular: `call`, `activity`, `campaign response`. */
export function eventNoun(fact: Fact): string {
  const kind = 'count' in fact ? fact.count : 'daysSince' in fact ? fact.daysSince : '';
  const where = 'where' in fact ? fact.where : undefined;
  const types = eventTypes(where);
  if (kind === 'response') return 'campaign response';
  return types.length > 0 ? joinWords(types, 'or') : 'activity';
}

function write(fact: CountFact, amounts: string, number: 'one' | 'many'): string {
  const window =
    fact.within === undefined
      ? ''
      : ` in the last ${fact.within
          .trim()
          .toLowerCase()
          .replace(/^1 (\w+)$/, '$1')}`;
  if (fact.title !== undefined) return `${fact.title}: ${amounts}${window}`;
  const isNone = amounts === 'no';
  const noun = number === 'one' && !isNone ? eventNoun(fact) : plural(fact);
  return `${amounts.charAt(0).toUpperCase()}${amounts.slice(1)} ${noun}${conditions(fact)}${window}`;
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

function amount(key: keyof Comparison, bound: Scalar | readonly Scalar[]): string {
  const value = joinWords([bound].flat().map(writeValue), 'or');
  switch (key) {
    case 'atLeast':
      return `at least ${value}`;
    case 'atMost':
      return bound === 0 ? 'no' : `at most ${value}`;
    case 'above':
      return `more than ${value}`;
    case 'below':
      return bound === 1 ? 'no' : `fewer than ${value}`;
    case 'is':
    case 'in':
      return bound === 0 ? 'no' : `exactly ${value}`;
    case 'isNot':
    case 'notIn':
      return bound === 0 ? 'one or more' : `not exactly ${value}`;
    default:
      return bound === true ? 'a known number of' : 'an unknown number of';
  }
}

function negatedAmount(key: keyof Comparison, bound: Scalar | readonly Scalar[]): string {
  switch (key) {
    case 'atLeast':
      return amount('below', bound);
    case 'atMost':
      return amount('above', bound);
    case 'above':
      return amount('atMost', bound);
    case 'below':
      return amount('atLeast', bound);
    case 'is':
    case 'in':
      return amount('notIn', bound);
    case 'isNot':
    case 'notIn':
      return amount('in', bound);
    default:
      return amount('known', bound !== true);
  }
}
