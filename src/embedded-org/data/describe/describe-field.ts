import type { FieldDef } from '../types.ts';

const BYTES_PER_CHARACTER = 3;

/** The body of one field in a describe; `edit` is the user's right to write it. */
export function describeField(field: FieldDef, edit: boolean): Record<string, unknown> {
  const isText = TEXT_TYPES.has(field.type);
  const length = isText || field.type === 'id' || field.type === 'reference' ? (field.length ?? 255) : 0;
  const isNumber = NUMBER_TYPES.has(field.type);
  return {
    aggregatable: isAggregatable(field),
    aiPredictionField: false,
    autoNumber: field.autoNumber !== undefined,
    byteLength: isText ? length * BYTES_PER_CHARACTER : length,
    calculated: isCalculated(field),
    calculatedFormula: field.formula ?? null,
    cascadeDelete: field.deleteConstraint === 'Cascade',
    caseSensitive: field.caseSensitive ?? false,
    compoundFieldName: field.compoundFieldName ?? null,
    controllerName: null,
    createable: field.createable && edit,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? field.defaultValue === true : (field.defaultValue ?? null),
    defaultValueFormula: field.defaultValueFormula ?? null,
    defaultedOnCreate: field.defaultedOnCreate ?? field.type === 'boolean',
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? (field.precision ?? 9) : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId ?? false,
    extraTypeInfo: extraTypeInfo(field),
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted ?? false,
    idLookup: isIdLookup(field),
    inlineHelpText: null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField ?? false,
    namePointing: (field.referenceTo ?? []).length > 1,
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: (field.picklist?.values ?? []).map((each) => ({
      active: each.active,
      defaultValue: each.isDefault,
      label: each.label,
      validFor: null,
      value: each.value,
    })),
    polymorphicForeignKey: (field.referenceTo ?? []).length > 1,
    precision: isNumber && field.type !== 'int' ? (field.precision ?? 18) : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.masterDetail ? 0 : null,
    restrictedDelete: field.deleteConstraint === 'Restrict',
    restrictedPicklist: field.picklist?.restricted ?? false,
    scale: isNumber ? (field.scale ?? 0) : 0,
    searchPrefilterable: field.type === 'reference',
    soapType: soapType(field),
    sortable: field.sortable,
    type: field.type,
    unique: field.unique ?? false,
    updateable: field.updateable && edit,
    writeRequiresMasterRead: false,
  };
}

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

function soapType(field: FieldDef): string {
  switch (field.type) {
    case 'id':
    case 'reference':
      return 'tns:ID';
    case 'address':
      return 'urn:address';
    case 'datetime':
      return 'xsd:dateTime';
    case 'currency':
    case 'percent':
    case 'double':
      return 'xsd:double';
    case 'boolean':
    case 'int':
    case 'date':
    case 'time':
      return `xsd:${field.type}`;
    default:
      return 'xsd:string';
  }
}
