import type { Query } from '@jetstreamapp/soql-parser-js';
import { tokensOf } from './soql-tokens.ts';

/**
 * Lets the parser read an OFFSET of the outermost query that follows conditions without a LIMIT between them.
 *
 * It takes the word for a field of one more condition; LIMIT, which it knows, stands in for it meanwhile.
 */
export function withLoneOffset(soql: string, parse: (soql: string) => Query): Query {
  let depth = 0;
  const own = tokensOf(soql).filter(({ text }) => {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return depth === 0;
  });
  const clause = own.find(({ text }) => /^(?:order|limit|offset)$/i.test(text));
  if (clause === undefined || clause.text.toUpperCase() !== 'OFFSET') return parse(soql);
  const end = clause.offset + clause.text.length;
  const { limit, ...query } = parse(`${soql.slice(0, clause.offset)}LIMIT ${soql.slice(end)}`);
  return limit === undefined ? query : { ...query, offset: limit };
}
