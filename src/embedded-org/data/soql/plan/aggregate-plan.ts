import type {
  ConditionWithValueQuery,
  FieldFunctionExpression,
  FieldType,
  FunctionExp,
  GroupByClause,
  Query,
} from '@jetstreamapp/soql-parser-js';
import type { ColumnMetadata, FieldDef, OutputRow } from '../../types.ts';
import { toWire } from '../../values.ts';
import type { Binder } from './binder.ts';
import { conditionSql } from './condition-sql.ts';
import { toConditionTree } from '../parse/condition-tree.ts';
import { aggregateOperand, functionNameOf, isAggregate, scalarOperand } from './function-sql.ts';
import { keyOf, operandOf, type Operand } from './operand.ts';
import { toColumn } from './record-plan.ts';
import type { RawRow } from '../answer/record-shape.ts';
import type { Scope } from './scope.ts';
import { contextOf, limitSql, orderSql, refuseUnless, whereSql } from './select-clauses.ts';

type Item = {
  readonly name: string;
  readonly sql: string;
  readonly field: FieldDef | undefined;
  readonly aggregate: boolean;
};

/** A planned aggregate query. */
export type AggregatePlan = {
  readonly sql: string;
  readonly binder: Binder;
  readonly columns: readonly ColumnMetadata[];
  readonly toRow: (row: RawRow) => OutputRow;
};

export const isAggregateQuery = (query: Query): boolean =>
  query.groupBy !== undefined ||
  query.having !== undefined ||
  (query.fields ?? []).some((item) => item.type === 'FieldFunctionExpression' && isAggregate(item));

/** Plans GROUP BY, HAVING and aggregate functions; every plain field has to be grouped. */
export function planAggregate(scope: Scope, query: Query): AggregatePlan {
  const groups = groupsOf(scope, query);
  const items = itemsOf(scope, query, groups);
  const aliases = aliasesOf(items);
  const having =
    query.having === undefined
      ? ''
      : ` having ${conditionSql(contextOf(scope, havingOperand(groups)), toConditionTree(scope.request.source.conditions(query.having), scope.request.errors))}`;
  const where = whereSql(scope, query.where);
  refuseUngroupedOrder(scope, query, groups, aliases);
  const order = orderSql(scope, query.orderBy, aliases);
  const limit = limitSql(scope, query);
  const groupBy = groups.size === 0 ? '' : ` group by ${[...groups.values()].map(keyOf).join(', ')}`;
  const orderBy = order.length === 0 ? '' : ` order by ${order.join(', ')}`;
  return {
    sql: `select ${items.map((item) => item.sql).join(', ')} from ${scope.from()} where ${where}${groupBy}${having}${orderBy}${limit}`,
    binder: scope.binder,
    columns: items.map((item) => toColumn(item.name, item.field, item.aggregate)),
    toRow: (row) => toAggregateRow(items, row),
  };
}

/** What sorts by the alias of a column; grouped fields are ordered by as fields. */
function aliasesOf(items: readonly Item[]): ReadonlyMap<string, string> {
  const keys = items.map((item, index) => {
    const key = item.field === undefined ? String(index + 1) : keyOf(operandOf(item.sql, item.field));
    return { item, key };
  });
  const aliased = keys.filter(({ item }) => item.aggregate || item.field?.name !== item.name);
  return new Map(aliased.map(({ item, key }) => [item.name.toLowerCase(), key]));
}

function toAggregateRow(items: readonly Item[], row: RawRow): OutputRow {
  const record: OutputRow = { attributes: { type: 'AggregateResult' } };
  const values = record as Record<string, unknown>;
  items.forEach((item, index) => {
    const value = row[index] ?? null;
    values[item.name] = item.field === undefined || value === null ? value : toWire(value, item.field);
  });
  return record;
}

/** Grouped expressions by their spelling: `owner.name`, `calendar_year(createddate)`. */
function groupsOf(scope: Scope, query: Query): Map<string, Operand> {
  const clauses = query.groupBy === undefined ? [] : Array.isArray(query.groupBy) ? query.groupBy : [query.groupBy];
  return new Map(clauses.map((clause) => groupOf(scope, clause)));
}

