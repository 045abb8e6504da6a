import type { Org } from '../data/org-core.ts';
import type { FieldDef, FieldType, ObjectDef, UserContext } from '../data/types.ts';
import { etagOf } from './etag.ts';
import { isReadable } from './field-tree.ts';
import { assertObjectAccess } from './read-record.ts';
import { defaultRecordTypeId, recordTypeInfos } from './record-type-info.ts';
import { findServed, isServed } from './supported-objects.ts';
import { type UiCall, uiPath } from './ui-route.ts';

const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  combobox: 'ComboBox',
  reference: 'Reference',
  address: 'Address',
};

export type ObjectInfo = Readonly<Record<string, unknown>> & { readonly apiName: string };

/** What a page may know of an object: its labels, what the user may do, and the fields the user may read. */
export function readObjectInfo(org: Org, user: UserContext, objectName: string): ObjectInfo {
  const object = findServed(org, objectName);
  assertObjectAccess(user, object);
  const access = user.access.object(object.name);
  const fields = object.fields.filter((field) => isReadable(user, object, field));
  const info = {
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: childRelationships(org, user, object),
    createable: object.createable && access.create,
    custom: object.custom,
    defaultRecordTypeId: defaultRecordTypeId(org, user, object),
    deletable: object.deletable && access.delete,
    dependentFields: {},
    feedEnabled: false,
    fields: Object.fromEntries(fields.map((field) => [field.name, toFieldInfo(org, user, object, field)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: !object.setup,
    mruEnabled: false,
    nameFields: nameFieldsOf(fields),
    queryable: object.queryable,
    recordTypeInfos: recordTypeInfos(org, user, object),
    searchable: !object.setup,
    themeInfo: null,
    updateable: object.updateable && access.edit,
  };
  return { ...info, eTag: etagOf(info) };
}

/** The objects that UI API serves and the user may read, each with the address of what can be known of it. */
export function readObjectDirectory({ org, user, ...call }: UiCall): Record<string, unknown> {
  const objects = org.core.schema
    .all()
    .filter((object) => isServed(object) && (object.setup || user.access.object(object.name).read))
    .map(({ name: apiName, keyPrefix, label, labelPlural, fields }) => {
      const nameFields = nameFieldsOf(fields);
      const objectInfoUrl = uiPath(call, `object-info/${apiName}`);
      return [apiName, { apiName, keyPrefix, label, labelPlural, nameFields, objectInfoUrl }] as const;
    });
  return { eTag: etagOf(objects), objects: Object.fromEntries(objects) };
}

function childRelationships(org: Org, user: UserContext, object: ObjectDef): readonly Record<string, unknown>[] {
  return org.core.schema.children(object.name).flatMap(({ childSObject, field, relationshipName }) => {
    const child = org.core.schema.find(childSObject);
    const reference = child && org.core.schema.field(child, field);
    if (!child || !reference || !isServed(child) || !relationshipName || !isReadable(user, child, reference)) return [];
    const junction = { junctionIdListNames: [], junctionReferenceTo: [] };
    return { childObjectApiName: child.name, fieldName: reference.name, ...junction, relationshipName };
  });
}

/** The fields that make up a record's name, in the order in which people say it. */
function nameFieldsOf(fields: readonly FieldDef[]): readonly string[] {
  const names = fields
    .filter((field) => field.nameField || field.compoundFieldName === 'Name')
    .map((field) => field.name);
  return names.toSorted((a, b) => NAME_ORDER.indexOf(a) - NAME_ORDER.indexOf(b));
}

const NAME_ORDER = ['Name', 'Salutation', 'FirstName', 'MiddleName', 'LastName', 'Suffix'];

function toFieldInfo(org: Org, user: UserContext, object: ObjectDef, field: FieldDef): Record<string, unknown> {
  const { edit } = user.access.field(object.name, field.name);
  const name = field.nameField === true;
  return {
    apiName: field.name,
    calculated: field.formula !== undefined,
    compound: name && object.fields.some((each) => each.compoundFieldName === field.name),
    compoundComponentName: null,
    compoundFieldName: field.compoundFieldName ?? null,
    controllerName: null,
    controllingFields: [],
    createable: field.createable && edit,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    externalId: field.externalId ?? false,
    extraTypeInfo: null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted ?? false,
    inlineHelpText: null,
    label: field.label,
    length: field.length ?? 0,
    nameField: name,
    polymorphicForeignKey: isPolymorphic(field),
    precision: field.precision ?? 0,
    reference: field.type === 'reference',
    referenceTargetField: null,
    referenceToInfos: referenceToInfos(org, field),
    relationshipName: field.relationshipName ?? null,
    required: !field.nillable && field.createable && field.defaultedOnCreate !== true,
    scale: field.scale ?? 0,
    searchPrefilterable: false,
    sortable: field.sortable,
    unique: field.unique ?? false,
    updateable: field.updateable && edit,
  };
}

const referenceToInfos = (org: Org, { referenceTo = [] }: FieldDef): readonly object[] =>
  referenceTo.map((apiName) => ({
    apiName,
    nameFields: nameFieldsOf(org.core.schema.find(apiName)?.fields.filter((each) => each.nameField) ?? []),
  }));

const isPolymorphic = ({ referenceTo = [] }: FieldDef): boolean => referenceTo.length > 1;
