import type { FieldDef, ObjectDef, PicklistValue } from '../types.ts';

const BYTES_PER_CHARACTER = 3;

/** The body of one field in a describe; `edit` is the user's right to write it. */
export function describeField(object: ObjectDef, field: FieldDef, edit: boolean): Record<string, unknown> {
  return {
    ...describeFlags(object, field),
    ...describeSize(field),
    ...describeReference(field),
    ...describeDefault(field),
    createable: field.createable && edit,
    updateable: field.updateable && edit,
    name: field.name,
    label: field.type === 'id' ? idLabel(object) : field.label,
    type: field.type,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    extraTypeInfo: extraTypeInfo(object, field),
    queryByDistance: field.type === 'address',
    compoundFieldName: field.compoundFieldName ?? null,
    picklistValues: (field.picklist?.values ?? []).map(describePicklistValue),
    restrictedPicklist: field.picklist?.restricted ?? false,
    ...UNUSED,
  };
}

/** Features of fields that the org does not have. */
const UNUSED = {
  aiPredictionField: false,
  controllerName: null,
  dependentPicklist: false,
  deprecatedAndHidden: false,
  displayLocationInDecimal: false,
  encrypted: false,
  filteredLookupInfo: null,
  highScaleNumber: false,
  inlineHelpText: null,
  mask: null,
  maskType: null,
  referenceTargetField: null,
  writeRequiresMasterRead: false,
};

function describeFlags(object: ObjectDef, field: FieldDef): Record<string, unknown> {
  return {
    aggregatable: isAggregatable(field),
    autoNumber: field.autoNumber !== undefined,
    calculated: isCalculated(field),
    calculatedFormula: field.formula ?? null,
    caseSensitive: field.caseSensitive ?? false,
    custom: field.custom,
    externalId: field.externalId ?? false,
    filterable: field.filterable,
    formulaTreatNullNumberAsZero: field.formulaTreatBlanksAsZero ?? false,
    groupable: field.groupable,
    htmlFormatted: field.htmlFormatted ?? false,
    idLookup: isIdLookup(object, field),
    nameField: field.nameField ?? false,
    nillable: field.nillable,
    permissionable: field.permissionable || isAddressPart(field),
    sortable: field.sortable,
    unique: field.unique ?? false,
  };
}

function describeSize(field: FieldDef): Record<string, unknown> {
  const isText = TEXT_TYPES.has(field.type);
  const isNumber = NUMBER_TYPES.has(field.type);
  const length = isText || field.type === 'id' || field.type === 'reference' ? (field.length ?? 255) : 0;
  return {
    byteLength: isText ? length * BYTES_PER_CHARACTER : length,
    digits: field.type === 'int' ? (field.precision ?? 9) : 0,
    length,
    precision: isNumber && field.type !== 'int' ? (field.precision ?? 18) : 0,
    scale: isNumber ? (field.scale ?? 0) : 0,
  };
}

function describeReference(field: FieldDef): Record<string, unknown> {
  const targets = field.referenceTo ?? [];
  return {
    cascadeDelete: field.masterDetail === true,
    namePointing: targets.length > 1,
    polymorphicForeignKey: targets.length > 1,
    referenceTo: targets,
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.masterDetail ? 0 : null,
    restrictedDelete: field.deleteConstraint === 'Restrict',
    searchPrefilterable: field.type === 'reference' && !SYSTEM_REFERENCES.has(field.name),
  };
}

function describeDefault(field: FieldDef): Record<string, unknown> {
  return {
    defaultValue:
      field.type === 'boolean' ? field.defaultValue === true : (field.defaultValue ?? standardDefault(field)),
    defaultValueFormula: field.defaultValueFormula ?? null,
    defaultedOnCreate: field.defaultedOnCreate ?? field.type === 'boolean',
  };
}

const describePicklistValue = (each: PicklistValue): Record<string, unknown> => ({
  active: each.active,
  defaultValue: each.isDefault,
  label: each.label,
  validFor: null,
  value: each.value,
});

const TEXT_TYPES = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'multipicklist', 'combobox']);
const NUMBER_TYPES = new Set(['int', 'double', 'currency', 'percent']);

/** Compound names and addresses are not formulas although they are computed. */
const isCalculated = (field: FieldDef): boolean => field.formula !== undefined;

const isAggregatable = (field: FieldDef): boolean =>
  field.type !== 'boolean' && field.type !== 'address' && field.type !== 'multipicklist' && field.filterable;

/** Whether a record can be named by this field in a reference; names of persons, and of accounts that may be persons, find none. */
export const isIdLookup = (object: ObjectDef, field: FieldDef): boolean =>
  field.type === 'id' ||
  field.externalId === true ||
  field.type === 'email' ||
  (object.name === 'User' && field.name === 'Username') ||
  (field.nameField === true && field.sql === undefined && extraTypeInfo(object, field) === null);

const isAddressPart = (field: FieldDef): boolean =>
  field.type !== 'address' && field.compoundFieldName?.endsWith('Address') === true;

/** References that the platform sets itself are no fields to narrow a search by. */
const SYSTEM_REFERENCES = new Set([
  'OwnerId',
  'CreatedById',
  'LastModifiedById',
  'MasterRecordId',
  'RecurrenceActivityId',
]);

/** Standard picklists tell their default; custom ones tell it by the flag of its value alone. */
function standardDefault({ custom, picklist }: FieldDef): string | null {
  return custom ? null : (picklist?.values.find((each) => each.isDefault)?.value ?? null);
}

function idLabel(object: ObjectDef): string {
  if (object.custom) return 'Record ID';
  return object.name === 'Task' || object.name === 'Event' ? 'Activity ID' : `${object.label} ID`;
}

const PERSON_NAMES = new Set(['Salutation', 'FirstName', 'LastName', 'Name']);

function extraTypeInfo(object: ObjectDef, field: FieldDef): string | null {
  if (field.type === 'textarea') return field.htmlFormatted ? 'richtextarea' : 'plaintextarea';
  if (field.name === 'PhotoUrl') return 'imageurl';
  if (field.name === 'Name' && object.name === 'Account') return 'switchablepersonname';
  const isPerson = object.name === 'Lead' || object.name === 'Contact';
  return isPerson && PERSON_NAMES.has(field.name) ? 'personname' : null;
}

const SOAP_TYPES: Readonly<Partial<Record<FieldDef['type'], string>>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  address: 'urn:address',
  datetime: 'xsd:dateTime',
  currency: 'xsd:double',
  percent: 'xsd:double',
  double: 'xsd:double',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  date: 'xsd:date',
  time: 'xsd:time',
};
