import type { Agreement, Condition, ScoreLine } from '../agreement/schema.ts';
import { criterionOf, partsOf, referenceOf, toDefinition } from '../agreement/walk-criteria.ts';
import { clauseSentence } from './clause-sentence.ts';
import { nameInWords } from './name-in-words.ts';
import { joinWords, writeValue } from './write-value.ts';

const longest = 160;

/** A condition in words, as far as it fits a line: `Good fit`, `Employees is at least 50 and Country is in DACH`. */
export const conditionSentence = (condition: Condition, agreement: Agreement): string => {
  const words = wordsOf(condition, agreement);
  return words.length <= longest ? words : `${words.slice(0, longest - 1)}…`;
};

function wordsOf(condition: Condition, agreement: Agreement): string {
  const name = referenceOf(condition);
  if (name !== undefined) return agreement.conditions?.[name]?.title ?? nameInWords(name);
  const definition = toDefinition(condition);
  if (!definition) {
    const [fact, comparison] = criterionOf(condition);
    const written = agreement.facts[fact];
    return written ? clauseSentence(fact, written, comparison, agreement).sentence : nameInWords(fact);
  }
  const list = (key: 'all' | 'any' | 'none', last: 'and' | 'or'): readonly string[] => {
    const parts = partsOf({ [key]: definition[key] }, []).map((part) => wordsOf(part.condition, agreement));
    if (parts.length === 0) return [];
    return [key === 'none' ? `none of: ${joinWords(parts, last)}` : joinWords(parts, last)];
  };
  const { atLeast } = definition;
  const counted = atLeast
    ? [
        `at least ${atLeast.n} of: ${joinWords(
          atLeast.of.map((each) => wordsOf(each, agreement)),
          'and',
        )}`,
      ]
    : [];
  return [...list('all', 'and'), ...list('any', 'or'), ...list('none', 'or'), ...counted].join('; ');
}

/** What a line of a score that counts something says: `Each of Visits, up to 40 points`. */
export function eachSentence(title: string, { max }: Extract<ScoreLine, { each: string }>): string {
  return `Each of ${title}${max === undefined ? '' : `, up to ${writeValue(max)} points`}`;
}