function groupOf(scope: Scope, clause: GroupByClause): [string, Operand] {
  scope.request.errors.about(clause);
  if ('fn' in clause) {
    const name = functionNameOf(clause.fn);
    if (name === 'ROLLUP' || name === 'CUBE') throw scope.request.errors.malformed(`unexpected token: '${name}'`, name);
    return [spelling(scope, clause.fn), scalarOperand(scope, clause.fn)];
  }
  const column = scope.column(clause.field);
  refuseUnless(scope, column, 'groupable', 'grouped');
  return [column.path.join('.').toLowerCase(), operandOf(column.sql, column.field)];
}

function spelling(scope: Scope, call: FunctionExp | FieldFunctionExpression): string {
  const parameters = (call.parameters ?? []).map((each) =>
    typeof each === 'string' ? scope.column(each).path.join('.').toLowerCase() : spelling(scope, each),
  );
  return `${functionNameOf(call).toLowerCase()}(${parameters.join(',')})`;
}

function itemsOf(scope: Scope, query: Query, groups: ReadonlyMap<string, Operand>): Item[] {
  let unnamed = 0;
  const items = (query.fields ?? []).map((item) => {
    scope.request.errors.about(item);
    if (item.type === 'FieldFunctionExpression') return functionItem(scope, item, groups, () => `expr${unnamed++}`);
    return groupedItem(scope, item, groups);
  });
  const names = new Set<string>();
  for (const { name } of items) {
    if (names.has(name.toLowerCase())) throw scope.request.errors.malformed(`duplicate alias: ${name}`, name);
    names.add(name.toLowerCase());
  }
  return items;
}

function functionItem(
  scope: Scope,
  item: FieldFunctionExpression,
  groups: ReadonlyMap<string, Operand>,
  nextName: () => string,
): Item {
  const name = item.alias ?? nextName();
  if (isAggregate(item))
    return { name, sql: aggregateOperand(scope, item).sql, field: extremeField(scope, item), aggregate: true };
  if (!groups.has(spelling(scope, item))) throw notGrouped(scope, item.rawValue ?? functionNameOf(item));
  return { name, sql: scalarOperand(scope, item).sql, field: undefined, aggregate: false };
}

/** MIN and MAX answer in the form of their field. */
function extremeField(scope: Scope, item: FieldFunctionExpression): FieldDef | undefined {
  const [parameter] = item.parameters;
  const isExtreme = ['MIN', 'MAX'].includes(functionNameOf(item));
  return isExtreme && typeof parameter === 'string' ? scope.column(parameter).field : undefined;
}

function groupedItem(scope: Scope, item: FieldType, groups: ReadonlyMap<string, Operand>): Item {
  if (item.type !== 'Field' && item.type !== 'FieldRelationship')
    throw scope.request.errors.malformed('Grouped query cannot contain subqueries');
  const path = item.type === 'Field' ? item.field : [...item.relationships, item.field].join('.');
  const column = scope.column(path);
  if (!groups.has(column.path.join('.').toLowerCase())) throw notGrouped(scope, path);
  const alias = 'alias' in item ? item.alias : undefined;
  return { name: alias ?? column.field.name, sql: column.sql, field: column.field, aggregate: false };
}

function havingOperand(groups: ReadonlyMap<string, Operand>) {
  return (scope: Scope, condition: ConditionWithValueQuery): Operand => {
    if ('fn' in condition && isAggregate(condition.fn)) return aggregateOperand(scope, condition.fn);
    const key =
      'fn' in condition
        ? spelling(scope, condition.fn)
        : 'field' in condition
          ? scope.column(condition.field).path.join('.').toLowerCase()
          : '';
    const operand = groups.get(key);
    if (operand === undefined) throw notGrouped(scope, 'field' in condition ? condition.field : key);
    return operand;
  };
}

function refuseUngroupedOrder(
  scope: Scope,
  query: Query,
  groups: ReadonlyMap<string, Operand>,
  aliases: ReadonlyMap<string, string>,
): void {
  const clauses = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  for (const clause of clauses) {
    scope.request.errors.about(clause);
    if ('fn' in clause ? isAggregate(clause.fn) : aliases.has(clause.field.toLowerCase())) continue;
    const key = 'fn' in clause ? spelling(scope, clause.fn) : scope.column(clause.field).path.join('.').toLowerCase();
    if (!groups.has(key)) {
      const name = 'fn' in clause ? (clause.fn.rawValue ?? key) : clause.field;
      throw scope.request.errors.malformed(`Ordered field must be grouped or aggregated: ${name}`, name);
    }
  }
}

const notGrouped = (scope: Scope, name: string): Error =>
  scope.request.errors.malformed(`Field must be grouped or aggregated: ${name}`, name);
