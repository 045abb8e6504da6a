import type { Subquery } from '@jetstreamapp/soql-parser-js';
import { quoteName } from '../quote-name.ts';
import { readAs } from '../formula/formula-viewer.ts';
import type { ChildRelationship, ColumnMetadata, ObjectDef, QueryResult } from '../types.ts';
import { refuseAggregates } from './aggregate-rules.ts';
import { checkActivityList } from './activity-list-rules.ts';
import { Binder } from './binder.ts';
import { ChildRows } from './child-rows.ts';
import { INNER_SCOPES, refuseUnsupported } from './refuse-unsupported.ts';
import { RecordReader, type LoadChildren, type PlannedRecords, type RawRow } from './record-shape.ts';
import { Scope, type QueryRequest } from './scope.ts';
import { limitSql, orderSql, whereSql } from './select-clauses.ts';

/** More children than any record has. */
const MOST_ROWS = 2 ** 31;

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
  const { relation, object, key } = findChildren(request, outer.object, subquery);
  const level = outer.level + 1;
  request.errors.about(subquery);
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
  const skipped = binder.bind(subquery.offset ?? 0);
  const wanted = binder.bind(subquery.limit ?? MOST_ROWS);
  const names = plan.selected.map((sql, index) => `${sql} as c${index}`);
  const [parents, from, to] = [binder.bind(null), binder.bind(null), binder.bind(null)];
  const sql = `select * from (select ${names.join(', ')}, ${parentColumn} as parent,
    min(${wanted}, count(*) over (partition by ${parentColumn}) - ${skipped}) as size,
    row_number() over (partition by ${parentColumn} order by ${order}) - ${skipped} as place
    from ${scope.from()} where ${parentColumn} in (select value from json_each(${parents})) and ${where})
    where place > ${from} and place <= min(${wanted}, ${to}) order by parent, place`;
  const constants = binder.values.slice(0, -3);
  const statement = request.core.db.prepare(sql);
  statement.setReturnArrays(true);
  const read: ReadChildren = (parentIds, offset, limit) => {
    const until = Math.min(offset + limit, MOST_ROWS);
    return statement.all(...constants, JSON.stringify(parentIds), offset, until) as unknown as RawRow[];
  };
  return { key, columns: plan.columns, load: loaderOf(request, object.name, plan, read) };
}

/** Rows with the parent and the number of its children behind the selected columns. */
type ReadChildren = (parentIds: readonly string[], offset: number, limit: number) => readonly RawRow[];

function loaderOf(request: QueryRequest, objectName: string, plan: PlannedRecords, read: ReadChildren): LoadChildren {
  const { core, user, apiVersion } = request;
  const reader = new RecordReader(core.schema, apiVersion);
  const { root, columns } = plan;
  const [parentAt, sizeAt] = [plan.selected.length, plan.selected.length + 1];
  const allOf = (parentId: string, totalSize: number): QueryResult => ({
    objectName,
    totalSize,
    kind: 'records',
    columns,
    page: (offset, limit, childLimit) =>
      readAs(core, user, () => reader.readAll(root, read([parentId], offset, limit), childLimit)),
  });
  return (parentIds, limit) => {
    const rows = read(parentIds, 0, limit);
    const records = reader.readAll(root, rows, limit);
    const places = Map.groupBy(rows.keys(), (place) => String(rows[place]?.[parentAt]));
    return new Map(
      [...places].map(([parentId, own]) => {
        const all = allOf(parentId, Number(rows[own[0] ?? 0]?.[sizeAt]));
        return [parentId, new ChildRows(records.slice(own[0], (own.at(-1) ?? 0) + 1), all)];
      }),
    );
  };
}

function findChildren(
  request: QueryRequest,
  parent: ObjectDef,
  subquery: Subquery,
): { relation: ChildRelationship; object: ObjectDef; key: string } {
  const { schema } = request.core;
  const name = subquery.relationshipName;
  for (const relation of schema.children(parent.name)) {
    const object = schema.find(relation.childSObject);
    if (object === undefined || relation.relationshipName === undefined) continue;
    const key = relation.relationshipName;
    if (key.toLowerCase() !== name.toLowerCase()) continue;
    const { access } = request.user;
    if (access.object(object.name).read && access.field(object.name, relation.field).read)
      return { relation, object, key };
  }
  throw request.errors.about(subquery).noSuchChildren(name);
}
