import type { FieldDef, PicklistValue } from '../types.ts';

const BYTES_PER_CHARACTER = 3;

/** The body of one field in a describe; `edit` is the user's right to write it. */
export function describeField(field: FieldDef, edit: boolean): Record<string, unknown> {
  return {
    ...describeFlags(field),
    ...describeSize(field),
    ...describeReference(field),
    ...describeDefault(field),
    createable: field.createable && edit,
    updateable: field.updateable && edit,
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    extraTypeInfo: extraTypeInfo(field),
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
  queryByDistance: false,
  referenceTargetField: null,
  writeRequiresMasterRead: false,
};

function describeFlags(field: FieldDef): Record<string, unknown> {
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
    idLookup: isIdLookup(field),
    nameField: field.nameField ?? false,
    nillable: field.nillable,
    permissionable: field.permissionable,
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
    cascadeDelete: field.deleteConstraint === 'Cascade',
    namePointing: targets.length > 1,
    polymorphicForeignKey: targets.length > 1,
    referenceTo: targets,
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.masterDetail ? 0 : null,
    restrictedDelete: field.deleteConstraint === 'Restrict',
    searchPrefilterable: field.type === 'reference',
  };
}

function describeDefault(field: FieldDef): Record<string, unknown> {
  return {
    defaultValue: field.type === 'boolean' ? field.defaultValue === true : (field.defaultValue ?? null),
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

const isIdLookup = (field: FieldDef): boolean =>
  field.type === 'id' || field.externalId === true || field.nameField === true || field.type === 'email';

function extraTypeInfo(field: FieldDef): string | null {
  if (field.type !== 'textarea') return null;
  if (field.htmlFormatted) return 'richtextarea';
  return field.filterable ? 'plaintextarea' : 'longtextarea';
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
