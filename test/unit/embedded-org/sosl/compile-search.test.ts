import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSearch } from '../../../../src/embedded-org/data/sosl/search-function.ts';
import { parseSearchTerm, type SearchTree } from '../../../../src/embedded-org/data/sosl/search-term.ts';
import { growthOf } from '../../../support/growth-of.ts';

const anyOf = (words: readonly string[]): SearchTree => ({
  kind: 'or',
  parts: words.map((each) => ({ kind: 'phrase', words: each })),
});

describe('a search for any of many words', () => {
  it('finds what a search for one of them finds', () => {
    const letters = (unit: string[], most: number) =>
      fc.string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength: most });
    const pattern = letters(['a', 'b', 'c', '*', '?'], 4).filter((each) => /[abc]/.test(each));
    const patterns = fc.oneof(
      fc.array(pattern, { minLength: 1, maxLength: 5 }),
      fc.array(pattern, { minLength: 33, maxLength: 40 }),
    );
    fc.assert(
      fc.property(patterns, letters(['a', 'b', 'c', ' ', '-', '\n'], 30), (words, text) => {
        const alone = words.some((word) => compileSearch({ kind: 'phrase', words: word })([text]));
        expect(compileSearch(anyOf(words))([text])).toBe(alone);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps phrases and exclusions beside the words', () => {
    const matches = compileSearch(parseSearchTerm('lion OR "big cat" OR (tig* AND NOT zoo)'));
    const said = ['a lion', 'one big cat', 'cat big', 'tigers', 'tigers of the zoo', 'lionel'];
    expect(said.map((text) => matches([text]))).toEqual([true, true, false, true, false, false]);
  });

  it('takes hardly longer for eight times as many', () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `ab${i}x`).join(' ');
    const search = (size: number): boolean =>
      compileSearch(anyOf(Array.from({ length: size }, (_, i) => `ab${i}y*`)))([text]);
    expect(growthOf(search, 100)).toBeLessThan(4);
  });
});
