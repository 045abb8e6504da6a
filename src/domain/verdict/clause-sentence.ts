import type { Agreement, Comparison, Fact } from '../agreement/schema.ts';
import { comparisonWords, negationWords } from './comparison-words.ts';
import { countSentence } from './count-sentence.ts';
import { eventConditions, eventNouns, windowText } from './event-noun.ts';
import { nameInWords } from './name-in-words.ts';

/** A clause in words, and what is the case when it is not met. */
export type ClauseSentences = { readonly sentence: string; readonly negation: string; readonly unknown: string };

/** Writes a criterion as plain sentences, such as `Employees is at least 50` and `Employees is less than 50`. */
export function clauseSentence(
  factName: string,
  fact: Fact,
  comparison: Comparison,
  agreement: Pick<Agreement, 'groups'> = {},
): ClauseSentences {
  const title = factTitle(factName, fact);
  if ('count' in fact) return { ...countSentence(fact, comparison, agreement), unknown: `${title} is not known` };
  const subject = fact.title === undefined ? (subjectOf(fact, agreement) ?? title) : title + windowText(fact);
  return {
    sentence: `${subject} ${comparisonWords(comparison, agreement)}`,
    negation: `${subject} ${negationWords(comparison, agreement)}`,
    unknown: `${subject} is not known`,
  };
}

/** The fact's own title, or its name in words: `emailDomain` → `Email domain`. */
export const factTitle = (name: string, fact: Fact): string => fact.title ?? nameInWords(name);

/** What a fact about events is, where nobody gave it a title; the names of the others say enough. */
function subjectOf(fact: Fact, agreement: Pick<Agreement, 'groups'>): string | undefined {
  const events = (): string => `${eventNouns(fact)}${eventConditions(fact, agreement)}${windowText(fact)}`;
  if ('sum' in fact) return `Sum of ${fact.of} over ${events()}`;
  if ('latest' in fact) return `Latest ${fact.of} of ${events()}`;
  if ('distinct' in fact) return `Number of different ${fact.of} values of ${events()}`;
  if ('daysInStage' in fact) return 'Days in the stage';
  return 'owner' in fact ? `Owner${fact.owner === 'kind' ? '' : ` ${fact.owner}`}` : undefined;
}
