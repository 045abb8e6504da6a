import type { Agreement, Comparison, Scalar } from '../agreement/schema.ts';
import { nameInWords } from './name-in-words.ts';
import { joinWords, writeValue } from './write-value.ts';

type Bound = Scalar | readonly Scalar[];
type Groups = Pick<Agreement, 'groups'>;

/** What a value is where the comparisons hold: `is at least 50 and is at most 500`. */
export const comparisonWords = (comparison: Comparison, agreement: Groups): string =>
  givenOf(comparison)
    .map(([key, bound]) => phrase(key, wordsOf(key, bound, agreement), false))
    .join(' and ');

/** What it is where they do not: `is less than 50 or is more than 500`. */
export const negationWords = (comparison: Comparison, agreement: Groups): string =>
  givenOf(comparison)
    .map(([key, bound]) =>
      // The opposite of yes is no, for `known` and for checkboxes.
      typeof bound === 'boolean' && key !== 'known'
        ? phrase(key, wordsOf(key, !bound, agreement), false)
        : phrase(key, wordsOf(key, bound, agreement), true),
    )
    .join(' or ');

/** The comparisons that are written, in their order. */
export const givenOf = (comparison: Comparison): readonly (readonly [keyof Comparison, Bound])[] =>
  Object.entries(comparison).flatMap(([key, bound]) =>
    bound === undefined ? [] : [[key as keyof Comparison, bound as Bound] as const],
  );

function wordsOf(key: keyof Comparison, bound: Bound, { groups = {} }: Groups): string {
  const values = [bound].flat();
  if (key === 'inGroup' || key === 'notInGroup') {
    return joinWords(
      values.map((name) => groups[String(name)]?.title ?? nameInWords(String(name))),
      'or',
    );
  }
  return joinWords(values.map(writeValue), key === 'between' || key === 'includesAll' ? 'and' : 'or');
}

/** In each pair, the words where the comparison holds and where it does not. */
const phrases: Readonly<Record<keyof Comparison, readonly [string, string]>> = {
  atLeast: ['is at least $', 'is less than $'],
  atMost: ['is at most $', 'is more than $'],
  above: ['is more than $', 'is at most $'],
  below: ['is less than $', 'is at least $'],
  between: ['is between $', 'is not between $'],
  before: ['is before $', 'is not before $'],
  after: ['is after $', 'is not after $'],
  is: ['is $', 'is not $'],
  in: ['is $', 'is not $'],
  isNot: ['is not $', 'is $'],
  notIn: ['is not $', 'is $'],
  inGroup: ['is in $', 'is not in $'],
  notInGroup: ['is not in $', 'is in $'],
  contains: ['contains "$"', 'does not contain "$"'],
  startsWith: ['starts with "$"', 'does not start with "$"'],
  endsWith: ['ends with "$"', 'does not end with "$"'],
  matches: ['fits "$"', 'does not fit "$"'],
  includesAny: ['includes $', 'does not include $'],
  includesAll: ['includes $', 'does not include all of $'],
  known: ['is known', 'is not known'],
};

function phrase(key: keyof Comparison, words: string, isNegated: boolean): string {
  const flips = key === 'known' && words === 'no';
  const [holds, fails] = phrases[key];
  return (isNegated !== flips ? fails : holds).replace('$', () => words);
}
