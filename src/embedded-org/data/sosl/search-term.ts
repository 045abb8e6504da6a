import { malformed } from './parse-sosl.ts';

/** What a record must say; a phrase is words parted by single blanks, in which `*` and `?` are wild. */
export type SearchTree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SearchTree[] }
  | { readonly kind: 'not'; readonly part: SearchTree }
  | { readonly kind: 'phrase'; readonly words: string };

const TOKEN = /\s*(?:"((?:\\[\s\S]|[^"\\])*)"|([()])|((?:\\[\s\S]|[^\s"()\\])+))/y;

/** Reads the text in the braces of FIND: words, "phrases", `*` and `?`, AND, OR, AND NOT and parentheses. */
export function parseSearchTerm(text: string): SearchTree {
  const bare = text.trim();
  if (bare.replaceAll(/\\([\s\S])/g, '$1').length < 2)
    throw malformed(`search term must be longer than one character: ${bare}`);
  const reader = new TermReader(tokensOf(bare));
  const tree = reader.alternatives();
  reader.expectEnd();
  return tree;
}

type Token = { readonly kind: 'phrase' | 'symbol'; readonly text: string };

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw malformed(`unexpected character in the search term: ${text}`);
    const [, quoted, symbol, word] = match;
    const isOperator = word !== undefined && /^(?:AND|OR|NOT)$/i.test(word);
    if (symbol !== undefined || isOperator) tokens.push({ kind: 'symbol', text: (symbol ?? word ?? '').toUpperCase() });
    else tokens.push({ kind: 'phrase', text: quoted ?? word ?? '' });
  }
  return tokens;
}

class TermReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  alternatives(): SearchTree {
    const parts = [this.#all()];
    while (this.#takeSymbol('OR')) parts.push(this.#all());
    return joined('or', parts);
  }

  /** Words that follow each other must all be there. */
  #all(): SearchTree {
    const parts = [this.#one()];
    while (this.#at < this.#tokens.length && !this.#isAt('OR') && !this.#isAt(')')) {
      this.#takeSymbol('AND');
      parts.push(this.#takeSymbol('NOT') ? { kind: 'not', part: this.#one() } : this.#one());
    }
    return joined('and', parts);
  }

  #one(): SearchTree {
    if (this.#takeSymbol('(')) {
      const inner = this.alternatives();
      if (!this.#takeSymbol(')')) throw malformed('the search term has a parenthesis that is not closed');
      return inner;
    }
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'phrase') return { kind: 'phrase', words: toPhrase(token.text) };
    throw malformed(`unexpected token in the search term: ${token?.text ?? 'end'}`);
  }

  expectEnd(): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) throw malformed(`unexpected token in the search term: ${token.text}`);
  }

  #isAt(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'symbol' && token.text === symbol;
  }

  #takeSymbol(symbol: string): boolean {
    const found = this.#isAt(symbol);
    if (found) this.#at++;
    return found;
  }
}

const joined = (kind: 'and' | 'or', parts: readonly SearchTree[]): SearchTree =>
  parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind, parts };

/** What is no letter or digit parts words, as in the text that is searched. */
function toPhrase(text: string): string {
  const parts = [...text.matchAll(/\\([\s\S])|([*?])|([^\\*?])/g)].map(
    ([, escaped, wildcard, char]) => wildcard ?? toWords(escaped ?? char ?? ''),
  );
  const words = parts.join('').trim().replaceAll(/\s+/g, ' ');
  if (words.replaceAll(/[*? ]/g, '') === '') throw malformed(`search term must be longer than one character: ${text}`);
  if (words.split(' ').some((word) => /[*?]/.test(word) && word.length > LONGEST_WILD_WORD))
    throw malformed(`a search word with wildcards cannot be longer than ${LONGEST_WILD_WORD} characters`);
  return words;
}

/** Comparing takes the length of the pattern times that of the text, and the org serves nobody else meanwhile. */
const LONGEST_WILD_WORD = 255;

/** Letters and digits in lower case, ends of lines, and a blank for everything else. */
export const toWords = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}\n]/gu, ' ');
