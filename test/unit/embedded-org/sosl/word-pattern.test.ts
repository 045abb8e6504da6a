import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWord } from '../../../../src/embedded-org/data/sosl/word-pattern.ts';

const toRegExp = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');

describe('a search word', () => {
  it('matches what the regular expression of the same meaning matches', () => {
    const texts = (...letters: string[]) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 10 });
    fc.assert(
      fc.property(texts('a', 'b', '𝒳', '*', '?'), texts('a', 'b', '𝒳'), (pattern, word) => {
        expect(compileWord(pattern)(word)).toBe(toRegExp(pattern).test(word));
      }),
      { numRuns: 2_000 },
    );
  });

  it('matches neither the end of a line nor the end of a text', () => {
    expect(['\n', undefined].map(compileWord('?'))).toEqual([false, false]);
    expect(['\n', undefined].map(compileWord('*a*'))).toEqual([false, false]);
  });

  it('takes no longer for many wildcards than their number explains', () => {
    const isWord = compileWord(`${'*a'.repeat(100)}*b`);
    const started = performance.now();
    expect(isWord('a'.repeat(30_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
