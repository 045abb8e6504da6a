import type { FieldFunctionExpression, Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import { functionNameOf, isAggregate } from '../plan/function-sql.ts';
import type { QueryErrors } from '../parse/query-error.ts';

const WITHOUT_GROUPS = 'Non-grouped query that uses overall aggregate functions cannot also use';

/** Refuses what an aggregate query cannot have: COUNT() among others, HAVING or a part of the rows without groups. */
export function checkAggregate(errors: QueryErrors, query: Query): void {
  const count = aggregates(query).find((call) => functionNameOf(call) === 'COUNT' && call.parameters.length === 0);
  if (count !== undefined)
    throw errors.about(count).malformed('COUNT() must be the only element in the SELECT list', 'COUNT');
  errors.about(query);
  if (query.groupBy !== undefined) return;
  if (query.having !== undefined) throw errors.malformed("unexpected token: 'HAVING'", 'HAVING');
  refuseOrder(errors, query);
  if (query.limit !== undefined) throw errors.malformed(`${WITHOUT_GROUPS} LIMIT`, 'LIMIT');
  if (query.offset !== undefined) throw errors.malformed(`${WITHOUT_GROUPS} OFFSET`, 'OFFSET');
}

/** Refuses what `SELECT COUNT()` cannot have; LIMIT it can. */
export function checkCount(errors: QueryErrors, query: Query): void {
  const [count] = aggregates(query);
  if (count?.alias !== undefined)
    throw errors.about(count).malformed(`unexpected token: '${count.alias}'`, count.alias);
  errors.about(query);
  if (query.having !== undefined) throw errors.malformed("unexpected token: 'HAVING'", 'HAVING');
  refuseOrder(errors, query);
}

/** Refuses groups and aggregate functions of an inner query. */
export function refuseAggregates(errors: QueryErrors, query: QueryBase): void {
  const [call] = aggregates(query);
  if (call !== undefined) throw onlyRoot(errors.about(call), call.functionName);
  errors.about(query);
  if (query.groupBy !== undefined) throw onlyRoot(errors, 'GROUP');
  if (query.having !== undefined) throw onlyRoot(errors, 'HAVING');
}

function refuseOrder(errors: QueryErrors, query: Query): void {
  if (query.orderBy !== undefined) throw errors.malformed(`${WITHOUT_GROUPS} ORDER BY`, 'ORDER');
}

const aggregates = (query: QueryBase): readonly FieldFunctionExpression[] =>
  (query.fields ?? []).filter((item) => item.type === 'FieldFunctionExpression').filter(isAggregate);

const onlyRoot = (errors: QueryErrors, token: string): Error =>
  errors.malformed('only root queries support aggregate expressions', token);
