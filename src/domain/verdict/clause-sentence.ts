import type { Comparison, Fact, Scalar } from '../agreement/schema.ts';
import { countSentence } from './count-sentence.ts';
import { joinWords, writeValue } from './write-value.ts';

/** A clause in words, and what is the case when it is not met. */
export type ClauseSentences = { readonly sentence: string; readonly negation: string; readonly unknown: string };

/** Writes a criterion as plain sentences, such as `Employees is at least 50` and `Employees is less than 50`. */
export function clauseSentence(factName: string, fact: Fact, comparison: Comparison): ClauseSentences {
  const subject = factTitle(factName, fact);
  const notKnown = `${subject} is not known`;
  if ('count' in fact) return { ...countSentence(fact, comparison), unknown: notKnown };
  const given = Object.entries(comparison).filter(
    (entry): entry is [keyof Comparison, Scalar | Scalar[]] => entry[1] !== undefined,
  );
  const statements = given.map(([key, bound]) => phrase(key, bound));
  const negations = given.map(([key, bound]) => phrase(...negated(key, bound)));
  return {
    sentence: `${subject} ${statements.join(' and ')}`,
    negation: `${subject} ${negations.join(' or ')}`,
    unknown: notKnown,
  };
}

/** The fact's own title, or its name in words: `emailDomain` → `Email domain`. */
export function factTitle(name: string, fact: Fact): string {
  if (fact.title !== undefined) return fact.title;
  const words = name
    .replaceAll(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replaceAll(/([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Bound = Scalar | readonly Scalar[];
type Phrase = keyof Comparison | 'lacks' | 'startsOtherwise';

const phrases: Readonly<Record<Phrase, (value: string) => string>> = {
  atLeast: (value) => `is at least ${value}`,
  atMost: (value) => `is at most ${value}`,
  above: (value) => `is more than ${value}`,
  below: (value) => `is less than ${value}`,
  is: (value) => `is ${value}`,
  in: (value) => `is ${value}`,
  isNot: (value) => `is not ${value}`,
  notIn: (value) => `is not ${value}`,
  contains: (value) => `contains "${value}"`,
  lacks: (value) => `does not contain "${value}"`,
  startsWith: (value) => `starts with "${value}"`,
  startsOtherwise: (value) => `does not start with "${value}"`,
  known: (value) => (value === 'yes' ? 'is known' : 'is not known'),
};

const phrase = (key: Phrase, bound: Bound): string => phrases[key](joinWords([bound].flat().map(writeValue), 'or'));

const opposites: Readonly<Record<Exclude<keyof Comparison, 'known'>, Phrase>> = {
  atLeast: 'below',
  atMost: 'above',
  above: 'atMost',
  below: 'atLeast',
  is: 'isNot',
  isNot: 'is',
  in: 'notIn',
  notIn: 'in',
  contains: 'lacks',
  startsWith: 'startsOtherwise',
};

/** The opposite of yes is no, for `known` and for checkboxes. */
const negated = (key: keyof Comparison, bound: Bound): [Phrase, Bound] =>
  typeof bound === 'boolean' || key === 'known' ? [key, bound !== true] : [opposites[key], bound];
