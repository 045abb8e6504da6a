import { readAs } from '../formula/formula-viewer.ts';
import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import { noteSeenRows } from '../seen-records.ts';
import type { ObjectDef, OutputRow, QueryResult, UserContext } from '../types.ts';
import { isVirtual, withVirtualRows } from '../virtual/virtual-objects.ts';
import { refuseListsOfMany } from './rules/activity-list-rules.ts';
import { isAggregateQuery, planAggregate } from './plan/aggregate-plan.ts';
import { checkAggregate, checkCount } from './rules/aggregate-rules.ts';
import { Binder } from './plan/binder.ts';
import { functionNameOf } from './plan/function-sql.ts';
import { parseSoql, TOO_COMPLICATED, type OuterQuery } from './parse/parse-soql.ts';
import { newCounts, PlanOfNow } from './plan/plan-of-now.ts';
import { QueryErrors } from './parse/query-error.ts';
import { QuerySource } from './parse/query-source.ts';
import { RecordPlan } from './plan/record-plan.ts';
import { RecordReader, type RawRow } from './answer/record-shape.ts';
import { RowNumbers } from './answer/row-numbers.ts';
import { Scope, type QueryRequest } from './plan/scope.ts';
import { limitSql, orderSql, whereSql } from './plan/select-clauses.ts';

export type QueryOptions = {
  readonly includeDeleted: boolean;
  readonly apiVersion: number;
  /** A condition that the query itself cannot word, over the queried object. */
  readonly narrow?: (scope: Scope) => string;
};

/**
 * Runs SOQL as a user.
 *
 * Which rows belong to the answer, and in which order, is fixed at once; their fields are read page by page, so that a
 * million rows cost eight bytes each. A page holds what the user may see by then. Client text reaches SQLite only as
 * bound values.
 */
export function runQuery(core: OrgCore, user: UserContext, soql: string, options: QueryOptions): QueryResult {
  try {
    return readAs(core, user, () => planAndRun(core, user, soql, options));
  } catch (error) {
    throw isTooComplicated(error) ? new OrgError('QUERY_TOO_COMPLICATED', TOO_COMPLICATED) : error;
  }
}

/** SQLite's own limits on joins, columns, values and depth, and the depth of our recursion. */
function isTooComplicated(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  const text = error instanceof Error && !(error instanceof OrgError) ? error.message : '';
  return /too (many|large|complex)|recursion limit|at most \d+ tables|stack overflow|maximum depth/i.test(text);
}

function planAndRun(core: OrgCore, user: UserContext, soql: string, options: QueryOptions): QueryResult {
  const query = parseSoql(soql);
  const source = new QuerySource(soql, query);
  const request: QueryRequest = {
    core,
    user,
    errors: new QueryErrors(soql, source),
    source,
    includeDeleted: options.includeDeleted,
    apiVersion: options.apiVersion,
    ...newCounts(),
  };
  const object = queryableObject(request, query);
  const run = (): QueryResult => runPlanned(request, object, query, options.narrow);
  return isVirtual(object) ? withVirtualRows({ core, user, query }, object, run) : run();
}

function runPlanned(
  request: QueryRequest,
  object: ObjectDef,
  query: OuterQuery,
  narrow: QueryOptions['narrow'],
): QueryResult {
  if (isCountQuery(query)) return runCount(request, object, query);
  if (isAggregateQuery(query)) return runAggregate(request, object, query);
  return runRecords(request, query, narrow);
}

function queryableObject(request: QueryRequest, query: OuterQuery): ObjectDef {
  const name = query.sObject ?? '';
  const object = request.core.schema.find(name);
  if (object === undefined || !request.user.access.object(object.name).read)
    throw request.errors.about(query).noSuchType(name);
  if (object.queryable) return object;
  throw new OrgError('INVALID_TYPE_FOR_OPERATION', `entity type ${object.name} does not support query`);
}

/** `SELECT COUNT()` alone; COUNT(Id) is an aggregate with a row. */
function isCountQuery(query: OuterQuery): boolean {
  const [only, ...others] = query.fields ?? [];
  const isCount =
    only?.type === 'FieldFunctionExpression' && functionNameOf(only) === 'COUNT' && only.parameters.length === 0;
  return isCount && others.length === 0 && query.groupBy === undefined;
}

function runCount(request: QueryRequest, object: ObjectDef, query: OuterQuery): QueryResult {
  checkCount(request.errors, query);
  const scope = openScope(request, new Binder(), object, query);
  const where = whereSql(scope, query.where);
  const limit = limitSql(scope, query);
  const sql = `select count(*) as size from (select 1 from ${scope.from()} where ${where}${limit})`;
  const row = request.core.db.prepare(sql).get(...scope.binder.values) as { size: number };
  return { objectName: object.name, totalSize: row.size, kind: 'count', columns: [], page: () => [] };
}

