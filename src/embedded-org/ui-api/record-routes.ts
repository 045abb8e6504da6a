import { OrgError } from '../data/org-error.ts';
import { runBatch } from './batch.ts';
import { readObjectDirectory, readObjectInfo } from './object-info.ts';
import { readAllPicklistValues, readPicklistValues } from './picklist-values.ts';
import { readRecord, type RecordRequest } from './read-record.ts';
import { readCloneDefaults, readCreateDefaults } from './record-defaults.ts';
import { readRecordUi } from './record-ui.ts';
import { findServed } from './supported-objects.ts';
import { readUiLayout, toLayoutModes, toLayoutTypes } from './ui-layout.ts';
import { bodyOf, ok, param, toList, type UiCall, type UiRoute } from './ui-route.ts';
import { createRecord, deleteRecord, updateRecord } from './write-record.ts';
import { assertObjectAccess } from './read-record.ts';

/** Records, and what pages must know to show and change them. */
export const recordRoutes: readonly UiRoute[] = [
  {
    method: 'GET',
    path: 'records/:id',
    handle: (call) => ok(readRecord(call.org, call.user, param(call, 'id'), toRecordRequest(call))),
  },
  {
    method: 'GET',
    path: 'records/batch/:ids',
    handle: (call) =>
      ok(runBatch(toList(param(call, 'ids')), (id) => readRecord(call.org, call.user, id, toRecordRequest(call)))),
  },
  {
    method: 'POST',
    path: 'records',
    handle: (call) => ({ status: 201, body: createRecord(call.org, call.user, bodyOf(call)) }),
  },
  {
    method: 'PATCH',
    path: 'records/:id',
    handle: (call) =>
      ok(updateRecord(call.org, call.user, param(call, 'id'), bodyOf(call), call.headers['if-unmodified-since'])),
  },
  {
    method: 'DELETE',
    path: 'records/:id',
    handle: (call) => {
      deleteRecord(call.org, call.user, param(call, 'id'));
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: 'record-ui/:ids',
    handle: (call) =>
      ok(
        readRecordUi(call.org, call.user, {
          recordIds: toList(param(call, 'ids')),
          layoutTypes: toLayoutTypes(toList(call.query.get('layoutTypes') ?? 'Full')),
          modes: toLayoutModes(toList(call.query.get('modes') ?? 'View')),
          optionalFields: toList(call.query.get('optionalFields')),
        }),
      ),
  },
  {
    method: 'GET',
    path: 'record-defaults/create/:object',
    handle: (call) => ok(createDefaults(call)),
  },
  {
    method: 'GET',
    path: 'record-defaults/clone/:id',
    handle: (call) =>
      ok(readCloneDefaults(call.org, call.user, param(call, 'id'), toList(call.query.get('optionalFields')))),
  },
  { method: 'GET', path: 'layout/:object', handle: (call) => ok(layoutOf(call)) },
  { method: 'GET', path: 'object-info', handle: (call) => ok(readObjectDirectory(call)) },
  {
    method: 'GET',
    path: 'object-info/:object',
    handle: (call) => ok(readObjectInfo(call.org, call.user, param(call, 'object'))),
  },
  {
    method: 'GET',
    path: 'object-info/batch/:objects',
    handle: (call) => ok(runBatch(toList(param(call, 'objects')), (name) => readObjectInfo(call.org, call.user, name))),
  },
  {
    method: 'GET',
    path: 'object-info/:object/picklist-values/:recordTypeId',
    handle: (call) => ok(readAllPicklistValues(call, param(call, 'object'), param(call, 'recordTypeId'))),
  },
  {
    method: 'GET',
    path: 'object-info/:object/picklist-values/:recordTypeId/:field',
    handle: (call) =>
      ok(readPicklistValues(call, param(call, 'object'), param(call, 'recordTypeId'), param(call, 'field'))),
  },
];

function toRecordRequest({ query }: UiCall): RecordRequest {
  const request = {
    fields: toList(query.get('fields')),
    optionalFields: toList(query.get('optionalFields')),
    layoutTypes: toLayoutTypes(toList(query.get('layoutTypes'))),
  };
  toLayoutModes(toList(query.get('modes')));
  if (query.has('childRelationships')) {
    throw new OrgError(
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      "The query parameter 'childRelationships' is not supported here. Read the related list's records instead.",
    );
  }
  if (Object.values(request).some((list) => list.length > 0)) return request;
  throw new OrgError(
    'ILLEGAL_QUERY_PARAMETER_VALUE',
    "At least one of the query parameters 'fields', 'optionalFields' and 'layoutTypes' must be given",
  );
}

function createDefaults({ org, user, query, ...call }: UiCall): unknown {
  const object = call.params['object'] ?? '';
  return readCreateDefaults(
    org,
    user,
    object,
    toList(query.get('optionalFields')),
    query.get('recordTypeId') ?? undefined,
  );
}

function layoutOf(call: UiCall): unknown {
  const object = findServed(call.org, param(call, 'object'));
  assertObjectAccess(call.user, object);
  const [layoutType = 'Full'] = toLayoutTypes(toList(call.query.get('layoutType')));
  const [mode = 'View'] = toLayoutModes(toList(call.query.get('mode')));
  const recordTypeId = call.query.get('recordTypeId') ?? undefined;
  return readUiLayout(call.org, call.user, object, { layoutType, mode, recordTypeId });
}
