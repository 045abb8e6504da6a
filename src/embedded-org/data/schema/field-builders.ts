import type { FieldDef, FieldType, ObjectDef, PicklistValue } from '../types.ts';

export type Traits = Partial<Omit<FieldDef, 'name' | 'type' | 'custom'>>;

export const required: Traits = { nillable: false };
export const readOnly: Traits = { createable: false, updateable: false };
export const insertOnly: Traits = { updateable: false };
/** A field that the platform fills, that every user of the object may read. */
export const system: Traits = { nillable: false, createable: false, updateable: false, permissionable: false };

/** Builds a standard field; later traits win. */
export function field(name: string, type: FieldType, ...traits: readonly Traits[]): FieldDef {
  const given: Traits = Object.assign({}, ...traits);
  const nillable = given.nillable ?? true;
  return {
    name,
    label: labelOf(name),
    type,
    nillable,
    createable: true,
    updateable: true,
    filterable: true,
    sortable: true,
    groupable: true,
    custom: false,
    permissionable: nillable,
    ...given,
  };
}

export const text = (name: string, length: number, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'string', { length }, ...traits);

export const longText = (name: string, length: number, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'textarea', { length, filterable: false, sortable: false, groupable: false }, ...traits);

export const street = (name: string, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'textarea', { length: 255 }, ...traits);

export const email = (name: string, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'email', { length: 80 }, ...traits);

export const phone = (name: string, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'phone', { length: 40 }, ...traits);

export const url = (name: string, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'url', { length: 255 }, ...traits);

export const flag = (name: string, ...traits: readonly Traits[]): FieldDef =>
  field(
    name,
    'boolean',
    { nillable: false, permissionable: true, defaultedOnCreate: true, defaultValue: false },
    ...traits,
  );

export const int = (name: string, digits: number, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'int', { precision: digits, scale: 0 }, ...traits);

export const decimal = (name: string, precision: number, scale: number, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'double', { precision, scale, groupable: false }, ...traits);

export const money = (name: string, precision: number, scale: number, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'currency', { precision, scale, groupable: false }, ...traits);

export const percent = (name: string, precision: number, scale: number, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'percent', { precision, scale, groupable: false }, ...traits);

export const date = (name: string, ...traits: readonly Traits[]): FieldDef => field(name, 'date', ...traits);

export const datetime = (name: string, ...traits: readonly Traits[]): FieldDef =>
  field(name, 'datetime', { groupable: false }, ...traits);

/** A reference: `targets` are object names, the relationship is the name without its `Id` unless a trait says otherwise. */
export const lookup = (name: string, targets: readonly string[], ...traits: readonly Traits[]): FieldDef =>
  field(
    name,
    'reference',
    { length: 18, referenceTo: targets, relationshipName: name.replace(/Id$/, ''), deleteConstraint: 'SetNull' },
    ...traits,
  );

/** A reference that queries cannot follow by name. */
export const plainReference = (name: string, targets: readonly string[], ...traits: readonly Traits[]): FieldDef =>
  field(name, 'reference', { length: 18, referenceTo: targets, deleteConstraint: 'SetNull' }, ...traits);

/** An unrestricted picklist; a value marked with `*` is the default. */
export const picklist = (name: string, values: readonly string[], ...traits: readonly Traits[]): FieldDef =>
  field(
    name,
    'picklist',
    { length: 255, picklist: { values: values.map(toPicklistValue), restricted: false } },
    ...traits,
  );

/** A restricted picklist; without values (time zones, locales, object names) the platform's list is not checked. */
export const restricted = (name: string, values: readonly string[], ...traits: readonly Traits[]): FieldDef =>
  field(
    name,
    'picklist',
    { length: 40, picklist: { values: values.map(toPicklistValue), restricted: values.length > 0 } },
    ...traits,
  );

/** Street, city, state, postal code, country, coordinates and the compound field over them. */
export function address(prefix: string, ...traits: readonly Traits[]): FieldDef[] {
  const compound = `${prefix}Address`;
  const part: Traits = { compoundFieldName: compound, permissionable: false };
  return [
    street(`${prefix}Street`, part, ...traits),
    text(`${prefix}City`, 40, part, ...traits),
    text(`${prefix}State`, 80, part, { label: labelOf(`${prefix}State/Province`) }, ...traits),
    text(`${prefix}PostalCode`, 20, part, { label: labelOf(`${prefix}Zip/PostalCode`) }, ...traits),
    text(`${prefix}Country`, 80, part, ...traits),
    decimal(`${prefix}Latitude`, 18, 15, part, ...traits),
    decimal(`${prefix}Longitude`, 18, 15, part, ...traits),
    restricted(`${prefix}GeocodeAccuracy`, GEOCODE_ACCURACIES, part, ...traits),
    field(compound, 'address', readOnly, { sortable: false, groupable: false, sql: addressSql(prefix) }),
  ];
}