function runAggregate(request: QueryRequest, object: ObjectDef, query: OuterQuery): QueryResult {
  checkAggregate(request.errors, query);
  const plan = planAggregate(openScope(request, new Binder(), object, query), query);
  const statement = request.core.db.prepare(plan.sql);
  statement.setReturnArrays(true);
  const rows = (statement.all(...plan.binder.values) as unknown as RawRow[]).map(plan.toRow);
  return {
    objectName: object.name,
    totalSize: rows.length,
    kind: 'aggregate',
    columns: plan.columns,
    page: pagesOf(rows),
  };
}

function runRecords(request: QueryRequest, query: OuterQuery, narrow: QueryOptions['narrow']): QueryResult {
  const plan = new PlanOfNow(request, (now) => planRecords(now, query, narrow));
  const numbers = plan.read(({ find }) => find());
  const read = (offset: number, limit: number, childLimit?: number): readonly OutputRow[] =>
    plan.read((records, now) => {
      if (numbers.length > 1) refuseListsOfMany(now, query);
      const part = numbers.slice(offset, limit);
      const rows = records.read(part, childLimit);
      if (query.for === 'VIEW' || query.for === 'REFERENCE')
        noteSeenRows(now.core, now.user, records.object, part, query.for);
      return rows;
    });
  return plan.read(({ object, columns }, now) => {
    if (numbers.length > 1) refuseListsOfMany(now, query);
    const page = isVirtual(object) ? pagesOf(read(0, numbers.length)) : read;
    return { objectName: object.name, totalSize: numbers.length, kind: 'records', columns, page };
  });
}

type RecordQuery = {
  readonly object: ObjectDef;
  readonly columns: QueryResult['columns'];
  /** The rows of the answer in its order. */
  readonly find: () => RowNumbers;
  /** Those of the rows that the user may see. */
  readonly read: (numbers: readonly number[], childLimit: number | undefined) => readonly OutputRow[];
};

function planRecords(request: QueryRequest, query: OuterQuery, narrow: QueryOptions['narrow']): RecordQuery {
  const object = queryableObject(request, query);
  const binder = new Binder();
  const places = binder.bind(null);
  const plan = new RecordPlan(openScope(request, binder, object, query), query);
  const sql = `select ${plan.selected.join(', ')} from json_each(${places}) k cross join ${plan.scope.from()}
    where ${plan.scope.alias}._row = k.value and ${plan.scope.visible()} order by k.key`;
  const statement = request.core.db.prepare(sql);
  statement.setReturnArrays(true);
  const reader = new RecordReader(request.core.schema, request.apiVersion);
  const read: RecordQuery['read'] = (numbers, childLimit) => {
    const rows = statement.all(...binder.valuesWith({ [places]: JSON.stringify(numbers) }));
    return reader.readAll(plan.root, rows as unknown as RawRow[], childLimit);
  };
  return { object, columns: plan.columns, find: rowFinder(request, object, query, narrow), read };
}

/** Pages of rows that are read already, because they are gone when the query has been answered. */
const pagesOf =
  (rows: readonly OutputRow[]): QueryResult['page'] =>
  (offset, limit) =>
    rows.slice(offset, offset + limit);

/** The queried object, narrowed to the scope that the query asks for. */
function openScope(request: QueryRequest, binder: Binder, object: ObjectDef, query: OuterQuery): Scope {
  const scope = new Scope(request, binder, object, { object: query.sObjectAlias, relations: query.relations });
  if (query.usingScope?.toLowerCase() === 'mine') scope.keepOwn();
  return scope;
}

function rowFinder(
  request: QueryRequest,
  object: ObjectDef,
  query: OuterQuery,
  narrow: QueryOptions['narrow'],
): () => RowNumbers {
  const scope = openScope(request, new Binder(), object, query);
  const order = orderSql(scope, query.orderBy);
  const where = [whereSql(scope, query.where), narrow?.(scope) ?? '1'].join(' and ');
  const limit = limitSql(scope, query);
  const orderBy = order.length === 0 ? `${scope.alias}._row` : order.join(', ');
  const statement = request.core.db.prepare(
    `select ${scope.alias}._row from ${scope.from()} where ${where} order by ${orderBy}${limit}`,
  );
  statement.setReturnArrays(true);
  return () => {
    const numbers = new RowNumbers();
    for (const row of statement.iterate(...scope.binder.values)) numbers.add(Number((row as unknown as RawRow)[0]));
    return numbers;
  };
}
