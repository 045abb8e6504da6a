import type { OrgCore } from '../../data/org-core.ts';
import type { FieldDef, FieldType, PicklistValue } from '../../data/types.ts';
import { DeployError } from '../deploy-error.ts';
import { allOf, isTrue, oneOf, textOf, type XmlElement } from '../xml-element.ts';

type Traits = Partial<FieldDef> & { readonly type: FieldType };
type Reader = (element: XmlElement, core: OrgCore) => Traits;

/** Turns the definition of a custom field into the schema's; throws DeployError for what the platform would refuse. */
export function toFieldDef(core: OrgCore, name: string, element: XmlElement): FieldDef {
  const type = textOf(element, 'type') ?? '';
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!read) throw new DeployError(`The embedded org does not support fields of type '${type}'`);
  checkName(name, element);
  const formula = textOf(element, 'formula');
  const traits =
    formula === undefined ? read(element, core) : { type: FORMULA_TYPES[type] ?? 'string', ...sizeOf(element) };
  const isRequired = formula === undefined && (isTrue(element, 'required') || traits.masterDetail === true);
  const writable = formula === undefined && traits.autoNumber === undefined;
  return {
    name,
    label: textOf(element, 'label') ?? name,
    nillable: traits.type !== 'boolean' && !isRequired,
    createable: writable,
    updateable: writable,
    ...queryTraits(traits),
    custom: true,
    permissionable: !isRequired,
    trackHistory: isTrue(element, 'trackHistory'),
    ...indexTraits(element),
    ...defaultTraits(element, type),
    ...traits,
    ...(formula === undefined
      ? {}
      : { formula, formulaTreatBlanksAsZero: textOf(element, 'formulaTreatBlanksAs') === 'BlankAsZero' }),
  };
}

function queryTraits({ type, length = 0 }: Traits): Pick<FieldDef, 'filterable' | 'sortable' | 'groupable'> {
  const long = type === 'textarea' && length > 255;
  const sortable = !long && type !== 'multipicklist';
  return { filterable: !long, sortable, groupable: sortable && !NUMERIC.has(type) && type !== 'datetime' };
}

const NUMERIC: ReadonlySet<FieldType> = new Set<FieldType>(['double', 'currency', 'percent']);

const FORMULA_TYPES: Readonly<Record<string, FieldType>> = {
  Text: 'string', Number: 'double', Currency: 'currency', Percent: 'percent', Checkbox: 'boolean', Date: 'date', DateTime: 'datetime',
  Time: 'time',
}; // prettier-ignore

function checkName(name: string, element: XmlElement): void {
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*__c$/.test(name) || name.length > 43) {
    throw new DeployError(
      'The field name provided, ' +
        name +
        ', is not valid: it can only contain alphanumeric characters and underscores, must begin ' +
        'with a letter, and have at most 40 characters before __c',
    );
  }
  const label = textOf(element, 'label');
  if (label === undefined) throw new DeployError('Must specify a non-empty label for the CustomField');
  if (label.length > 40) throw new DeployError('Value too long for field: MasterLabel maximum length is:40');
}

function indexTraits(element: XmlElement): Partial<FieldDef> {
  return {
    ...(isTrue(element, 'externalId') ? { externalId: true } : {}),
    ...(isTrue(element, 'unique') ? { unique: true } : {}),
    ...(isTrue(element, 'caseSensitive') ? { caseSensitive: true } : {}),
  };
}

function defaultTraits(element: XmlElement, type: string): Partial<FieldDef> {
  const value = textOf(element, 'defaultValue');
  if (type === 'Checkbox') return { defaultValue: value === 'true', defaultedOnCreate: true };
  return value === undefined ? {} : { defaultValueFormula: value, defaultedOnCreate: true };
}

function size(element: XmlElement, type: string, name: string, least: number, most: number): number {
  const given = textOf(element, name);
  if (given === undefined) throw new DeployError(`Must specify '${name}' for a CustomField of type ${type}`);
  const value = Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new DeployError(
    `Value for ${name} of a CustomField of type ${type} must be between ${least} and ${most}, not ${given}`,
  );
}

const sizeOf = (element: XmlElement): Partial<FieldDef> => {
  const [precision, scale] = [textOf(element, 'precision'), textOf(element, 'scale')];
  return precision === undefined ? { length: 1300 } : { precision: Number(precision), scale: Number(scale ?? 0) };
};

