import { tokensOf } from './soql-tokens.ts';

const BEFORE_A_CONDITION: ReadonlySet<string> = new Set(['WHERE', 'HAVING', 'AND', 'OR', 'NOT']);

/**
 * Blanks the parentheses and NOTs between conditions, of which the parser takes only few in a row.
 *
 * What they mean is read from the text itself; the query keeps its length, so that places in it stay what they are.
 */
export function withoutGrouping(soql: string): string {
  const characters = soql.split('');
  const open: (number | undefined)[] = [];
  let isBeforeCondition = false;
  for (const { text, offset } of tokensOf(soql)) {
    const word = text.toUpperCase();
    if (word === ')') {
      const partner = open.pop();
      if (partner !== undefined) characters[partner] = characters[offset] = ' ';
      isBeforeCondition = false;
    } else if (word === '(') open.push(isBeforeCondition ? offset : undefined);
    else if (word === 'NOT' && isBeforeCondition) characters.fill(' ', offset, offset + word.length);
    else isBeforeCondition = BEFORE_A_CONDITION.has(word) && word !== 'NOT';
    if (word === '(' && open.at(-1) === undefined) isBeforeCondition = false;
  }
  return characters.join('');
}
