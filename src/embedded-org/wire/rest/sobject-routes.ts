import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef, OutputRow, SaveResult } from '../../data/types.ts';
import { toSaveErrorAnswer } from '../../http/error-answer.ts';
import { findByExternalId, requireExternalIdField } from './external-id.ts';
import { noteRecent, recentItems } from './recent-routes.ts';
import { refuseMistyped } from './json-types.ts';
import { refuseOtherType } from './record-attributes.ts';
import { requirePreconditions } from './preconditions.ts';
import {
  basePath,
  bodyObject,
  dmlOptions,
  notFound,
  ok,
  param,
  type RestAnswer,
  type RestCall,
  type RestRoute,
} from '../../http/rest-call.ts';

/** Create, read, update, delete of single records, by id or by external id. */
export const sobjectRoutes: readonly RestRoute[] = [
  { method: 'GET', path: 'sobjects/:object', handle: basicInfo },
  { method: 'POST', path: 'sobjects/:object', handle: create },
  { method: 'GET', path: 'sobjects/:object/:id', handle: read },
  { method: 'PATCH', path: 'sobjects/:object/:id', handle: update },
  { method: 'DELETE', path: 'sobjects/:object/:id', handle: remove },
  { method: 'GET', path: 'sobjects/:object/:field/:value', handle: readByExternalIdOrParent },
  { method: 'PATCH', path: 'sobjects/:object/:field/:value', handle: upsert },
  { method: 'DELETE', path: 'sobjects/:object/:field/:value', handle: removeByExternalId },
];

/** The object named in the path; NOT_FOUND when it does not exist or the user may not see it. */
export function objectOf(call: RestCall): ObjectDef {
  const object = call.wire.org.core.schema.find(param(call, 'object'));
  if (!object || !call.user.access.object(object.name).read) throw notFound();
  return object;
}

function basicInfo(call: RestCall): RestAnswer {
  const { name } = objectOf(call);
  const { sobjects } = call.wire.org.describeGlobal(call.user, call.version) as {
    sobjects: readonly { name: string }[];
  };
  return ok({
    objectDescribe: sobjects.find((each) => each.name === name) ?? null,
    recentItems: recentItems(call, name),
  });
}

function create(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const body = bodyObject(call);
  refuseOtherType(call, object, body);
  refuseMistyped(call, object, body);
  const [result] = call.wire.org.insert(call.user, object.name, [body], dmlOptions(call, true));
  if (result?.id !== undefined) noteRecent(call, object, result.id);
  return result?.success ? { status: 201, body: savedBody(result) } : failed(result);
}

function read(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const id = idParam(call, object);
  const record = call.wire.org.retrieve(call.user, object.name, id, fieldList(call), call.version);
  noteRecent(call, object, id);
  return ok(record);
}

function update(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const body = bodyObject(call);
  refuseOtherType(call, object, body);
  refuseMistyped(call, object, body);
  if (hasKey(body, 'Id')) {
    throw new OrgError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', 400);
  }
  const id = idParam(call, object);
  requirePreconditions(call, object, id);
  const result = updateRow(call, object, id, body);
  if (result?.success) noteRecent(call, object, id);
  return noContent(result);
}

function updateRow(
  call: RestCall,
  object: ObjectDef,
  id: string,
  body: Record<string, unknown>,
): SaveResult | undefined {
  return call.wire.org.update(call.user, object.name, [{ ...body, Id: id }], dmlOptions(call, true))[0];
}

function remove(call: RestCall): RestAnswer {
  const object = objectOf(call);
  return noContent(call.wire.org.remove(call.user, [idParam(call, object)], dmlOptions(call, true))[0]);
}

/** `sobjects/Lead/<id>/Owner` follows a relationship; `sobjects/Lead/<field>/<value>` finds by external id. */
function readByExternalIdOrParent(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const id = toId18(param(call, 'field'));
  const fieldExists = call.wire.org.core.schema.field(object, param(call, 'field')) !== undefined;
  if (id !== undefined && !fieldExists) return readParent(call, object, id);
  const ids = findByExternalId(call, object);
  const [only] = ids;
  if (only === undefined) throw notFound();
  if (ids.length > 1) return multipleChoices(call, object, ids);
  return ok(call.wire.org.retrieve(call.user, object.name, only, fieldList(call), call.version));
}

function readParent(call: RestCall, object: ObjectDef, id: string): RestAnswer {
  const { schema } = call.wire.org.core;
  const field = schema.relationship(object, param(call, 'value'));
  if (!field) throw notFound();
  const record: OutputRow = call.wire.org.retrieve(call.user, object.name, id, [field.name]);
  const parentId = record[field.name];
  const parent = typeof parentId === 'string' ? schema.byPrefix(parentId.slice(0, 3)) : undefined;
  if (typeof parentId !== 'string' || !parent) throw notFound();
  return ok(call.wire.org.retrieve(call.user, parent.name, parentId, fieldList(call), call.version));
}

function upsert(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const field = requireExternalIdField(call, object);
  const body = bodyObject(call);
  refuseOtherType(call, object, body);
  refuseMistyped(call, object, body);
  if (hasKey(body, field.name)) {
    throw new OrgError('INVALID_FIELD', `The ${field.name} field should not be specified in the sobject data.`, 400);
  }
  if (field.type !== 'id') {
    const ids = findByExternalId(call, object);
    if (ids.length > 1) return multipleChoices(call, object, ids);
    for (const id of ids) requirePreconditions(call, object, id);
  }
  const row = { ...body, [field.name]: param(call, 'value') };
  const [result] = call.wire.org.upsert(call.user, object.name, field.name, [row], dmlOptions(call, true));
  if (!result?.success) return failed(result);
  return { status: result.created ? 201 : 200, body: { ...savedBody(result), created: result.created } };
}

function removeByExternalId(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const ids = findByExternalId(call, object);
  if (ids.length === 0) throw notFound();
  if (ids.length > 1) return multipleChoices(call, object, ids);
  return noContent(call.wire.org.remove(call.user, ids, dmlOptions(call, true))[0]);
}

/** The platform's answer to an external id that is not unique: the addresses of the records that share it. */
function multipleChoices(call: RestCall, object: ObjectDef, ids: readonly string[]): RestAnswer {
  return { status: 300, body: ids.map((id) => `${basePath(call)}/sobjects/${object.name}/${id}`) };
}

function idParam(call: RestCall, object: ObjectDef): string {
  const id = toId18(param(call, 'id'));
  if (id === undefined) {
    throw new OrgError(
      'NOT_FOUND',
      'Provided external ID field does not exist or is not accessible: ' + param(call, 'id'),
      404,
    );
  }
  if (!id.startsWith(object.keyPrefix)) throw notFound();
  return id;
}

function fieldList(call: RestCall): readonly string[] | undefined {
  const fields = call.query.get('fields');
  return fields === null || fields.trim() === '' ? undefined : fields.split(',').map((name) => name.trim());
}

const hasKey = (body: Record<string, unknown>, name: string): boolean =>
  Object.keys(body).some((key) => key.toLowerCase() === name.toLowerCase());

const savedBody = (result: SaveResult): object => ({ id: result.id, success: true, errors: [] });

const noContent = (result: SaveResult | undefined): RestAnswer => (result?.success ? { status: 204 } : failed(result));

function failed(result: SaveResult | undefined): RestAnswer {
  if (!result) throw new Error('The write of one record returned no result');
  return toSaveErrorAnswer(result.errors);
}
