import { bodyObject, ok, param, type RestAnswer, type RestCall, type RestRoute } from '../wire/rest/rest-call.ts';
import { runGraphQl, toGraphQlRequest } from './graphql/run-graphql.ts';
import { readObjectInfo } from './object-info.ts';
import { readPicklistValues } from './picklist-values.ts';
import { readRecord, type RecordRequest } from './read-record.ts';
import { RecordError, toUiErrorBody } from './record-error.ts';
import { createRecord, deleteRecord, updateRecord } from './write-record.ts';

/** `/ui-api/…` and `/graphql` below `/services/data/vNN.N`. */
export const uiApiRoutes: readonly RestRoute[] = [
  {
    method: 'POST',
    path: 'graphql',
    handle: (call) => ok(runGraphQl(call.wire.org, call.user, toGraphQlRequest(call.body))),
  },
  {
    method: 'GET',
    path: 'ui-api/records/:id',
    handle: (call) => ok(readRecord(call.wire.org, call.user, param(call, 'id'), toRecordRequest(call.query))),
  },
  {
    method: 'POST',
    path: 'ui-api/records',
    handle: (call) => write(() => ({ status: 201, body: createRecord(call.wire.org, call.user, bodyObject(call)) })),
  },
  {
    method: 'PATCH',
    path: 'ui-api/records/:id',
    handle: (call) => write(() => ok(updateRecord(call.wire.org, call.user, param(call, 'id'), bodyObject(call)))),
  },
  { method: 'DELETE', path: 'ui-api/records/:id', handle: (call) => write(() => remove(call)) },
  {
    method: 'GET',
    path: 'ui-api/object-info/:object',
    handle: (call) => ok(readObjectInfo(call.wire.org, call.user, param(call, 'object'))),
  },
  {
    method: 'GET',
    path: 'ui-api/object-info/:object/picklist-values/:recordTypeId/:field',
    handle: (call) => ok(readPicklistValues(call.wire.org, call.user, param(call, 'object'), param(call, 'field'))),
  },
];

export function toRecordRequest(query: URLSearchParams): RecordRequest {
  const list = (name: string): readonly string[] => (query.get(name) ?? '').split(',').filter((each) => each !== '');
  return { fields: list('fields'), optionalFields: list('optionalFields'), everyField: query.has('layoutTypes') };
}

function remove(call: RestCall): RestAnswer {
  deleteRecord(call.wire.org, call.user, param(call, 'id'));
  return { status: 204 };
}

/** A refused write names the fields it concerns, which other REST errors cannot. */
function write(run: () => RestAnswer): RestAnswer {
  try {
    return run();
  } catch (error) {
    if (error instanceof RecordError) return { status: error.status, body: [toUiErrorBody(error)] };
    throw error;
  }
}
