import type { QueryRequest } from '../plan/scope.ts';

const LONGEST_TEXT = 4_000;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(.|$))/gs;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
/** Characters that stand for themselves after a backslash. */
const QUOTED: ReadonlySet<string> = new Set(['"', "'", '\\']);

/** The text of a literal of a WHERE clause; throws for one that is too long or escapes what needs no escape. */
export function readText(request: QueryRequest, literal: string): string {
  check(request, literal, QUOTED);
  return unquote(literal);
}

/** The pattern of a LIKE for SQLite with `\` as escape: `\%` and `\_` stay literal, `%` and `_` stay wild. */
export function readPattern(request: QueryRequest, literal: string): string {
  check(request, literal, new Set([...QUOTED, '%', '_']));
  return literal.slice(1, -1).replace(ESCAPE, (_, hex: string | undefined, char: string) => {
    const escapesItself = char === '%' || char === '_' || char === '\\';
    return escapesItself ? `\\${char}` : toCharacter(hex, char);
  });
}

/** The text between the quotes with its escapes resolved. */
export const unquote = (literal: string): string =>
  literal.slice(1, -1).replace(ESCAPE, (_, hex: string | undefined, char: string) => toCharacter(hex, char));

const toCharacter = (hex: string | undefined, char: string): string =>
  hex === undefined ? (ESCAPES[char.toLowerCase()] ?? char) : String.fromCharCode(Number.parseInt(hex, 16));

function check(request: QueryRequest, literal: string, quoted: ReadonlySet<string>): void {
  const { errors } = request;
  if (literal.length > LONGEST_TEXT + 2) {
    throw errors.malformed(`A string in a WHERE clause cannot be longer than ${LONGEST_TEXT} characters`);
  }
  for (const [sequence, hex, char = ''] of literal.slice(1, -1).matchAll(ESCAPE)) {
    if (hex !== undefined || quoted.has(char) || char.toLowerCase() in ESCAPES) continue;
    throw errors.malformed(
      `Invalid string literal ${literal}. Illegal character sequence '${sequence}' in string literal.`,
    );
  }
}
