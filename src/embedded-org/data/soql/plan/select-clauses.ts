import type {
  ConditionWithValueQuery,
  OrderByClause,
  Query,
  QueryBase,
  ValueQueryCondition,
} from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../../org-error.ts';
import type { FieldDef } from '../../types.ts';
import { conditionSql, type ConditionContext } from './condition-sql.ts';
import { toConditionTree } from '../parse/condition-tree.ts';
import { aggregateOperand, isAggregate, scalarOperand } from './function-sql.ts';
import { withImpliedBound } from './implied-bound.ts';
import { keyOf, operandOf, type Operand } from './operand.ts';
import { INNER_SCOPES, refuseUnsupported } from '../rules/refuse-unsupported.ts';
import { Scope, type Column } from './scope.ts';
import {
  checkInnerSelect,
  checkSameTarget,
  checkSemiJoins,
  innerField,
  type WherePlace,
} from '../rules/semi-join-rules.ts';

const GREATEST_OFFSET = 2000;
/** More rows than any object holds; SQLite takes no larger number that is still an integer in JavaScript. */
const GREATEST_LIMIT = 2 ** 31;

/** The WHERE clause: what the user may see and what the query asks for. */
export function whereSql(scope: Scope, where: QueryBase['where'], place: WherePlace = 'outer'): string {
  const visible = scope.visible();
  if (where === undefined) return visible;
  const tree = toConditionTree(scope.request.source.conditions(where), scope.request.errors);
  checkSemiJoins(scope.request.errors, tree, place);
  const asked = conditionSql(contextOf(scope, filterOperand), withImpliedBound(tree));
  return visible === '1' ? asked : `${visible} and ${asked}`;
}

/** Conditions on a SELECT, with the given reading of their left sides. */
export function contextOf(
  scope: Scope,
  operand: (scope: Scope, condition: ConditionWithValueQuery) => Operand,
): ConditionContext {
  return {
    request: scope.request,
    binder: scope.binder,
    operand: (condition) => operand(scope, condition),
    subselect: (condition) => subselectSql(scope, condition),
  };
}

function filterOperand(scope: Scope, condition: ConditionWithValueQuery): Operand {
  if ('fn' in condition) {
    if (isAggregate(condition.fn))
      throw scope.request.errors.malformed(
        'Aggregate functions are not allowed in a WHERE clause',
        condition.fn.functionName,
      );
    return scalarOperand(scope, condition.fn);
  }
  if (!('field' in condition)) throw scope.request.errors.malformed('unexpected token: NOT');
  const column = scope.column(condition.field);
  // Describes call a compound address filterable; queries refuse it all the same.
  if (column.field.type === 'address') throw cannotBe(scope, column, 'filtered');
  refuseUnless(scope, column, 'filterable', 'filtered');
  return operandOf(column.sql, column.field);
}

/** `IN (SELECT LeadId FROM …)`: the ids that this user's own query would find. */
function subselectSql(outer: Scope, condition: ValueQueryCondition): string {
  const { errors } = outer.request;
  const query = condition.valueQuery;
  const inner = openScope(outer, query);
  checkInnerSelect(errors, outer.object, inner.object, query);
  const path = innerField(errors, query);
  const column = inner.column(path);
  errors.about(condition);
  const left = { path: condition.field, column: outer.column(condition.field), object: outer.object };
  checkSameTarget(errors, left, { path, column, object: inner.object });
  const where = whereSql(inner, query.where, 'semi-join');
  return `select ${column.sql} from ${inner.from()} where ${where} and ${column.sql} is not null`;
}

function openScope(outer: Scope, query: Query): Scope {
  refuseUnsupported(outer.request.errors, query, INNER_SCOPES);
  const object = outer.request.core.schema.find(query.sObject ?? '');
  if (object === undefined || !outer.request.user.access.object(object.name).read)
    throw outer.request.errors.about(query).noSuchType(query.sObject ?? '');
  return new Scope(outer.request, outer.binder, object, { object: query.sObjectAlias });
}

/** ORDER BY terms; empty fields come first unless the query says otherwise, picklists in the order of their values. */
export function orderSql(
  scope: Scope,
  orderBy: QueryBase['orderBy'],
  aliases: ReadonlyMap<string, string> = new Map(),
): string[] {
  const clauses = orderBy === undefined ? [] : Array.isArray(orderBy) ? orderBy : [orderBy];
  return clauses.map((clause) => orderTerm(scope, clause, aliases));
}

function orderTerm(scope: Scope, clause: OrderByClause, aliases: ReadonlyMap<string, string>): string {
  scope.request.errors.about(clause);
  const direction = clause.order === 'DESC' ? 'desc' : 'asc';
  const nulls = ` nulls ${clause.nulls === 'LAST' ? 'last' : 'first'}`;
  if ('fn' in clause) {
    const operand = isAggregate(clause.fn) ? aggregateOperand(scope, clause.fn) : scalarOperand(scope, clause.fn);
    return `${keyOf(operand)} ${direction}${nulls}`;
  }
  const aliased = aliases.get(clause.field.toLowerCase());
  if (aliased !== undefined) return `${aliased} ${direction}${nulls}`;
  const column = scope.column(clause.field);
  refuseUnless(scope, column, 'sortable', 'sorted');
  const neverNull = !column.field.nillable && column.path.length === 1 && column.field.sql === undefined;
  return `${sortKey(scope, column)} ${direction}${neverNull ? '' : nulls}`;
}

function sortKey(scope: Scope, column: Column): string {
  const values = column.field.type === 'picklist' ? (column.field.picklist?.values ?? []) : [];
  if (values.length === 0) return keyOf(operandOf(column.sql, column.field));
  const cases = values.map((each, index) => `when ${scope.binder.bind(each.value)} then ${index}`);
  return `case when ${column.sql} is null then null else case ${column.sql} ${cases.join(' ')} else ${values.length} end end`;
}

/** ` limit … offset …`, or nothing. */
export function limitSql(scope: Scope, query: Pick<QueryBase, 'limit' | 'offset'>): string {
  const { limit, offset } = query;
  if (offset !== undefined && offset > GREATEST_OFFSET) {
    throw new OrgError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${GREATEST_OFFSET}`);
  }
  if (limit === undefined && offset === undefined) return '';
  return ` limit ${scope.binder.bind(Math.min(limit ?? GREATEST_LIMIT, GREATEST_LIMIT))} offset ${scope.binder.bind(offset ?? 0)}`;
}

export function refuseUnless(
  scope: Scope,
  column: Column,
  ability: keyof FieldDef & ('filterable' | 'sortable' | 'groupable'),
  verb: string,
): void {
  if (!column.field[ability]) throw cannotBe(scope, column, verb);
}

const cannotBe = (scope: Scope, { field }: Column, verb: string): OrgError =>
  scope.request.errors.invalidField(`field '${field.name}' can not be ${verb} in a query call`, field.name);
