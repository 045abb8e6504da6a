import { OrgError } from '../org-error.ts';

export type FieldGroup = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR';

/** One object of RETURNING: its name, its fields and the rest of its parentheses, as SOQL words them. */
export type Returned = { readonly objectName: string; readonly fields: string; readonly rest: string };

export type SearchRequest = {
  readonly term: string;
  readonly group: FieldGroup;
  readonly returning: readonly Returned[];
  readonly limit: number | undefined;
};

const HEAD = /^\s*FIND\s*\{((?:\\[\s\S]|[^\\}])*)\}\s*/i;
const GROUP = /^IN\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS\b\s*/i;
const LIMIT = /^LIMIT\s+(\d+)\s*/i;
const OBJECT = /^(\w+)\s*/;
const LONGEST = 20_000;

/** Reads SOSL; throws MALFORMED_SEARCH for what is not supported as for what is wrong. */
export function parseSosl(sosl: string): SearchRequest {
  if (sosl.trim() === '') throw malformed('search string has to be specified');
  if (sosl.length > LONGEST) throw malformed(`SOSL statement cannot be longer than ${LONGEST} characters.`);
  const reader = new Reader(sosl);
  const term = reader.take(HEAD)?.[1];
  if (term === undefined) throw reader.unexpected();
  const group = (reader.take(GROUP)?.[1]?.toUpperCase() ?? 'ALL') as FieldGroup;
  const returning = reader.take(/^RETURNING\b\s*/i) ? readReturning(reader) : [];
  const limit = reader.take(LIMIT)?.[1];
  if (!reader.atEnd()) throw reader.unexpected();
  return { term, group, returning, limit: limit === undefined ? undefined : Number(limit) };
}

function readReturning(reader: Reader): readonly Returned[] {
  const returned: Returned[] = [];
  do {
    const objectName = reader.take(OBJECT)?.[1];
    if (objectName === undefined) throw reader.unexpected();
    returned.push({ objectName, ...splitList(reader.takeParentheses() ?? '') });
  } while (reader.take(/^,\s*/));
  return returned;
}

/** `Id, Name WHERE … LIMIT 5` → the fields and what follows them. */
function splitList(list: string): { fields: string; rest: string } {
  const start = /(?:^|\s)(?:WHERE|ORDER\s+BY|LIMIT|OFFSET|USING)\b/i.exec(list)?.index ?? list.length;
  return { fields: list.slice(0, start).trim(), rest: list.slice(start).trim() };
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#text.slice(this.#at));
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }

  /** The inside of parentheses, which may hold others and texts in quotes. */
  takeParentheses(): string | undefined {
    if (this.#text[this.#at] !== '(') return undefined;
    const start = this.#at + 1;
    let depth = 0;
    for (let at = this.#at; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === "'") at = this.#endOfText(at);
      else if (char === '(') depth++;
      else if (char === ')' && --depth === 0) {
        this.#at = at + 1;
        this.take(/^\s*/);
        return this.#text.slice(start, at);
      }
    }
    this.#at = this.#text.length;
    throw this.unexpected();
  }

  #endOfText(start: number): number {
    for (let at = start + 1; at < this.#text.length; at++) {
      if (this.#text[at] === '\\') at++;
      else if (this.#text[at] === "'") return at;
    }
    return this.#text.length;
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  unexpected(): OrgError {
    const token = /^\S+/.exec(this.#text.slice(this.#at))?.[0];
    return malformed(token === undefined ? 'unexpected end of file' : `unexpected token: '${token}'`);
  }
}

export const malformed = (message: string): OrgError => new OrgError('MALFORMED_SEARCH', message);
