import { OrgError } from '../../data/org-error.ts';
import { runBatch } from '../batch.ts';
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
import { findRelatedList } from './related-list.ts';
import { type ColumnRequest, readRelatedListInfo, readRelatedLists } from './related-list-info.ts';
import { countRelatedRecords, readRelatedRecords, type RelatedRequest } from './related-list-records.ts';

/** Lists of the records that point at one. */
export const relatedListRoutes: readonly UiRoute[] = [
  { method: 'GET', path: 'related-list-info/:parent', handle: (call) => ok(readRelatedLists(call, parentOf(call))) },
  {
    method: 'GET',
    path: 'related-list-info/:parent/:list',
    handle: (call) => ok(info(call, param(call, 'list'), toColumnRequest(call))),
  },
  {
    method: 'GET',
    path: 'related-list-info/batch/:parent/:lists',
    handle: (call) =>
      ok(runBatch(toList(param(call, 'lists')), (list) => info(call, list, { fields: [], optionalFields: [] }))),
  },
  {
    method: 'GET',
    path: 'related-list-records/:record/:list',
    handle: (call) => ok(records(call, param(call, 'list'), Object.fromEntries(call.query))),
  },
  {
    method: 'POST',
    path: 'related-list-records/:record/:list',
    handle: (call) => ok(records(call, param(call, 'list'), bodyOf(call))),
  },
  { method: 'POST', path: 'related-list-records/batch/:record', handle: (call) => ok(batch(call)) },
  {
    method: 'GET',
    path: 'related-list-records/batch/:record/:lists',
    handle: (call) => ok(runBatch(toList(param(call, 'lists')), (list) => records(call, list, {}))),
  },
  {
    method: 'GET',
    path: 'related-list-count/:record/:list',
    handle: (call) => ok(count(call, param(call, 'list'))),
  },
  {
    method: 'GET',
    path: 'related-list-count/batch/:record/:lists',
    handle: (call) => ok(runBatch(toList(param(call, 'lists')), (list) => count(call, list))),
  },
];

function parentOf(call: UiCall): ReturnType<typeof findServed> {
  const parent = findServed(call.org, param(call, 'parent'));
  assertObjectAccess(call.user, parent);
  return parent;
}

const info = (call: UiCall, list: string, columns: ColumnRequest): unknown =>
  readRelatedListInfo(call.org, call.user, findRelatedList(call.org, call.user, parentOf(call), list), columns);

const toColumnRequest = ({ query }: UiCall): ColumnRequest => ({
  fields: toList(query.get('fields')),
  optionalFields: toList(query.get('optionalFields')),
});

const count = (call: UiCall, list: string): unknown =>
  countRelatedRecords(call.org, call.user, param(call, 'record'), list);

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 1_999;

function records(call: UiCall, list: string, given: Readonly<Record<string, unknown>>): unknown {
  const record = param(call, 'record');
  const pageSize = wholeNumber('pageSize', given['pageSize'], DEFAULT_PAGE_SIZE, 1, LARGEST_PAGE_SIZE);
  const request: RelatedRequest = {
    fields: listOf(given['fields']),
    optionalFields: listOf(given['optionalFields']),
    pageSize,
    pageToken: textOf(given['pageToken']),
    sortBy: listOf(given['sortBy']),
    where: textOf(given['where']),
  };
  const page = readRelatedRecords(call.org, call.user, record, list, request);
  const urlOf = (token: string | null): string | null =>
    token && uiPath(call, `related-list-records/${record}/${list}?pageSize=${pageSize}&pageToken=${token}`);
  return {
    ...page,
    currentPageUrl: urlOf(page.currentPageToken),
    nextPageUrl: urlOf(page.nextPageToken),
    previousPageUrl: urlOf(page.previousPageToken),
  };
}

/** `{ relatedListParameters: [{ relatedListId, fields, … }] }` */
function batch(call: UiCall): unknown {
  const { relatedListParameters } = bodyOf(call);
  if (!Array.isArray(relatedListParameters))
    throw new OrgError('JSON_PARSER_ERROR', 'The request body must have an array "relatedListParameters".');
  return runBatch(relatedListParameters as readonly Record<string, unknown>[], (given) =>
    records(call, textOf(given['relatedListId']) ?? '', given),
  );
}
