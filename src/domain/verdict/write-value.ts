import type { Scalar } from '../agreement/schema.ts';

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });

/** Writes a value of an agreement for people: `1,000,000`, `yes`, text as it is. */
export function writeValue(value: Scalar): string {
  if (typeof value === 'number') return numbers.format(value);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}

/** `A`, `A or B`, `A, B or C`. */
export function joinWords(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
