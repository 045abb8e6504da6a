import { OrgError } from '../org-error.ts';

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

  constructor(soql: string) {
    this.#soql = soql;
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
    return new OrgError(code, this.#frame(findToken(this.#soql, token)) + reason);
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

/** Where a name first stands in the query outside of string literals; 0 when it does not. */
function findToken(soql: string, token: string): number {
  const withoutStrings = soql.replace(/'(?:\\.|[^'\\])*'/gs, (literal) => ' '.repeat(literal.length));
  const pattern = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`(?<![\\w.])${pattern}(?![\\w])`, 'i').exec(withoutStrings);
  return match?.index ?? Math.max(0, withoutStrings.toLowerCase().indexOf(token.toLowerCase()));
}
