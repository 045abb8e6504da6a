import type { Org } from '../data/org-core.ts';
import type { FieldDef, ObjectDef, UserContext } from '../data/types.ts';
import { etagOf } from './etag.ts';
import { isReadable } from './field-tree.ts';
import { assertObjectAccess, UI_API_VERSION } from './read-record.ts';
import { MASTER_RECORD_TYPE } from './record-representation.ts';
import { findServed } from './supported-objects.ts';
import { notFound, type UiCall, uiPath } from './ui-route.ts';

/** The active values of a picklist field that the user may read, in their order. */
export function readPicklistValues(
  call: UiCall,
  objectName: string,
  recordTypeId: string,
  fieldName: string,
): Record<string, unknown> {
  const object = findReadable(call, objectName, recordTypeId);
  const field = call.org.core.schema.field(object, fieldName);
  if (!field?.picklist || !isReadable(call.user, object, field)) throw notFound();
  return toPicklistValues(call, object, field);
}

/** The values of every picklist field of an object. */
export function readAllPicklistValues(call: UiCall, objectName: string, recordTypeId: string): Record<string, unknown> {
  const object = findReadable(call, objectName, recordTypeId);
  const fields = object.fields.filter((field) => field.picklist && isReadable(call.user, object, field));
  const values = fields.map((field) => [field.name, toPicklistValues(call, object, field)] as const);
  return { eTag: etagOf(values), picklistFieldValues: Object.fromEntries(values) };
}

function findReadable({ org, user }: UiCall, objectName: string, recordTypeId: string): ObjectDef {
  const object = findServed(org, objectName);
  assertObjectAccess(user, object);
  if (recordTypeId !== MASTER_RECORD_TYPE && !isRecordType(org, user, object, recordTypeId)) throw notFound();
  return object;
}

function isRecordType(org: Org, user: UserContext, object: ObjectDef, recordTypeId: string): boolean {
  if (!/^012\w{12}(\w{3})?$/.test(recordTypeId)) return false;
  const soql = `SELECT Id FROM RecordType WHERE Id = '${recordTypeId}' AND SobjectType = '${object.name}'`;
  return org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION }).totalSize > 0;
}

function toPicklistValues(call: UiCall, object: ObjectDef, field: FieldDef): Record<string, unknown> {
  const all = field.picklist?.values ?? [];
  const toValue = ({ value, label }: (typeof all)[number]): Record<string, unknown> => ({
    attributes: null,
    label,
    validFor: [],
    value,
  });
  const initial = all.find((value) => value.isDefault);
  const body = {
    controllerValues: {},
    defaultValue: initial ? toValue(initial) : null,
    url: uiPath(call, `object-info/${object.name}/picklist-values/${MASTER_RECORD_TYPE}/${field.name}`),
    values: all.filter((value) => value.active).map(toValue),
  };
  return { ...body, eTag: etagOf(body) };
}
