import type { FieldDef, ObjectDef } from '../data/types.ts';
import { etagOf } from './etag.ts';
import { isReadable } from './field-tree.ts';
import { assertObjectAccess } from './read-record.ts';
import { isRecordTypeOf } from './record-type-info.ts';
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
  return toPicklistValues(call, object, field, recordTypeId);
}

/** The values of every picklist field of an object. */
export function readAllPicklistValues(call: UiCall, objectName: string, recordTypeId: string): Record<string, unknown> {
  const object = findReadable(call, objectName, recordTypeId);
  const fields = object.fields.filter((field) => field.picklist && isReadable(call.user, object, field));
  const values = fields.map((field) => [field.name, toPicklistValues(call, object, field, recordTypeId)] as const);
  return { eTag: etagOf(values), picklistFieldValues: Object.fromEntries(values) };
}

function findReadable({ org, user }: UiCall, objectName: string, recordTypeId: string): ObjectDef {
  const object = findServed(org, objectName);
  assertObjectAccess(user, object);
  if (!isRecordTypeOf(org, object, recordTypeId)) throw notFound();
  return object;
}

function toPicklistValues(
  call: UiCall,
  object: ObjectDef,
  field: FieldDef,
  recordTypeId: string,
): Record<string, unknown> {
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
    url: uiPath(call, `object-info/${object.name}/picklist-values/${recordTypeId}/${field.name}`),
    values: all.filter((value) => value.active).map(toValue),
  };
  return { ...body, eTag: etagOf(body) };
}
