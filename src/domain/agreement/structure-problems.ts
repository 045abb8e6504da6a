import type { Problem } from './problem.ts';

/** Deepest nesting of keys and lists; far above what people write, far below what would exhaust the stack. */
const deepestNesting = 40;

/** Most values of a document; more do not fit the record, however short they are. */
const mostValues = 50_000;

/** Finds what makes a parsed document unfit to be looked at: endless depth or size, and text that is none. */
export function structureProblems(input: unknown): readonly Problem[] {
  let values = 0;
  const flawOf = (value: unknown, levels: number): Problem | undefined => {
    values += 1;
    if (values > mostValues) return tooMany;
    if (typeof value === 'string') return value.isWellFormed() ? undefined : brokenText;
    if (typeof value !== 'object' || value === null) return undefined;
    if (levels === 0) return tooDeep;
    for (const [key, each] of Object.entries(value)) {
      const flaw = key.isWellFormed() ? flawOf(each, levels - 1) : brokenText;
      if (flaw) return flaw;
    }
    return undefined;
  };
  const flaw = flawOf(input, deepestNesting);
  return flaw ? [flaw] : [];
}

const tooDeep: Problem = {
  severity: 'error',
  path: [],
  message: `The document is nested more than ${deepestNesting} levels deep, or refers to itself.`,
  code: 'too-deep',
};

const tooMany: Problem = {
  severity: 'error',
  path: [],
  message: `The document has more than ${mostValues.toLocaleString('en')} values. Simplify the definitions.`,
  code: 'too-long',
};

const brokenText: Problem = {
  severity: 'error',
  path: [],
  message: 'A text of the document has half of a character (a lone surrogate). Write the text anew.',
  code: 'wrong-value',
};
