import { createContext, Script } from 'node:vm';

/** A pattern that would have taken too long over a text. */
export class PatternTooComplicated extends Error {
  constructor(pattern: RegExp) {
    super(`Regex too complicated: ${pattern.source}`);
    this.name = 'PatternTooComplicated';
  }
}

const BUDGET_MS = 200;
/** For a pattern that ran out of its budget once: a batch of texts like that must not take the whole of it for each. */
const LATER_BUDGET_MS = 5;

const sandbox = createContext({ pattern: /./, text: '', found: false });
const match = new Script('found = pattern.test(text)');
const overran = new WeakSet<RegExp>();

/**
 * Whether a pattern that a client wrote is found in a text; throws PatternTooComplicated once that takes too long.
 *
 * The engine backtracks, and only the limit of a script stops it; a pattern that cannot backtrack much is run without.
 */
export function matchBounded(pattern: RegExp, text: string): boolean {
  if (isSimple(pattern.source)) return pattern.test(text);
  Object.assign(sandbox, { pattern, text });
  try {
    match.runInContext(sandbox, { timeout: overran.has(pattern) ? LATER_BUDGET_MS : BUDGET_MS });
    return sandbox['found'] === true;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    overran.add(pattern);
    throw new PatternTooComplicated(pattern);
  } finally {
    Object.assign(sandbox, { pattern: undefined, text: '' });
  }
}

/** Anchored at its beginning, with at most one repetition, of a single character, and no reference back. */
function isSimple(source: string): boolean {
  if (!source.startsWith('^') || source.includes('|') || /\)[*+?{]|\\[\dk]/.test(source)) return false;
  return (source.replaceAll('(?:', '(').match(/[*+?{]/g)?.length ?? 0) <= 1;
}
