import { FormulaError } from './formula-error.ts';

export type Token = {
  readonly kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
  readonly text: string;
};

const SYMBOLS = [
  '&&',
  '||',
  '<=',
  '>=',
  '<>',
  '!=',
  '==',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '^',
  '&',
  '!',
  '(',
  ')',
  ',',
];
const NAME = /[A-Za-z$][A-Za-z0-9_$:.#]*/y;
const NUMBER = /\d+(?:\.\d+)?|\.\d+/y;
const BLANK = /\s+|\/\*[\s\S]*?\*\//y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Cuts a formula into tokens; a field path such as `Agreement__r.Status__c` is one name. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const blank = matchAt(BLANK, source, at);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const [token, length] = readToken(source, at);
    tokens.push(token);
    at += length;
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function readToken(source: string, at: number): [Token, number] {
  const first = source[at] ?? '';
  if (first === '"' || first === "'") return readText(source, at, first);
  const number = matchAt(NUMBER, source, at);
  if (number !== undefined) return [{ kind: 'number', text: number }, number.length];
  const name = matchAt(NAME, source, at);
  if (name !== undefined) return [{ kind: 'name', text: name }, name.length];
  const symbol = SYMBOLS.find((each) => source.startsWith(each, at));
  if (symbol !== undefined) return [{ kind: 'symbol', text: symbol }, symbol.length];
  throw new FormulaError(`Syntax error.  Found '${first}'`);
}

function readText(source: string, start: number, quote: string): [Token, number] {
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char === quote) return [{ kind: 'text', text }, at + 1 - start];
    if (char === '\\') {
      at++;
      const escaped = source[at] ?? '';
      text += ESCAPES[escaped] ?? escaped;
    } else text += char;
  }
  throw new FormulaError(`Syntax error.  Missing '${quote}'`);
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
