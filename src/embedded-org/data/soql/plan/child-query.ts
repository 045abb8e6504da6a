import type { Subquery } from '@jetstreamapp/soql-parser-js';
import { quoteName } from '../../quote-name.ts';
import type { ChildRelationship, ColumnMetadata, ObjectDef, QueryResult } from '../../types.ts';
import { refuseAggregates } from '../rules/aggregate-rules.ts';
import { checkActivityList } from '../rules/activity-list-rules.ts';
import { Binder } from './binder.ts';
import { ChildRows } from '../answer/child-rows.ts';
import { PlanOfNow } from './plan-of-now.ts';
import { INNER_SCOPES, refuseUnsupported } from '../rules/refuse-unsupported.ts';
import { RecordReader, type LoadChildren, type PlannedRecords, type RawRow } from '../answer/record-shape.ts';
import { Scope, type QueryRequest } from './scope.ts';
import { limitSql, orderSql, whereSql } from './select-clauses.ts';

/** More children than any record has. */
const MOST_ROWS = 2 ** 31;

type ChildQuery = { readonly key: string; readonly columns: readonly ColumnMetadata[]; readonly load: LoadChildren };
type PlanRecords = (scope: Scope, query: Subquery) => PlannedRecords;

/** Rows with the parent and the number of its children behind the selected columns. */
type ReadChildren = (parentIds: readonly string[], offset: number, limit: number) => readonly RawRow[];
type ChildPlan = {
  readonly key: string;
  readonly objectName: string;
  readonly records: PlannedRecords;
  readonly read: ReadChildren;
};

/**
 * Plans `(SELECT … FROM CampaignMembers)`.
 *
 * One statement reads the children of a whole page of parents; LIMIT and OFFSET count within each parent.
 */
export function childLoader(outer: Scope, subquery: Subquery, planRecords: PlanRecords): ChildQuery {
  const plan = new PlanOfNow(outer.request, (request) => planChildren(request, outer, subquery, planRecords));
  return plan.read(({ key, records }) => ({ key, columns: records.columns, load: loaderOf(plan, outer.object.name) }));
}

function planChildren(request: QueryRequest, outer: Scope, subquery: Subquery, planRecords: PlanRecords): ChildPlan {
  const { errors, apiVersion } = request;
  refuseUnsupported(errors, subquery, INNER_SCOPES);
  const { relation, object, key } = findChildren(request, outer.object.name, subquery);
  const level = outer.level + 1;
  errors.about(subquery);
  request.relationships.addChild(errors, level, apiVersion, key);
  refuseAggregates(errors, subquery);
  checkActivityList(request, object, key, level, subquery);
  const scope = new Scope(request, new Binder(), object, { object: subquery.sObjectAlias, level });
  const records = planRecords(scope, subquery);
  return { key, objectName: object.name, records, read: childReader(scope, relation, subquery, records) };
}

function childReader(
  scope: Scope,
  relation: ChildRelationship,
  subquery: Subquery,
  records: PlannedRecords,
): ReadChildren {
  const { binder } = scope;
  const parent = `${scope.alias}.${quoteName(relation.field)}`;
  const order = [...orderSql(scope, subquery.orderBy), `${scope.alias}._row`].join(', ');
  const where = whereSql(scope, subquery.where, 'child');
  limitSql(scope, subquery);
  const skipped = binder.bind(subquery.offset ?? 0);
  const wanted = binder.bind(subquery.limit ?? MOST_ROWS);
  const names = records.selected.map((sql, index) => `${sql} as c${index}`);
  const [parents, from, to] = [binder.bind(null), binder.bind(null), binder.bind(null)];
  const sql = `select * from (select ${names.join(', ')}, ${parent} as parent,
    min(${wanted}, count(*) over (partition by ${parent}) - ${skipped}) as size,
    row_number() over (partition by ${parent} order by ${order}) - ${skipped} as place
    from ${scope.from()} where ${parent} in (select value from json_each(${parents})) and ${where})
    where place > ${from} and place <= min(${wanted}, ${to}) order by parent, place`;
  const statement = scope.request.core.db.prepare(sql);
  statement.setReturnArrays(true);
  return (parentIds, offset, limit) => {
    const until = Math.min(offset + limit, MOST_ROWS);
    const values = binder.valuesWith({ [parents]: JSON.stringify(parentIds), [from]: offset, [to]: until });
    return statement.all(...values) as unknown as RawRow[];
  };
}

function loaderOf(plan: PlanOfNow<ChildPlan>, parentName: string): LoadChildren {
  return (parentIds, limit) =>
    plan.read(({ records: { root, selected }, read }, request) => {
      const rows = read(parentIds, 0, limit);
      const records = readerOf(request).readAll(root, rows, limit);
      const [parentAt, sizeAt] = [selected.length, selected.length + 1];
      const places = Map.groupBy(rows.keys(), (place) => String(rows[place]?.[parentAt]));
      return new Map(
        [...places].map(([parentId, own]) => {
          const all = childrenOf(plan, parentName, parentId, Number(rows[own[0] ?? 0]?.[sizeAt]));
          return [parentId, new ChildRows(records.slice(own[0], (own.at(-1) ?? 0) + 1), all)];
        }),
      );
    });
}

const readerOf = ({ core, apiVersion }: QueryRequest): RecordReader => new RecordReader(core.schema, apiVersion);

/** All children of one record; none of them once the user may no longer see the record itself. */
function childrenOf(plan: PlanOfNow<ChildPlan>, parentName: string, parentId: string, totalSize: number): QueryResult {
  return plan.read(({ objectName, records: { columns } }) => ({
    objectName,
    totalSize,
    kind: 'records',
    columns,
    page: (offset, limit, childLimit) =>
      plan.read(({ records: { root }, read }, request) =>
        isThere(request, parentName, parentId)
          ? readerOf(request).readAll(root, read([parentId], offset, limit), childLimit)
          : [],
      ),
  }));
}

function isThere(request: QueryRequest, objectName: string, id: string): boolean {
  const object = request.core.schema.find(objectName);
  if (object === undefined || !request.user.access.object(objectName).read) return false;
  const scope = new Scope(request, new Binder(), object);
  const where = `${scope.alias}."Id" = ${scope.binder.bind(id)} and ${scope.visible()}`;
  const statement = request.core.db.prepare(`select 1 from ${scope.from()} where ${where}`);
  return statement.get(...scope.binder.values) !== undefined;
}

function findChildren(
  request: QueryRequest,
  parentName: string,
  subquery: Subquery,
): { relation: ChildRelationship; object: ObjectDef; key: string } {
  const { schema } = request.core;
  const name = subquery.relationshipName;
  for (const relation of schema.children(parentName)) {
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
