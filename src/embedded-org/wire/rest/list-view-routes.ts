import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef, OutputRow } from '../../data/types.ts';
import { listViewsOf } from '../../ui-api/lists/find-list-view.ts';
import { fieldAt, listCondition } from '../../ui-api/lists/list-condition.ts';
import { toColumns } from '../../ui-api/lists/list-info.ts';
import type { ListView } from '../../ui-api/lists/list-view.ts';
import { basePath, notFound, ok, param, type RestAnswer, type RestCall, type RestRoute } from '../../http/rest-call.ts';
import { objectOf } from './sobject-routes.ts';

const DEFAULT_ROWS = 25;
const MOST_ROWS = 2_000;

/** List views of an object, their definition and their rows; the same views as those of UI API. */
export const listViewRoutes: readonly RestRoute[] = [
  { method: 'GET', path: 'sobjects/:object/listviews', handle: list },
  { method: 'GET', path: 'sobjects/:object/listviews/:id', handle: (call) => ok(summary(call, viewOf(call))) },
  { method: 'GET', path: 'sobjects/:object/listviews/:id/describe', handle: describe },
  { method: 'GET', path: 'sobjects/:object/listviews/:id/results', handle: results },
];

/** The query behind a list view as its rows are read for a user. */
export function listViewQuery(call: RestCall, object: ObjectDef, view: ListView): string {
  const { org } = call.wire;
  const paths = toColumns(org, call.user, object, view.columns).map((column) => column.fieldApiName);
  const fields = [...new Set([...paths, 'Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'])];
  const condition = listCondition(org.core.schema, call.user, object, view);
  const order = view.order.map(({ path, descending }) => `${path} ${descending ? 'DESC' : 'ASC'} NULLS FIRST`);
  const where = condition === undefined ? '' : ` WHERE ${condition}`;
  return `SELECT ${fields.join(', ')} FROM ${object.name}${where} ORDER BY ${[...order, 'Id ASC NULLS FIRST'].join(', ')}`;
}

function list(call: RestCall): RestAnswer {
  const object = listedObject(call);
  const views = listViewsOf(call.wire.org, object);
  return ok({
    done: true,
    listviews: views.map((view) => summary(call, view)),
    nextRecordsUrl: null,
    size: views.length,
    sobjectType: object.name,
  });
}

function summary(call: RestCall, { id, name, label, objectName }: ListView): object {
  const url = `${basePath(call)}/sobjects/${objectName}/listviews/${id}`;
  return {
    describeUrl: `${url}/describe`,
    developerName: name,
    id,
    label,
    resultsUrl: `${url}/results`,
    soqlCompatible: true,
    url,
  };
}

function describe(call: RestCall): RestAnswer {
  const object = listedObject(call);
  const view = viewOf(call);
  return ok({
    columns: columns(call, object, view),
    id: view.id,
    orderBy: [...view.order, { path: 'Id', descending: false }].map(({ path, descending }) => ({
      fieldNameOrPath: path,
      nullsPosition: 'first',
      sortDirection: descending ? 'descending' : 'ascending',
    })),
    query: listViewQuery(call, object, view),
    relatedEntityId: null,
    scope: view.mine ? 'mine' : 'everything',
    scopeEntityId: null,
    sobjectType: object.name,
    whereCondition: {
      conditions: view.filters.map(({ path, operator, values }) => ({ field: path, operator, values })),
      conjunction: view.logic ?? 'and',
    },
  });
}

function columns(call: RestCall, object: ObjectDef, view: ListView): readonly object[] {
  const { org } = call.wire;
  const sorted = new Map(view.order.map(({ path, descending }, index) => [path, { descending, index }]));
  return toColumns(org, call.user, object, view.columns).map(({ fieldApiName, label, sortable }) => {
    const order = sorted.get(fieldApiName);
    return {
      ascendingLabel: null,
      descendingLabel: null,
      fieldNameOrPath: fieldApiName,
      hidden: false,
      label,
      selectListItem: fieldApiName,
      sortDirection: order && (order.descending ? 'descending' : 'ascending'),
      sortIndex: order?.index ?? null,
      sortable,
      type: fieldAt(org.core.schema, object, fieldApiName)?.type ?? 'string',
    };
  });
}

function results(call: RestCall): RestAnswer {
  const object = listedObject(call);
  const view = viewOf(call);
  const [limit, offset] = [readCount(call, 'limit', DEFAULT_ROWS), readCount(call, 'offset', 0)];
  const options = { includeDeleted: false, apiVersion: call.version };
  const found = call.wire.org.query(call.user, listViewQuery(call, object, view), options);
  const shown = columns(call, object, view) as readonly { readonly fieldNameOrPath: string }[];
  const paths = [...new Set([...shown.map((column) => column.fieldNameOrPath), 'Id'])];
  const rows = found.page(offset, Math.min(limit, MOST_ROWS));
  return ok({
    columns: shown,
    developerName: view.name,
    done: offset + rows.length >= found.totalSize,
    id: view.id,
    label: view.label,
    records: rows.map((row) => ({
      columns: paths.map((path) => ({ fieldNameOrPath: path, value: valueAt(row, path) })),
    })),
    size: rows.length,
  });
}

/** Values of a list view are text whatever their type. */
function valueAt(row: OutputRow, path: string): string | null {
  let value: unknown = row;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function readCount(call: RestCall, name: string, otherwise: number): number {
  const text = call.query.get(name);
  const count = Number(text ?? otherwise);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new OrgError('INVALID_INPUT', `${name} must be a number, not ${text}`, 400);
}

function listedObject(call: RestCall): ObjectDef {
  const object = objectOf(call);
  if (object.setup) throw notFound();
  return object;
}

function viewOf(call: RestCall): ListView {
  const id = toId18(param(call, 'id'));
  const view = listViewsOf(call.wire.org, listedObject(call)).find((each) => each.id === id);
  if (!view) throw notFound();
  return view;
}
