import type { ConditionWithValueQuery, HavingClause, QueryBase, WhereClause } from '@jetstreamapp/soql-parser-js';
import { tokensOf, type SoqlToken } from './soql-tokens.ts';

/** A sign between conditions, or a condition; `part` has a place. */
export type ConditionToken = { readonly part: object } & (
  | { readonly sign: string; readonly condition?: never }
  | { readonly sign?: never; readonly condition: ConditionWithValueQuery }
);

/**
 * What the parser does not tell of a query: where its parts stand, and what is written between its conditions.
 *
 * The parser keeps no places, and of missing, doubled and nested operators it keeps too little to refuse or to read
 * them. So the text is read a second time, in the order of the parser's objects; a query itself stands at its FROM.
 */
export class QuerySource {
  readonly #soql: string;
  readonly #query: QueryBase;
  #read: SourceReader | undefined;

  constructor(soql: string, query: QueryBase) {
    this.#soql = soql;
    this.#query = query;
  }

  /** Where a field, condition, group, order or sign stands; undefined for what the text does not have. */
  placeOf(part: object): number | undefined {
    return this.#reader().places.get(part);
  }

  /** A WHERE or HAVING clause as it is written; a token that belongs to nothing is a sign. */
  conditions(clause: object): readonly ConditionToken[] {
    return this.#reader().conditions.get(clause) ?? [];
  }

  #reader(): SourceReader {
    if (this.#read === undefined) {
      this.#read = new SourceReader(tokensOf(this.#soql));
      this.#read.find(this.#query);
    }
    return this.#read;
  }
}

/** What opens and closes a part in which commas and clauses are not those of the query. */
const OPENING: ReadonlySet<string> = new Set(['(', 'TYPEOF']);
const CLOSING: ReadonlySet<string> = new Set([')', 'END']);

const SIGNS: ReadonlySet<string> = new Set(['(', ')', 'AND', 'OR', 'NOT']);
const NEXT_CLAUSE: ReadonlySet<string> = new Set('WITH GROUP HAVING ORDER LIMIT OFFSET FOR UPDATE ALL'.split(' '));

type Leaf = Extract<ConditionWithValueQuery, { operator: unknown }>;

/** The conditions of a clause in the order of the text. */
function leavesOf(clause: WhereClause | HavingClause): Leaf[] {
  const leaves: Leaf[] = [];
  for (let at: WhereClause | HavingClause | undefined = clause; at !== undefined;) {
    if (at.left !== null && 'operator' in at.left) leaves.push(at.left);
    at = 'right' in at ? at.right : undefined;
  }
  return leaves;
}

class SourceReader {
  readonly places = new Map<object, number>();
  readonly conditions = new Map<object, readonly ConditionToken[]>();
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

  /** Reads signs and conditions up to the next clause or the end of the query. */
  #conditions(clause: WhereClause | HavingClause): void {
    const leaves = leavesOf(clause);
    const found: ConditionToken[] = [];
    let depth = 0;
    for (this.#at += 1; this.#at < this.#tokens.length;) {
      const text = this.#text();
      if (depth === 0 && (text === ')' || NEXT_CLAUSE.has(text))) break;
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      const leaf = SIGNS.has(text) ? undefined : leaves.shift();
      const name = leaf !== undefined && 'fn' in leaf ? leaf.fn.functionName : leaf?.field;
      if (leaf !== undefined && name?.toUpperCase() === text) found.push(this.#condition(leaf));
      else found.push(this.#sign());
    }
    if (leaves.length > 0) found.push({ sign: '<EOF>', part: {} });
    this.conditions.set(clause, found);
  }

  #sign(): ConditionToken {
    const part = {};
    this.#note(part);
    const text = this.#tokens[this.#at++]?.text ?? '';
    return { sign: SIGNS.has(text.toUpperCase()) ? text.toUpperCase() : text, part };
  }

  /** Goes past the left side, the operator and the value of a condition. */
  #condition(leaf: Leaf): ConditionToken {
    this.#note(leaf);
    this.#at += 1;
    this.#skipParentheses();
    this.#at += this.#text() === 'NOT' ? 2 : 1;
    if ('valueQuery' in leaf) {
      this.#at += 1;
      this.find(leaf.valueQuery);
      this.#at += 1;
    } else if (!this.#skipParentheses()) {
      this.#at += 1;
      if (this.#text() === ':') this.#at += 2;
    }
    return { condition: leaf, part: leaf };
  }

  #skipParentheses(): boolean {
    if (this.#text() !== '(') return false;
    this.#at += 1;
    this.#goTo(undefined);
    this.#at += 1;
    return true;
  }

  #text(): string {
    return (this.#tokens[this.#at]?.text ?? '').toUpperCase();
  }

  #note(part: object): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) this.places.set(part, token.offset);
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
