import type { Org } from '../data/org-core.ts';
import type { FieldDef, ObjectDef, UserContext, Value } from '../data/types.ts';
import { toDisplayValue } from './display-value.ts';
import { isReadable } from './field-tree.ts';
import { layoutFieldNames } from './metadata/read-layout.ts';
import { type ObjectInfo, readObjectInfo } from './object-info.ts';
import { assertObjectAccess, findObjectOf, readRecord } from './read-record.ts';
import { RecordError } from './record-error.ts';
import type { FieldValue } from './record-representation.ts';
import { defaultRecordTypeId } from './record-type-info.ts';
import { findServed, isServed } from './supported-objects.ts';
import { readUiLayout, type UiLayout } from './ui-layout.ts';

type Defaults = {
  readonly layout: UiLayout;
  readonly objectInfos: Readonly<Record<string, ObjectInfo>>;
  readonly record: {
    readonly apiName: string;
    readonly childRelationships: Record<string, never>;
    readonly eTag: null;
    readonly fields: Readonly<Record<string, FieldValue>>;
    readonly id: null;
    readonly lastModifiedById: null;
    readonly lastModifiedDate: null;
    readonly recordTypeId: string;
    readonly recordTypeInfo: null;
    readonly systemModstamp: null;
  };
};

/** What a form for a new record starts with: layout, objects, and the default values that need no formula. */
export function readCreateDefaults(
  org: Org,
  user: UserContext,
  objectName: string,
  optionalFields: readonly string[],
  recordTypeId = defaultRecordTypeId(org, user, findServed(org, objectName)),
): Defaults {
  const object = findServed(org, objectName);
  assertMayCreate(org, user, object);
  return toDefaults(
    org,
    user,
    object,
    recordTypeId,
    optionalFields,
    (field) => field.defaultValue ?? defaultOfPicklist(field),
  );
}

/** What a form for a copy of a record starts with: the values that the user may read and give to a new record. */
export function readCloneDefaults(
  org: Org,
  user: UserContext,
  recordId: string,
  optionalFields: readonly string[],
): Defaults {
  const { id, object } = findObjectOf(org, recordId);
  const { fields, recordTypeId } = readRecord(org, user, id, { fields: [], optionalFields: [], everyField: true });
  assertMayCreate(org, user, object);
  return toDefaults(
    org,
    user,
    object,
    recordTypeId,
    optionalFields,
    (field) => (fields[field.name]?.value ?? null) as Value,
  );
}

function assertMayCreate(org: Org, user: UserContext, object: ObjectDef): void {
  assertObjectAccess(user, object);
  if (object.createable && user.access.object(object.name).create) return;
  const message = 'insufficient access rights on object id';
  const errors = [{ statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message, fields: [] }];
  throw new RecordError('create', errors, object, org.core.schema);
}

function toDefaults(
  org: Org,
  user: UserContext,
  object: ObjectDef,
  recordTypeId: string,
  optionalFields: readonly string[],
  valueOf: (field: FieldDef) => Value,
): Defaults {
  const names = new Set([
    ...layoutFieldNames(org, user, object, 'Full'),
    ...optionalFields.map((name) => name.slice(name.indexOf('.') + 1)),
  ]);
  const fields = object.fields.filter(
    (field) => names.has(field.name) && field.createable && isReadable(user, object, field),
  );
  const targets = fields.flatMap((field) => field.referenceTo ?? []).filter((name) => mayDescribe(org, user, name));
  return {
    layout: readUiLayout(org, user, object, { layoutType: 'Full', mode: 'Create', recordTypeId }),
    objectInfos: Object.fromEntries(
      [...new Set([object.name, ...targets])].map((name) => [name, readObjectInfo(org, user, name)]),
    ),
    record: {
      apiName: object.name,
      childRelationships: {},
      eTag: null,
      fields: Object.fromEntries(fields.map((field) => [field.name, toFieldValue(field, valueOf(field), user)])),
      id: null,
      lastModifiedById: null,
      lastModifiedDate: null,
      recordTypeId,
      recordTypeInfo: null,
      systemModstamp: null,
    },
  };
}

const toFieldValue = (field: FieldDef, value: Value, user: UserContext): FieldValue => ({
  displayValue: toDisplayValue(field, value, user),
  value,
});

const defaultOfPicklist = (field: FieldDef): Value =>
  field.picklist?.values.find((value) => value.isDefault)?.value ?? null;

function mayDescribe(org: Org, user: UserContext, objectName: string): boolean {
  const object = org.core.schema.find(objectName);
  return object !== undefined && isServed(object) && (object.setup || user.access.object(object.name).read);
}