const numeric =
  (type: FieldType, name: string): Reader =>
  (element) => {
    const precision = size(element, name, 'precision', 1, 18);
    return { type, precision, scale: size(element, name, 'scale', 0, precision) };
  };

const plain =
  (type: FieldType, length?: number): Reader =>
  () => ({ type, ...(length === undefined ? {} : { length }) });

const longText =
  (name: string): Reader =>
  (element) => {
    size(element, name, 'visibleLines', 2, 50);
    return {
      type: 'textarea',
      length: size(element, name, 'length', 256, 131_072),
      ...(name === 'Html' ? { htmlFormatted: true } : {}),
    };
  };

const READERS: Readonly<Record<string, Reader>> = {
  Text: (element) => ({ type: 'string', length: size(element, 'Text', 'length', 1, 255) }),
  TextArea: plain('textarea', 255),
  LongTextArea: longText('LongTextArea'),
  Html: longText('Html'),
  Number: numeric('double', 'Number'),
  Currency: numeric('currency', 'Currency'),
  Percent: numeric('percent', 'Percent'),
  Checkbox: (element) => {
    if (textOf(element, 'defaultValue') === undefined)
      throw new DeployError("Must specify 'defaultValue' for a CustomField of type Checkbox");
    return { type: 'boolean' };
  },
  Date: plain('date'),
  DateTime: plain('datetime'),
  Time: plain('time'),
  Email: plain('email', 80),
  Phone: plain('phone', 40),
  Url: plain('url', 255),
  Picklist: (element) => ({ type: 'picklist', length: 255, picklist: picklistOf(element) }),
  MultiselectPicklist: (element) => ({ type: 'multipicklist', length: 4099, picklist: picklistOf(element) }),
  AutoNumber: (element) => ({
    type: 'string',
    length: 30,
    nillable: false,
    autoNumber: { format: textOf(element, 'displayFormat') ?? '{0}' },
  }),
  Lookup: (element, core) => reference(element, core, 'Lookup'),
  MasterDetail: (element, core) => ({
    ...reference(element, core, 'MasterDetail'),
    masterDetail: true,
    deleteConstraint: 'Cascade',
  }),
};

function reference(element: XmlElement, core: OrgCore, type: string): Traits {
  const target = textOf(element, 'referenceTo');
  const object = target === undefined ? undefined : core.schema.find(target);
  if (!object) throw new DeployError(`referenceTo value of '${target ?? ''}' does not resolve to a valid sObject type`);
  const name = textOf(element, 'fullName') ?? '';
  const child = textOf(element, 'relationshipName');
  const constraint = textOf(element, 'deleteConstraint') ?? 'SetNull';
  if (constraint !== 'SetNull' && constraint !== 'Restrict' && constraint !== 'Cascade') {
    throw new DeployError(`'${constraint}' is not a valid value for the enum 'DeleteConstraint'`);
  }
  if (type === 'Lookup' && isTrue(element, 'required') && constraint === 'SetNull') {
    throw new DeployError(
      'field integrity exception: SetNull (must specify either cascade delete or restrict delete for required lookup foreign key)',
    );
  }
  return {
    type: 'reference',
    length: 18,
    referenceTo: [object.name],
    relationshipName: name.replace(/__c$/, '__r'),
    deleteConstraint: constraint,
    ...(child === undefined ? {} : { childRelationshipName: `${child}__r` }),
  };
}

function picklistOf(element: XmlElement): { values: readonly PicklistValue[]; restricted: boolean } {
  const valueSet = oneOf(element, 'valueSet');
  const definition = valueSet && oneOf(valueSet, 'valueSetDefinition');
  if (!valueSet || !definition)
    throw new DeployError('Must specify a valueSet with a valueSetDefinition for the picklist field');
  const values = allOf(definition, 'value').map(toPicklistValue);
  const seen = new Set<string>();
  for (const { value } of values) {
    if (seen.has(value.toLowerCase())) throw new DeployError(`Duplicate label: ${value}`);
    seen.add(value.toLowerCase());
  }
  return { values, restricted: isTrue(valueSet, 'restricted') };
}

function toPicklistValue(element: XmlElement): PicklistValue {
  const value = textOf(element, 'fullName') ?? '';
  return {
    value,
    label: textOf(element, 'label') ?? value,
    active: textOf(element, 'isActive') !== 'false',
    isDefault: isTrue(element, 'default'),
  };
}
