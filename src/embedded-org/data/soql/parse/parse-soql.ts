import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../../org-error.ts';
import { withLoneOffset } from './lone-offset.ts';
import { QueryErrors } from './query-error.ts';
import { QuerySource } from './query-source.ts';
import { OUTER_SCOPES, refuseUnsupported } from '../rules/refuse-unsupported.ts';
import { takeRelationAliases, type RelationAlias } from './relation-aliases.ts';
import { tokensOf } from './soql-tokens.ts';
import { withoutGrouping } from './without-grouping.ts';

const LONGEST_QUERY = 100_000;
const DEEPEST_NESTING = 500;
/** What the platform says of queries that cost it too much. */
export const TOO_COMPLICATED =
  'Query is either selecting too many fields or the filter conditions are too complicated.';

/** The outermost query, with the names that its FROM clause gives to relationships. */
export type OuterQuery = Query & { readonly relations: readonly RelationAlias[] };

/** Parses SOQL, throwing MALFORMED_QUERY in Salesforce's form; names and types are not looked at. */
export function parseSoql(soql: string): OuterQuery {
  if (soql.trim() === '') throw new OrgError('MALFORMED_QUERY', 'A query string has to be specified');
  if (soql.length > LONGEST_QUERY) {
    throw new OrgError('MALFORMED_QUERY', `SOQL statement cannot be longer than ${LONGEST_QUERY} characters.`);
  }
  refuseDeepNesting(soql);
  const taken = takeRelationAliases(soql);
  const flat = withoutGrouping(taken.soql);
  let query: Query;
  try {
    query = withLoneOffset(flat, (text) => parseQuery(text));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw toMalformed(soql, flat, error);
  }
  refuseUnsupported(new QueryErrors(soql, new QuerySource(soql, query)), query, OUTER_SCOPES);
  return { ...query, relations: taken.aliases };
}

/** Every level of parentheses costs the parser and the compiler stack. */
function refuseDeepNesting(soql: string): void {
  let depth = 0;
  for (const { text } of tokensOf(soql)) {
    if (text === ')') depth -= 1;
    else if (text === '(' && ++depth > DEEPEST_NESTING) throw new OrgError('QUERY_TOO_COMPLICATED', TOO_COMPLICATED);
  }
}

/** The parser names the token it stumbled over in its message; its other wording is the generator's. */
function toMalformed(soql: string, flat: string, error: unknown): OrgError {
  const errors = new QueryErrors(soql);
  const offset = /at offset: (\d+)/.exec(messageOf(error))?.[1];
  if (offset !== undefined) return errors.malformedAt(unexpected(soql.charAt(Number(offset))), Number(offset));
  const token = stumbledOver(error);
  if (token === '') return errors.malformedAt('unexpected end of file', soql.trimEnd().length);
  const place = firstRefused(flat, token);
  return place === undefined
    ? errors.malformedAt('unexpected end of file', soql.length)
    : errors.malformedAt(unexpected(token), place);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The token that the parser could not take; empty where the text ended too early. */
const stumbledOver = (error: unknown): string =>
  /but found(?::| -->) '?(\S*?)'?(?: <--)?$/.exec(messageOf(error))?.[1] ?? '';

/** Where the parser stumbled: it takes the text up to any earlier mention of the token. */
function firstRefused(flat: string, token: string): number | undefined {
  const text = flat.toLowerCase();
  const places: number[] = [];
  for (let at = text.indexOf(token.toLowerCase()); at >= 0; at = text.indexOf(token.toLowerCase(), at + 1))
    places.push(at);
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isRefusedWithin(flat.slice(0, (places[middle] ?? 0) + token.length))) high = middle;
    else low = middle + 1;
  }
  return places[low];
}

/** Whether the beginning of a query is wrong already, and not only unfinished. */
function isRefusedWithin(beginning: string): boolean {
  try {
    parseQuery(beginning);
    return false;
  } catch (error) {
    return stumbledOver(error) !== '';
  }
}

const unexpected = (token: string): string => `unexpected token: '${token === '\n' ? '<EOF>' : token}'`;
