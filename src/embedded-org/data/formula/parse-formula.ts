import { FormulaError } from './formula-error.ts';
import { tokenize, type Token } from './tokenize.ts';

export type FormulaNode =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly FormulaNode[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: FormulaNode }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: FormulaNode; readonly right: FormulaNode };

/** From loosest to tightest. The platform's grammar really binds `*` and `/` tighter than `^`. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-', '&'],
  ['^'],
  ['*', '/'],
];
const SPELLINGS: Readonly<Record<string, string>> = { '==': '=', '!=': '<>' };
const CONSTANTS: Readonly<Record<string, boolean | null>> = { TRUE: true, FALSE: false, NULL: null };
const DEEPEST = 200;

/** Reads a formula into its tree; throws FormulaError with the platform's syntax message. */
export function parseFormula(source: string): FormulaNode {
  const parser = new Parser(tokenize(source));
  return parser.parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): FormulaNode {
    const node = this.#binary(0);
    if (this.#next.kind !== 'end') throw unexpected(this.#next);
    return node;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #binary(level: number): FormulaNode {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#next.kind === 'symbol' && operators.includes(this.#next.text)) {
      const operator = this.#take().text;
      left = { kind: 'binary', operator: SPELLINGS[operator] ?? operator, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): FormulaNode {
    const { kind, text } = this.#next;
    if (kind === 'symbol' && (text === '-' || text === '+' || text === '!')) {
      this.#take();
      return { kind: 'unary', operator: text, operand: this.#nested(() => this.#unary()) };
    }
    return this.#nested(() => this.#primary());
  }

  #primary(): FormulaNode {
    const token = this.#take();
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'literal', value: token.text };
    if (token.kind === 'name') return this.#named(token.text);
    if (token.kind !== 'symbol' || token.text !== '(') throw unexpected(token);
    const inner = this.#binary(0);
    this.#expect(')');
    return inner;
  }

  #named(name: string): FormulaNode {
    const upper = name.toUpperCase();
    if (this.#next.text === '(' && this.#next.kind === 'symbol')
      return { kind: 'call', name: upper, args: this.#args() };
    if (upper in CONSTANTS) return { kind: 'literal', value: CONSTANTS[upper] ?? null };
    return { kind: 'field', path: name };
  }

  #args(): readonly FormulaNode[] {
    this.#expect('(');
    const args: FormulaNode[] = [];
    while (this.#next.text !== ')' || this.#next.kind !== 'symbol') {
      if (args.length > 0) this.#expect(',');
      args.push(this.#binary(0));
    }
    this.#expect(')');
    return args;
  }

  #take(): Token {
    const token = this.#next;
    this.#at++;
    return token;
  }

  #expect(symbol: string): void {
    const token = this.#take();
    if (token.kind === 'symbol' && token.text === symbol) return;
    throw token.kind === 'end' ? new FormulaError(`Syntax error.  Missing '${symbol}'`) : unexpected(token);
  }

  /** Deeper nesting would exhaust the stack instead of giving an error. */
  #nested(read: () => FormulaNode): FormulaNode {
    if (++this.#depth > DEEPEST) throw new FormulaError('Syntax error.  The formula is nested too deeply');
    const node = read();
    this.#depth--;
    return node;
  }
}

function unexpected(token: Token): FormulaError {
  return new FormulaError(token.kind === 'end' ? 'Syntax error' : `Syntax error.  Found '${token.text}'`);
}