/** Salutation, first and last name, and the computed `Name` over them. */
export function personName(...traits: readonly Traits[]): FieldDef[] {
  const part: Traits = { compoundFieldName: 'Name', permissionable: false };
  return [
    text('LastName', 80, required, part, ...traits),
    text('FirstName', 40, part, ...traits),
    picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], part, { length: 40 }, ...traits),
    text('Name', 121, system, { label: 'Full Name', nameField: true, sql: FULL_NAME }),
  ];
}

export const FULL_NAME = `trim(coalesce({FirstName} || ' ', '') || {LastName})`;

/** Created, modified and modstamp; `deletable` adds IsDeleted. */
export function systemFields(options: { readonly deletable: boolean }): FieldDef[] {
  return [
    field('Id', 'id', system, { length: 18, defaultedOnCreate: true }),
    ...(options.deletable ? [flag('IsDeleted', system, { label: 'Deleted' })] : []),
    datetime('CreatedDate', system, { defaultedOnCreate: true }),
    lookup('CreatedById', ['User'], system, { defaultedOnCreate: true }),
    datetime('LastModifiedDate', system, { defaultedOnCreate: true }),
    lookup('LastModifiedById', ['User'], system, { defaultedOnCreate: true }),
    datetime('SystemModstamp', system, { defaultedOnCreate: true }),
  ];
}

/** When a person last acted on the record, and when its reader saw it. */
export function activityFields(): FieldDef[] {
  return [date('LastActivityDate', readOnly, { label: 'Last Activity', permissionable: false }), ...lastSeenFields()];
}

const seenSql = (column: string): string =>
  `(select v.${column} from "~seen" v where v.user_id = org_viewer() and v.id = {Id})`;

/** When the user who reads last saw the record. */
export const lastViewed = (): FieldDef =>
  datetime('LastViewedDate', readOnly, { permissionable: false, sql: seenSql('viewed') });

/** When the user who reads last saw the record, and when it or something about it. */
export const lastSeenFields = (): FieldDef[] => [
  lastViewed(),
  datetime('LastReferencedDate', readOnly, { permissionable: false, sql: seenSql('referenced') }),
];

export const owner = (targets: readonly string[] = ['User']): FieldDef =>
  lookup('OwnerId', targets, required, { label: 'Owner ID', defaultedOnCreate: true });

/** Which record type a record has; shown where the object has any. */
export const recordType = (): FieldDef =>
  lookup('RecordTypeId', ['RecordType'], { label: 'Record Type ID', permissionable: false });

type ObjectTraits = Partial<Omit<ObjectDef, 'name' | 'keyPrefix' | 'fields'>> & {
  readonly fields: readonly FieldDef[];
};

/** Builds a standard object; by default everything may be done with it and it is shared by owner. */
export function standardObject(name: string, keyPrefix: string, traits: ObjectTraits): ObjectDef {
  const label = traits.label ?? labelOf(name);
  return {
    name,
    keyPrefix,
    label,
    labelPlural: `${label}s`,
    custom: false,
    createable: true,
    updateable: true,
    deletable: true,
    undeletable: true,
    queryable: true,
    sharingModel: 'ReadWrite',
    setup: false,
    validationRules: [],
    ...traits,
  };
}

/** `NumberOfEmployees` → `Number Of Employees`, `OwnerId` → `Owner ID`. */
export function labelOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/\bId\b/, 'ID');
}

const GEOCODE_ACCURACIES = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];

function toPicklistValue(text: string): PicklistValue {
  const isDefault = text.startsWith('*');
  const value = isDefault ? text.slice(1) : text;
  return { value, label: value, active: true, isDefault };
}

function addressSql(prefix: string): string {
  const column = (part: string): string => `{${prefix}${part}}`;
  const parts = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude'].map(column);
  return `case when coalesce(${parts.join(', ')}) is null then null else json_object(
    'city', ${column('City')}, 'country', ${column('Country')}, 'geocodeAccuracy', ${column('GeocodeAccuracy')},
    'latitude', ${column('Latitude')}, 'longitude', ${column('Longitude')}, 'postalCode', ${column('PostalCode')},
    'state', ${column('State')}, 'street', ${column('Street')}) end`;
}
