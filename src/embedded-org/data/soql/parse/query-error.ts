import { OrgError } from '../../org-error.ts';
import type { QuerySource } from './query-source.ts';

const WINDOW = 60;
const ADD_C =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
const ADD_R =
  "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.";
const ADD_C_OBJECT =
  "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";

/** Errors in the words and the frame of Salesforce: the query line, a caret, the place, the reason. */
export class QueryErrors {
  readonly #soql: string;
  readonly #source: QuerySource | undefined;
  #part: object | undefined;

  constructor(soql: string, source?: QuerySource) {
    this.#soql = soql;
    this.#source = source;
  }

  /** Says which part of the query is read now; errors point to the first mention of their word from there on. */
  about(part: object): this {
    this.#part = part;
    return this;
  }

  malformed(reason: string, token?: string): OrgError {
    return token === undefined
      ? new OrgError('MALFORMED_QUERY', reason)
      : this.#framed('MALFORMED_QUERY', reason, token);
  }

  malformedAt(reason: string, offset: number): OrgError {
    return new OrgError('MALFORMED_QUERY', this.#frame(offset) + reason);
  }

  invalidField(reason: string, token: string): OrgError {
    return this.#framed('INVALID_FIELD', reason, token);
  }

  noSuchColumn(fieldName: string, entity: string, token: string): OrgError {
    return this.invalidField(`No such column '${fieldName}' on entity '${entity}'. ${ADD_C}`, token);
  }

  noSuchRelationship(name: string, token: string): OrgError {
    return this.invalidField(`Didn't understand relationship '${name}' in field path. ${ADD_R}`, token);
  }

  noSuchChildren(name: string): OrgError {
    const reason = `Didn't understand relationship '${name}' in FROM part of query call. ${ADD_R}`;
    return this.#framed('INVALID_TYPE', reason, name);
  }

  noSuchType(name: string): OrgError {
    return this.#framed('INVALID_TYPE', `sObject type '${name}' is not supported. ${ADD_C_OBJECT}`, name);
  }

  #framed(code: string, reason: string, token: string): OrgError {
    return new OrgError(code, this.#frame(findToken(this.#soql, token, this.#start())) + reason);
  }

  #start(): number {
    return (this.#part === undefined ? undefined : this.#source?.placeOf(this.#part)) ?? 0;
  }

  /** A long line is cut to the neighbourhood of the caret. */
  #frame(offset: number): string {
    const before = this.#soql.slice(0, offset);
    const row = before.split('\n').length;
    const lineStart = before.lastIndexOf('\n') + 1;
    const lineEnd = this.#soql.indexOf('\n', offset);
    const column = offset - lineStart;
    const line = this.#soql.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
    const from = Math.max(0, column - WINDOW);
    const shown = line.slice(from, column + WINDOW);
    return `\n${shown}\n${' '.repeat(column - from)}^\nERROR at Row:${row}:Column:${column + 1}\n`;
  }
}

/**
 * Where a name first stands from a place on, outside of string literals; the place itself when it does not.
 *
 * A literal that is not closed goes on to the end; were it none, each quote in it would be tried as a beginning.
 */
function findToken(soql: string, token: string, start: number): number {
  const withoutStrings = soql.replace(/'(?:\\.|[^'\\])*'?/gs, (literal) => ' '.repeat(literal.length));
  const pattern = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = new RegExp(`(?<![\\w.])${pattern}(?!\\w)`, 'gi');
  word.lastIndex = start;
  const match = word.exec(withoutStrings);
  if (match !== null) return match.index;
  const anywhere = withoutStrings.toLowerCase().indexOf(token.toLowerCase(), start);
  return anywhere < 0 ? start : anywhere;
}
