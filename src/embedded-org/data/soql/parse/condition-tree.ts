import type { ConditionWithValueQuery } from '@jetstreamapp/soql-parser-js';
import type { QueryErrors } from './query-error.ts';
import type { ConditionToken } from './query-source.ts';

/** A condition as SOQL's grammar nests it. */
export type ConditionTree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ConditionTree[] }
  | { readonly kind: 'not'; readonly part: ConditionTree }
  | { readonly kind: 'leaf'; readonly condition: ConditionWithValueQuery };

/**
 * Nests the conditions of a clause as its parentheses say.
 *
 * As in Salesforce, AND and OR do not mix without parentheses, and NOT covers one condition and stands alone.
 */
export function toConditionTree(tokens: readonly ConditionToken[], errors: QueryErrors): ConditionTree {
  const reader = new TokenReader(tokens, errors);
  const tree = reader.expression();
  reader.expectEnd();
  return tree;
}

class TokenReader {
  readonly #tokens: readonly ConditionToken[];
  readonly #errors: QueryErrors;
  #at = 0;

  constructor(tokens: readonly ConditionToken[], errors: QueryErrors) {
    this.#tokens = tokens;
    this.#errors = errors;
  }

  expression(): ConditionTree {
    if (this.#peek()?.sign === 'NOT') {
      this.#at++;
      return { kind: 'not', part: this.#simple() };
    }
    const first = this.#simple();
    const joiner = this.#peek()?.sign;
    if (joiner !== 'AND' && joiner !== 'OR') return first;
    const parts = [first];
    while (this.#peek()?.sign === joiner) {
      this.#at++;
      parts.push(this.#simple());
    }
    return { kind: joiner === 'AND' ? 'and' : 'or', parts };
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) throw this.#unexpected();
  }

  #simple(): ConditionTree {
    const token = this.#tokens[this.#at++];
    if (token !== undefined && token.sign === undefined) return { kind: 'leaf', condition: token.condition };
    if (token?.sign !== '(') {
      this.#at--;
      throw this.#unexpected();
    }
    const inner = this.expression();
    if (this.#peek()?.sign !== ')') throw this.#unexpected();
    this.#at++;
    return inner;
  }

  #peek(): ConditionToken | undefined {
    return this.#tokens[this.#at];
  }

  #unexpected(): Error {
    const token = this.#peek();
    if (token === undefined) return this.#errors.malformed('unexpected end of file');
    const shown = token.sign ?? ('field' in token.condition ? token.condition.field : 'function');
    return this.#errors.about(token.part).malformed(`unexpected token: '${shown}'`, shown);
  }
}
