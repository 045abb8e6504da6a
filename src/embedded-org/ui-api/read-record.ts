import { toId18 } from '../data/ids.ts';
import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { ObjectDef, UserContext, Value } from '../data/types.ts';
import { toDisplayValue, toUiValue } from './display-value.ts';
import { addPath, type FieldTree, isReadable, toSelectList } from './field-tree.ts';

/** The newest API version, whose behaviour UI API has here whatever version a URL names. */
export const UI_API_VERSION = 68;

export type RecordRequest = {
  /** Qualified names (`Lead.Owner.Name`); one that the user may not read fails the request. */
  readonly fields: readonly string[];
  /** Qualified names; one that the user may not read is left out of the answer. */
  readonly optionalFields: readonly string[];
  /** Adds every field of the object that the user may read. */
  readonly everyField?: boolean;
};

export type FieldValue = { readonly displayValue: string | null; readonly value: unknown };

export type RecordRepresentation = {
  readonly apiName: string;
  readonly childRelationships: Record<string, never>;
  readonly eTag: string;
  readonly fields: Record<string, FieldValue>;
  readonly id: string;
  readonly lastModifiedById: string | null;
  readonly lastModifiedDate: string | null;
  readonly recordTypeId: string | null;
  readonly recordTypeInfo: null;
  readonly systemModstamp: string | null;
  readonly weakEtag: number;
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
  const tree = toTree(org, user, object, request);
  const row = queryOne(org, user, `SELECT ${selectList(org, object, tree)} FROM ${object.name} WHERE Id = '${id}'`);
  if (!row) throw missingRecord(org, object, id);
  return toRepresentation(object, tree, row, user);
}

/** The object of a record id; throws NOT_FOUND for text that is no id of this org. */
export function findObjectOf(org: Org, recordId: string): { readonly id: string; readonly object: ObjectDef } {
  const id = toId18(recordId);
  const object = id && org.core.schema.byPrefix(id.slice(0, 3));
  if (!id || !object) throw notFound();
  return { id, object };
}

export function assertObjectAccess(user: UserContext, object: ObjectDef): void {
  if (object.setup || user.access.object(object.name).read) return;
  throw noAccess();
}

const notFound = (): OrgError => new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);

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
  if (!row) return notFound();
  return row['IsDeleted'] === true ? new OrgError('ENTITY_IS_DELETED', 'entity is deleted', 404) : noAccess();
}

function toTree(org: Org, user: UserContext, object: ObjectDef, request: RecordRequest): FieldTree {
  const tree: FieldTree = new Map();
  const { schema } = org.core;
  if (request.everyField) {
    for (const field of object.fields)
      if (isReadable(user, object, field)) tree.set(field.name, { kind: 'field', field });
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

const SYSTEM_FIELDS = ['LastModifiedById', 'LastModifiedDate', 'SystemModstamp'] as const;

function selectList(org: Org, object: ObjectDef, tree: FieldTree): string {
  const system = SYSTEM_FIELDS.filter((name) => org.core.schema.field(object, name));
  return [...new Set([...toSelectList(tree), ...system])].join(', ');
}

function queryOne(org: Org, user: UserContext, soql: string): Record<string, unknown> | undefined {
  return org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION }).page(0, 1)[0];
}

function toRepresentation(
  object: ObjectDef,
  tree: FieldTree,
  row: Record<string, unknown>,
  user: UserContext,
): RecordRepresentation {
  const stamp = (name: string): string | null => (row[name] as string | undefined)?.replace(/\+0000$/, 'Z') ?? null;
  const modified = Date.parse(stamp('SystemModstamp') ?? '') || 0;
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: `${String(row['Id'])}-${modified}`,
    fields: Object.fromEntries([...tree].map(([name, branch]) => [name, toFieldValue(name, branch, row, user)])),
    id: String(row['Id']),
    lastModifiedById: (row['LastModifiedById'] as string | undefined) ?? null,
    lastModifiedDate: stamp('LastModifiedDate'),
    recordTypeId: (row['RecordTypeId'] as string | undefined) ?? null,
    recordTypeInfo: null,
    systemModstamp: stamp('SystemModstamp'),
    weakEtag: modified,
  };
}

function toFieldValue(
  name: string,
  branch: FieldTree extends Map<string, infer Branch> ? Branch : never,
  row: Record<string, unknown>,
  user: UserContext,
): FieldValue {
  if (branch.kind === 'field') {
    const value = row[name] as Value;
    return { displayValue: toDisplayValue(branch.field, value, user), value: toUiValue(branch.field, value) };
  }
  const parent = row[name] as Record<string, unknown> | null | undefined;
  if (!parent) return { displayValue: null, value: null };
  const object = branch.objects.find((each) => String(parent['Id']).startsWith(each.keyPrefix));
  if (!object) return { displayValue: null, value: null };
  const value = toRepresentation(object, branch.tree, parent, user);
  return { displayValue: (parent['Name'] as string | undefined) ?? null, value };
}
