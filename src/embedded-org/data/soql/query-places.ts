import type { HavingClause, QueryBase, WhereClause } from '@jetstreamapp/soql-parser-js';
import { tokensOf, type SoqlToken } from './soql-tokens.ts';

/**
 * Where the parts of a query stand, by the parser's objects for them: fields, conditions, groups, orders and operators.
 *
 * A query itself stands at its FROM. The parser keeps no places, so they are found again by reading the text in the
 * order of its objects; a part that is not found has none.
 */
export function placesOf(soql: string, query: QueryBase): ReadonlyMap<object, number> {
  const finder = new PlaceFinder(tokensOf(soql));
  finder.find(query);
  return finder.places;
}

/** What opens and closes a part in which commas and clauses are not those of the query. */
const OPENING: ReadonlySet<string> = new Set(['(', 'TYPEOF']);
const CLOSING: ReadonlySet<string> = new Set([')', 'END']);

class PlaceFinder {
  readonly places = new Map<object, number>();
  readonly #tokens: readonly SoqlToken[];
  #at = 0;

  constructor(tokens: readonly SoqlToken[]) {
    this.#tokens = tokens;
  }

  /** Reads a query from its SELECT to the parenthesis that closes it, or to the end. */
  find(query: QueryBase): void {
    this.#at += 1;
    this.#list(query.fields ?? []);
    if (this.#goTo('FROM')) this.#note(query);
    if (query.where !== undefined && this.#goTo('WHERE')) this.#conditions(query.where);
    if (query.groupBy !== undefined && this.#goTo('GROUP')) this.#listAfterBy(query.groupBy);
    if (query.having !== undefined && this.#goTo('HAVING')) this.#conditions(query.having);
    if (query.orderBy !== undefined && this.#goTo('ORDER')) this.#listAfterBy(query.orderBy);
    this.#goTo(undefined);
  }

  #listAfterBy(parts: object | readonly object[]): void {
    this.#at += 2;
    this.#list(Array.isArray(parts) ? parts : [parts]);
  }

  #list(parts: readonly object[]): void {
    parts.forEach((part, index) => {
      this.#note(part);
      if ('subquery' in part) {
        this.#at += 1;
        this.find(part.subquery as QueryBase);
        this.#at += 1;
      }
      if (index < parts.length - 1 && this.#goTo(',')) this.#at += 1;
    });
  }

  #conditions(clause: WhereClause | HavingClause): void {
    let current: WhereClause | HavingClause | undefined = clause;
    while (current !== undefined) {
      const { left } = current;
      if (left !== null && 'operator' in left) {
        const name = 'fn' in left ? left.fn.functionName : left.field;
        if (this.#pass(name ?? '')) this.places.set(left, this.#tokens[this.#at - 1]?.offset ?? 0);
        if ('valueQuery' in left && this.#pass('(')) this.find(left.valueQuery);
      }
      if (!('operator' in current)) return;
      if (this.#pass(current.operator)) this.places.set(current, this.#tokens[this.#at - 1]?.offset ?? 0);
      current = current.right;
    }
  }

  #note(part: object): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) this.places.set(part, token.offset);
  }

  /** Goes behind the next such word, however deep it stands. */
  #pass(word: string): boolean {
    const key = word.toUpperCase();
    for (let at = this.#at; at < this.#tokens.length; at++) {
      if (this.#tokens[at]?.text.toUpperCase() !== key) continue;
      this.#at = at + 1;
      return true;
    }
    return false;
  }

  /** Goes to the next such word of this query, past inner ones; without a word or one left to where the query ends. */
  #goTo(word: string | undefined): boolean {
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const text = (this.#tokens[this.#at]?.text ?? '').toUpperCase();
      if (depth === 0 && text === word) return true;
      if (OPENING.has(text)) depth += 1;
      else if (CLOSING.has(text) && --depth < 0) return false;
    }
    return false;
  }
}
