import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ColumnMetadata, QueryResult } from '../../data/types.ts';
import { findListViewById } from '../../ui-api/lists/find-list-view.ts';
import { findServed } from '../../ui-api/supported-objects.ts';
import { addChildLocators, childPageSize } from './child-pages.ts';
import { explainBody } from './explain-query.ts';
import { listViewQuery } from './list-view-routes.ts';
import { basePath, header, ok, param, type RestAnswer } from '../../http/rest-call.ts';
import type { WireCall, WireRoute } from '../wire-context.ts';

/** SOQL queries and their further pages. */
export const queryRoutes: readonly WireRoute[] = [
  { method: 'GET', path: 'query', handle: (call) => runQuery(call, false) },
  { method: 'GET', path: 'queryAll', handle: (call) => runQuery(call, true) },
  { method: 'GET', path: 'query/:locator', handle: nextPage },
  { method: 'GET', path: 'queryAll/:locator', handle: nextPage },
];

/** Answers a query; `check` may refuse the object it reads. */
export function runQuery(
  call: WireCall,
  includeDeleted: boolean,
  check: (objectName: string) => void = () => undefined,
): RestAnswer {
  const explained = toExplainedQuery(call);
  const soql = explained ?? call.query.get('q');
  if (soql === null || soql.trim() === '') {
    throw new OrgError('MALFORMED_QUERY', 'A query string has to be specified', 400);
  }
  const result = call.wire.org.query(call.user, soql, { includeDeleted, apiVersion: call.version });
  check(result.objectName);
  if (explained !== null) return ok(explainBody(call, soql, result));
  if (call.query.get('columns') === 'true') return ok(columnsBody(call, result, soql));
  if (result.kind === 'count') return ok({ totalSize: result.totalSize, done: true, records: [] });
  return ok(pageBody(call, result, 0, undefined));
}

/** A query to be explained, given as SOQL or as the id of a list view. */
function toExplainedQuery(call: WireCall): string | null {
  const explained = call.query.get('explain');
  const id = explained === null ? undefined : toId18(explained.trim());
  if (id === undefined) return explained;
  const view = findListViewById(call.wire.org, id);
  return listViewQuery(call, findServed(call.wire.org, view.objectName), view);
}

function nextPage(call: WireCall): RestAnswer {
  const [, id, offset] = /^(\w{15,18})-(\d+)$/.exec(param(call, 'locator')) ?? [];
  if (id === undefined || offset === undefined) {
    throw new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator', 400);
  }
  const result = call.wire.locators.get(call.user.userId, id);
  return ok(pageBody(call, result, Number(offset), id));
}

/** One page; a next one gets a locator, whose position is the row it continues at, so that a page can be read again. */
function pageBody(call: WireCall, result: QueryResult, offset: number, locator: string | undefined): object {
  const size = pageSize(call);
  const { locators, settings } = call.wire;
  const records = result.page(offset, size, childPageSize(size));
  addChildLocators(locators, call.user.userId, records, (child) => `${basePath(call)}/query/${child}`);
  // Rows that were deleted meanwhile shorten a page; they must not hold the next one back.
  const next = offset + size;
  const done = next >= result.totalSize;
  if (done) return { totalSize: result.totalSize, done, records };
  const id = locator ?? locators.open(call.user.userId, result, settings.locatorsPerUser);
  const nextRecordsUrl = `${basePath(call)}/query/${id}-${next}`;
  return { totalSize: result.totalSize, done, nextRecordsUrl, records };
}

/** Clients may ask for 200 to 2,000 rows; a setting below 200 is for tests and wins. */
function pageSize(call: WireCall): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(header(call, 'sforce-query-options') ?? '')?.[1];
  const { queryPageSize } = call.wire.settings;
  if (asked === undefined) return queryPageSize;
  return Math.min(queryPageSize, Math.max(200, Number(asked)));
}

function columnsBody(call: WireCall, result: QueryResult, soql: string): object {
  const object = call.wire.org.core.schema.find(result.objectName);
  return {
    columnMetadata: result.columns.map(columnBody),
    entityName: result.objectName,
    groupBy: /\bgroup\s+by\b/i.test(soql),
    idSelected: result.columns.some((column) => column.columnName.toLowerCase() === 'id'),
    keyPrefix: object?.keyPrefix ?? null,
  };
}

function columnBody(column: ColumnMetadata): object {
  const { field } = column;
  const type = field?.type;
  return {
    aggregate: column.aggregate,
    apexType: apexType(type),
    booleanType: type === 'boolean',
    columnName: column.columnName,
    custom: field?.custom ?? false,
    displayName: column.displayName,
    foreignKeyName: field?.relationshipName ?? null,
    insertable: field?.createable ?? false,
    joinColumns: column.joinColumns.map(columnBody),
    numberType: type === 'int' || type === 'double' || type === 'currency' || type === 'percent',
    textType: type !== undefined && TEXT_TYPES.has(type),
    updatable: field?.updateable ?? false,
  };
}

const TEXT_TYPES: ReadonlySet<string> = new Set([
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'multipicklist',
  'combobox',
]);

function apexType(type: string | undefined): string {
  if (type === undefined) return 'unknown';
  const names: Record<string, string> = {
    id: 'Id',
    reference: 'Id',
    boolean: 'Boolean',
    int: 'Integer',
    double: 'Double',
    currency: 'Double',
    percent: 'Double',
    date: 'Date',
    datetime: 'Datetime',
    time: 'Time',
    address: 'System.Address',
  };
  return names[type] ?? 'String';
}
