import type { QueryBase } from '@jetstreamapp/soql-parser-js';
import type { QueryErrors } from '../parse/query-error.ts';

/** What parses but is out of scope is refused by name, in inner queries too, so that no clause is silently ignored. */
export function refuseUnsupported(errors: QueryErrors, query: QueryBase, scopes: ReadonlySet<string>): void {
  const refuse = (token: string): never => {
    throw errors.about(query).malformed(`unexpected token: '${token}'`, token);
  };
  if (query.usingScope !== undefined && !scopes.has(query.usingScope.toLowerCase())) refuse(query.usingScope);
  if (query.for === 'UPDATE' || query.update !== undefined) refuse('UPDATE');
  if (query.withDataCategory !== undefined) refuse('DATA');
  if (query.withSecurityEnforced || query.withAccessLevel !== undefined) refuse('WITH');
}

/** USING SCOPE of a query: all records, or those that the user owns. */
export const OUTER_SCOPES: ReadonlySet<string> = new Set(['everything', 'mine']);

/** USING SCOPE of child queries and of those within a condition. */
export const INNER_SCOPES: ReadonlySet<string> = new Set(['everything']);
