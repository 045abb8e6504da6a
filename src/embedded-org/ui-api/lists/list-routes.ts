import { OrgError } from '../../data/org-error.ts';
import { runBatch } from '../batch.ts';
import { etagOf } from '../etag.ts';
import { assertObjectAccess } from '../read-record.ts';
import { findServed } from '../supported-objects.ts';
import {
  bodyOf,
  listOf,
  ok,
  param,
  textOf,
  toList,
  type UiCall,
  type UiRoute,
  uiPath,
  wholeNumber,
} from '../ui-route.ts';
import { findListView, findListViewById, listViewsOf } from './find-list-view.ts';
import { readListInfo } from './list-info.ts';
import { type ListRequest, readList } from './list-records.ts';
import type { ListView } from './list-view.ts';

/** List views: which there are, what they show, and their records. */
export const listRoutes: readonly UiRoute[] = [
  {
    method: 'GET',
    path: 'list-info/:list',
    handle: (call) =>
      ok(isListViewId(param(call, 'list')) ? readListInfo(call.org, call.user, byId(call)) : summaries(call, 'url')),
  },
  {
    method: 'GET',
    path: 'list-info/batch',
    handle: (call) => ok(runBatch(toList(call.query.get('names')), (name) => infoOfName(call, name))),
  },
  {
    method: 'GET',
    path: 'list-info/:list/:name',
    handle: (call) => ok(readListInfo(call.org, call.user, byName(call))),
  },
  {
    method: 'GET',
    path: 'list-ui/:list',
    handle: (call) => ok(isListViewId(param(call, 'list')) ? listUi(call, byId(call)) : summaries(call, 'listUiUrl')),
  },
  { method: 'GET', path: 'list-ui/:list/:name', handle: (call) => ok(listUi(call, byName(call))) },
  { method: 'GET', path: 'list-records/:list', handle: (call) => ok(records(call, byId(call))) },
  { method: 'POST', path: 'list-records/:list', handle: (call) => ok(records(call, byId(call))) },
  { method: 'GET', path: 'list-records/:list/:name', handle: (call) => ok(records(call, byName(call))) },
  { method: 'POST', path: 'list-records/:list/:name', handle: (call) => ok(records(call, byName(call))) },
];

const isListViewId = (text: string): boolean => /^00B\w{12}(\w{3})?$/.test(text);

const byId = (call: UiCall): ListView => findListViewById(call.org, param(call, 'list'));

function byName(call: UiCall): ListView {
  const object = findServed(call.org, param(call, 'list'));
  assertObjectAccess(call.user, object);
  return findListView(call.org, object, param(call, 'name'));
}

/** `Lead.AllOpenLeads` */
function infoOfName(call: UiCall, name: string): unknown {
  const [objectName = '', viewName = ''] = name.split('.');
  return readListInfo(call.org, call.user, findListView(call.org, findServed(call.org, objectName), viewName));
}

function listUi(call: UiCall, view: ListView): unknown {
  const { info, records } = readList(call.org, call.user, view, toListRequest(call));
  const body = { info, records: withUrls(call, records) };
  return { ...body, eTag: etagOf(body) };
}

const records = (call: UiCall, view: ListView): unknown =>
  withUrls(call, readList(call.org, call.user, view, toListRequest(call)).records);

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 2_000;

/** What a page of a list is asked for by, in the query of a GET or the body of a POST. */
function toListRequest(call: UiCall): ListRequest {
  const given: Readonly<Record<string, unknown>> =
    call.method === 'POST' ? bodyOf(call) : Object.fromEntries(call.query);
  const text = (name: string): string | undefined => textOf(given[name]);
  return {
    fields: listOf(given['fields']),
    optionalFields: listOf(given['optionalFields']),
    pageSize: wholeNumber('pageSize', given['pageSize'], DEFAULT_PAGE_SIZE, 1, LARGEST_PAGE_SIZE),
    pageToken: text('pageToken'),
    searchTerm: text('searchTerm'),
    sortBy: listOf(given['sortBy']),
    where: text('where'),
  };
}

type Paged = {
  readonly currentPageToken: string;
  readonly nextPageToken: string | null;
  readonly previousPageToken: string | null;
  readonly pageSize: number;
  readonly listReference: { readonly id: string };
};

function withUrls<T extends Paged>(call: UiCall, page: T): T & Record<string, unknown> {
  const urlOf = (token: string | null): string | null =>
    token && uiPath(call, `list-records/${page.listReference.id}?pageSize=${page.pageSize}&pageToken=${token}`);
  return {
    ...page,
    currentPageUrl: urlOf(page.currentPageToken),
    nextPageUrl: urlOf(page.nextPageToken),
    previousPageUrl: urlOf(page.previousPageToken),
  };
}

const DEFAULT_SUMMARIES = 20;

/** The list views of an object by label. */
function summaries(call: UiCall, urlName: 'url' | 'listUiUrl'): unknown {
  const { org, user, query } = call;
  const object = findServed(org, param(call, 'list'));
  assertObjectAccess(user, object);
  if (query.get('recentListsOnly') === 'true') {
    throw new OrgError('ILLEGAL_QUERY_PARAMETER_VALUE', 'Which lists a user opened is not recorded here.');
  }
  const pageSize = wholeNumber('pageSize', query.get('pageSize'), DEFAULT_SUMMARIES, 1, LARGEST_PAGE_SIZE);
  const offset = wholeNumber('pageToken', query.get('pageToken'), 0, 0, LARGEST_PAGE_SIZE);
  const wanted = (query.get('q') ?? '').toLowerCase().replaceAll('*', '');
  const all = listViewsOf(org, object).filter(({ label }) => label.toLowerCase().includes(wanted));
  const lists = all.slice(offset, offset + pageSize).map(({ id, name: apiName, label }) => {
    const path = urlName === 'url' ? `list-info/${id}` : `list-ui/${id}`;
    return { apiName, id, label, [urlName]: uiPath(call, path) };
  });
  const body = {
    count: lists.length,
    currentPageToken: String(offset),
    lists,
    nextPageToken: all.length > offset + pageSize ? String(offset + pageSize) : null,
    objectApiName: object.name,
    pageSize,
    previousPageToken: offset > 0 ? String(Math.max(0, offset - pageSize)) : null,
    queryString: query.get('q'),
    recentListsOnly: false,
  };
  return { ...body, eTag: etagOf(body) };
}
