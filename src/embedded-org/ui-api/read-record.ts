import { toId18 } from '../data/ids.ts';
import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { ObjectDef, UserContext } from '../data/types.ts';
import { addPath, type FieldTree, isReadable } from './field-tree.ts';
import { layoutFieldNames, type LayoutType } from './metadata/read-layout.ts';
import { type RecordRepresentation, toRepresentation, toSelectFields } from './record-representation.ts';
import { MASTER_RECORD_TYPE, recordTypeInfos } from './record-type-info.ts';
import { isServed, notServed } from './supported-objects.ts';

/** The newest API version, whose behaviour UI API has here whatever version a URL names. */
export const UI_API_VERSION = 68;

export type RecordRequest = {
  /** Qualified names (`Lead.Owner.Name`); one that the user may not read fails the request. */
  readonly fields: readonly string[];
  /** Qualified names; one that the user may not read is left out of the answer. */
  readonly optionalFields: readonly string[];
  /** Adds the fields of these layouts that the user may read. */
  readonly layoutTypes?: readonly LayoutType[];
  /** Adds every field of the object that the user may read. */
  readonly everyField?: boolean;
};

/** One record as the user may see it; throws NOT_FOUND, INSUFFICIENT_ACCESS or INVALID_FIELD as UI API does. */
export function readRecord(
  org: Org,
  user: UserContext,
  recordId: string,
  request: RecordRequest,
): RecordRepresentation {
  const { id, object } = findObjectOf(org, recordId);
  assertObjectAccess(user, object);
  const tree = planFields(org, user, object, request);
  const [record] = selectRecords(org, user, object, tree, `WHERE Id = '${id}' LIMIT 1`);
  if (!record) throw missingRecord(org, object, id);
  return record;
}

/** The records that the rest of a SOQL statement behind FROM selects, with the fields of a plan. */
export function selectRecords(
  org: Org,
  user: UserContext,
  object: ObjectDef,
  tree: FieldTree,
  clauses: string,
  offset = 0,
): readonly RecordRepresentation[] {
  const soql = `SELECT ${toSelectFields(org.core.schema, user, object, tree)} FROM ${object.name} ${clauses}`;
  const result = org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION });
  const types = recordTypeInfos(org, user, object);
  return result.page(offset, result.totalSize).map((row) => {
    const record = toRepresentation(object, tree, row, user);
    const recordTypeInfo = record.recordTypeId === MASTER_RECORD_TYPE ? null : (types[record.recordTypeId] ?? null);
    return { ...record, recordTypeInfo };
  });
}

export function countRecords(org: Org, user: UserContext, object: ObjectDef, clauses: string): number {
  const soql = `SELECT COUNT() FROM ${object.name} ${clauses}`;
  return org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION }).totalSize;
}

/** The object of a record id; throws NOT_FOUND for text that is no id of this org. */
export function findObjectOf(org: Org, recordId: string): { readonly id: string; readonly object: ObjectDef } {
  const id = toId18(recordId);
  const object = id && org.core.schema.byPrefix(id.slice(0, 3));
  if (!id || !object) throw missing();
  return { id, object };
}

export function assertObjectAccess(user: UserContext, object: ObjectDef): void {
  if (object.setup || user.access.object(object.name).read) return;
  throw noAccess();
}

const missing = (): OrgError => new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);

const noAccess = (): OrgError =>
  new OrgError(
    'INSUFFICIENT_ACCESS',
    "You don't have access to this record. Ask your administrator for help or to request access.",
    403,
  );

/** Tells a record that the user may not see from one that is not there. */
function missingRecord(org: Org, object: ObjectDef, id: string): OrgError {
  const everywhere = { includeDeleted: true, apiVersion: UI_API_VERSION };
  const hasBin = org.core.schema.field(object, 'IsDeleted') !== undefined;
  const [row] = org
    .query(org.system(), `SELECT Id${hasBin ? ', IsDeleted' : ''} FROM ${object.name} WHERE Id = '${id}'`, everywhere)
    .page(0, 1);
  if (!row) return missing();
  return row['IsDeleted'] === true ? new OrgError('ENTITY_IS_DELETED', 'entity is deleted', 404) : noAccess();
}

/** The fields that a request means; throws INVALID_FIELD for a required one that the user may not read. */
export function planFields(org: Org, user: UserContext, object: ObjectDef, request: RecordRequest): FieldTree {
  const tree: FieldTree = new Map();
  const { schema } = org.core;
  if (!isServed(object)) throw notServed(object.name);
  if (request.everyField) {
    for (const field of object.fields)
      if (isReadable(user, object, field)) tree.set(field.name, { kind: 'field', field });
  }
  for (const type of request.layoutTypes ?? []) {
    for (const path of layoutFieldNames(org, user, object, type)) addPath(schema, user, object, path.split('.'), tree);
  }
  for (const name of request.fields) {
    const path = unqualify(object, name);
    if (!path || !addPath(schema, user, object, path, tree)) throw unknownField(object, name);
  }
  for (const name of request.optionalFields) {
    const path = unqualify(object, name);
    if (path) addPath(schema, user, object, path, tree);
  }
  return tree;
}

/** Names of a list's fields need not begin with the object. */
export const qualify = (object: ObjectDef, name: string): string =>
  unqualify(object, name) ? name : `${object.name}.${name}`;

/** `Lead.Owner.Name` → `[Owner, Name]`; undefined for a field of another object. */
function unqualify(object: ObjectDef, name: string): readonly string[] | undefined {
  const [objectName = '', ...path] = name.split('.');
  return objectName.toLowerCase() === object.name.toLowerCase() && path.length > 0 ? path : undefined;
}

function unknownField(object: ObjectDef, name: string): OrgError {
  const field = name.slice(name.indexOf('.') + 1);
  return new OrgError(
    'INVALID_FIELD',
    `No such column '${field}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
