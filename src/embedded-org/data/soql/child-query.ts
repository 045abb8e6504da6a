import type { Subquery } from '@jetstreamapp/soql-parser-js';
import { quoteName } from '../quote-name.ts';
import type { ChildRelationship, ColumnMetadata, ObjectDef, OutputRow } from '../types.ts';
import { refuseAggregates } from './aggregate-rules.ts';
import { checkActivityList } from './activity-list-rules.ts';
import { Binder } from './binder.ts';
import { INNER_SCOPES, refuseUnsupported } from './refuse-unsupported.ts';
import { RecordReader, type LoadChildren, type PlannedRecords, type RawRow } from './record-shape.ts';
import { Scope, type QueryRequest } from './scope.ts';
import { limitSql, orderSql, whereSql } from './select-clauses.ts';

type ChildQuery = { readonly key: string; readonly columns: readonly ColumnMetadata[]; readonly load: LoadChildren };

/**
 * Plans `(SELECT … FROM CampaignMembers)`.
 *
 * One statement reads the children of a whole page of parents; LIMIT and OFFSET count within each parent.
 */
export function childLoader(
  outer: Scope,
  subquery: Subquery,
  planRecords: (scope: Scope, query: Subquery) => PlannedRecords,
): ChildQuery {
  const { request } = outer;
  refuseUnsupported(request.errors, subquery, INNER_SCOPES);
  const { relation, object, key } = findChildren(request, outer.object, subquery.relationshipName);
  const level = outer.level + 1;
  request.relationships.addChild(request.errors, level, request.apiVersion, key);
  refuseAggregates(request.errors, subquery);
  checkActivityList(request, object, key, subquery);
  const binder = new Binder();
  const scope = new Scope(request, binder, object, { object: subquery.sObjectAlias, level });
  const plan = planRecords(scope, subquery);
  const parentColumn = `${scope.alias}.${quoteName(relation.field)}`;
  const order = [...orderSql(scope, subquery.orderBy), `${scope.alias}._row`].join(', ');
  const where = whereSql(scope, subquery.where, 'child');
  limitSql(scope, subquery);
  const first = binder.bind(subquery.offset ?? 0);
  const last = binder.bind(subquery.limit === undefined ? null : (subquery.offset ?? 0) + subquery.limit);
  const names = plan.selected.map((sql, index) => `${sql} as c${index}`);
  const parents = binder.bind(null);
  const sql = `select * from (select ${names.join(', ')}, ${parentColumn} as parent,
    row_number() over (partition by ${parentColumn} order by ${order}) as place
    from ${scope.from()} where ${parentColumn} in (select value from json_each(${parents})) and ${where})
    where place > ${first} and (${last} is null or place <= ${last}) order by parent, place`;
  const reader = new RecordReader(request.core.schema, request.apiVersion);
  const statement = request.core.db.prepare(sql);
  statement.setReturnArrays(true);
  const load: LoadChildren = (parentIds) => {
    const rows = statement.all(...binder.values.slice(0, -1), JSON.stringify(parentIds)) as unknown as RawRow[];
    return groupByParent(reader.readAll(plan.root, rows), rows, plan.selected.length);
  };
  return { key, columns: plan.columns, load };
}

function groupByParent(
  records: readonly OutputRow[],
  rows: readonly RawRow[],
  parentIndex: number,
): Map<string, OutputRow[]> {
  const groups = new Map<string, OutputRow[]>();
  rows.forEach((row, index) => {
    const record = records[index];
    if (record === undefined) return;
    const parent = String(row[parentIndex]);
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, [record]);
    else group.push(record);
  });
  return groups;
}

function findChildren(
  request: QueryRequest,
  parent: ObjectDef,
  name: string,
): { relation: ChildRelationship; object: ObjectDef; key: string } {
  const { schema } = request.core;
  for (const relation of schema.children(parent.name)) {
    const object = schema.find(relation.childSObject);
    if (object === undefined || relation.relationshipName === undefined) continue;
    const key = relation.relationshipName;
    if (key.toLowerCase() !== name.toLowerCase()) continue;
    const { access } = request.user;
    if (access.object(object.name).read && access.field(object.name, relation.field).read)
      return { relation, object, key };
  }
  throw request.errors.noSuchChildren(name);
}
