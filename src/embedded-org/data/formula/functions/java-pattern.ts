import { FormulaError } from '../formula-error.ts';

const POSIX: Readonly<Record<string, string>> = {
  '\\p{Alpha}': 'A-Za-z',
  '\\p{Digit}': '0-9',
  '\\p{Alnum}': 'A-Za-z0-9',
  '\\p{Upper}': 'A-Z',
  '\\p{Lower}': 'a-z',
  '\\p{Space}': '\\s',
  '\\p{Punct}': '!-\\/:-@\\[-`{-~',
};

/** A Java pattern as the language's own, anchored at both ends as REGEX matches whole texts. */
export function javaPattern(source: string): RegExp {
  let flags = '';
  const plain = source
    .replace(/^\(\?([is]+)\)/, (_whole, letters: string) => ((flags = letters), ''))
    .replace(/\\A|\\[zZ]/g, '')
    .replace(/([*+?}])\+/g, '$1')
    .replace(/\\p\{[A-Za-z]+\}/g, (posix) => POSIX[posix] ?? posix);
  try {
    return new RegExp(`^(?:${plain})$`, flags);
  } catch (error) {
    throw new FormulaError(`Invalid regular expression '${source}': ${(error as Error).message}`);
  }
}
