import { tokensOf, type SoqlToken } from './soql-tokens.ts';

/** A name that FROM gives to a path of relationships. */
export type RelationAlias = { readonly name: string; readonly path: readonly string[] };

const AFTER_FROM = new Set('WHERE USING WITH GROUP HAVING ORDER LIMIT OFFSET FOR UPDATE ALL , ( )'.split(' '));

/**
 * Takes `, c.Account a` out of the FROM clause of the outermost query, since the parser does not know it.
 *
 * The query keeps its length, so that places in it stay what they are.
 */
export function takeRelationAliases(soql: string): {
  readonly soql: string;
  readonly aliases: readonly RelationAlias[];
} {
  const tokens = tokensOf(soql);
  const aliases: RelationAlias[] = [];
  let at = afterObject(tokens);
  const start = tokens[at]?.offset ?? soql.length;
  while (tokens[at]?.text === ',') {
    const [path, name] = [tokens[at + 1], tokens[at + 2]];
    if (!isName(path) || !path.text.includes('.') || !isName(name)) break;
    aliases.push({ name: name.text, path: path.text.split('.') });
    at += 3;
  }
  if (aliases.length === 0) return { soql, aliases };
  const last = tokens[at - 1];
  const end = (last?.offset ?? start) + (last?.text.length ?? 0);
  const blank = soql.slice(start, end).replace(/[^\n]/g, ' ');
  return { soql: soql.slice(0, start) + blank + soql.slice(end), aliases };
}

/** The token behind the queried object and its alias. */
function afterObject(tokens: readonly SoqlToken[]): number {
  let depth = 0;
  const from = tokens.findIndex(({ text }) => {
    if (text === '(') depth += 1;
    else if (text === ')') depth -= 1;
    return depth === 0 && text.toUpperCase() === 'FROM';
  });
  if (from < 0) return tokens.length;
  return isName(tokens[from + 2]) ? from + 3 : from + 2;
}

const isName = (token: SoqlToken | undefined): token is SoqlToken =>
  token !== undefined && /^[A-Za-z_]/.test(token.text) && !AFTER_FROM.has(token.text.toUpperCase());
