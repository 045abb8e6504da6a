import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { FieldDef, FieldType, ObjectDef, UserContext } from '../data/types.ts';
import { isReadable } from './field-tree.ts';
import { assertObjectAccess } from './read-record.ts';

/** The record type that an object without record types has. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

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

/** What a page may know of an object: its labels, what the user may do, and the fields the user may read. */
export function readObjectInfo(org: Org, user: UserContext, objectName: string): Record<string, unknown> {
  const object = org.core.schema.find(objectName);
  if (!object) throw new OrgError('INVALID_TYPE', `Object ${objectName} is not supported in UI API`);
  assertObjectAccess(user, object);
  const access = user.access.object(object.name);
  const fields = object.fields.filter((field) => isReadable(user, object, field));
  return {
    apiName: object.name,
    childRelationships: [],
    createable: object.createable && access.create,
    custom: object.custom,
    defaultRecordTypeId: MASTER_RECORD_TYPE,
    deletable: object.deletable && access.delete,
    dependentFields: {},
    fields: Object.fromEntries(fields.map((field) => [field.name, toFieldInfo(org, user, object, field)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: !object.setup,
    nameFields: nameFieldsOf(fields),
    queryable: object.queryable,
    recordTypeInfos: {
      [MASTER_RECORD_TYPE]: {
        available: true,
        defaultRecordTypeMapping: true,
        master: true,
        name: 'Master',
        recordTypeId: MASTER_RECORD_TYPE,
      },
    },
    updateable: object.updateable && access.edit,
  };
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
    compoundFieldName: field.compoundFieldName ?? null,
    createable: field.createable && edit,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    externalId: field.externalId ?? false,
    filterable: field.filterable,
    htmlFormatted: field.htmlFormatted ?? false,
    label: field.label,
    length: field.length ?? 0,
    nameField: name,
    precision: field.precision ?? 0,
    reference: field.type === 'reference',
    referenceToInfos: (field.referenceTo ?? []).map((apiName) => ({
      apiName,
      nameFields: (org.core.schema.find(apiName)?.fields ?? [])
        .filter((each) => each.nameField)
        .map((each) => each.name),
    })),
    relationshipName: field.relationshipName ?? null,
    required: !field.nillable && field.createable && field.defaultedOnCreate !== true,
    scale: field.scale ?? 0,
    sortable: field.sortable,
    unique: field.unique ?? false,
    updateable: field.updateable && edit,
  };
}
