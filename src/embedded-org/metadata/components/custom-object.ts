import { owner, systemFields, text } from '../../data/schema/field-builders.ts';
import { historyObject } from '../../data/schema/standard/history.ts';
import { parentFields } from '../../data/security/sharing-parent.ts';
import { customShare, shareNameOf } from '../../data/schema/standard/share.ts';
import type { FieldDef, ObjectDef, SharingModel } from '../../data/types.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { isTrue, oneOf, textOf, type XmlElement } from '../xml-element.ts';

const SHARING_MODELS: readonly SharingModel[] = [
  'Private', 'Read', 'ReadWrite', 'ReadWriteTransfer', 'FullAccess', 'ControlledByParent',
]; // prettier-ignore

/** Creates a custom object, or changes what the file says of an object that is there; fields and rules are components of their own. */
export const applyCustomObject: Apply = (run, component) => {
  const { element, fullName } = component;
  checkElements('CustomObject', element);
  const known = run.core.schema.find(fullName);
  if (textOf(element, 'customSettingsType') !== undefined)
    throw new DeployError('The embedded org does not support custom settings');
  if (!known && !fullName.endsWith('__c')) {
    throw new DeployError(`Entity type ${fullName} is not available in this organization`);
  }
  checkSharing(run, known, element);
  run.core.schema.define(known ? changedObject(known, element) : newObject(run, fullName, element));
  if (isTrue(element, 'enableHistory')) defineHistory(run, fullName);
  defineShares(run, fullName);
  return saveComponent(run, 'CustomObject', fullName, '01I', component.files);
};

function newObject(run: DeployRun, name: string, element: XmlElement): ObjectDef {
  const label = required(element, 'label', name);
  const plural = required(element, 'pluralLabel', name);
  const nameField = oneOf(element, 'nameField');
  if (!nameField)
    throw new DeployError(`Must specify a nameField of type Text or AutoNumber for the CustomObject ${name}`);
  return {
    name,
    label,
    labelPlural: plural,
    keyPrefix: freePrefix(run),
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    undeletable: true,
    queryable: true,
    setup: false,
    sharingModel: sharingModelOf(element) ?? 'ReadWrite',
    enableHistory: isTrue(element, 'enableHistory'),
    fields: [
      ...systemFields({ deletable: true }),
      nameFieldOf(nameField, label),
      { ...owner(['Group', 'User']), permissionable: false },
    ],
    validationRules: [],
  };
}

function changedObject(known: ObjectDef, element: XmlElement): ObjectDef {
  const nameField = oneOf(element, 'nameField');
  const label = textOf(element, 'label') ?? known.label;
  const rename = (field: FieldDef): FieldDef =>
    field.name === 'Name' && nameField ? nameFieldOf(nameField, label) : field;
  return {
    ...known,
    label,
    labelPlural: textOf(element, 'pluralLabel') ?? known.labelPlural,
    sharingModel: sharingModelOf(element) ?? known.sharingModel,
    enableHistory:
      textOf(element, 'enableHistory') === undefined ? known.enableHistory === true : isTrue(element, 'enableHistory'),
    fields: known.custom ? known.fields.map(rename) : known.fields,
  };
}

function nameFieldOf(element: XmlElement, objectLabel: string): FieldDef {
  const label = textOf(element, 'label') ?? `${objectLabel} Name`;
  const base = text('Name', 80, {
    label,
    nameField: true,
    permissionable: false,
    trackHistory: isTrue(element, 'trackHistory'),
  });
  const type = textOf(element, 'type');
  if (type === 'Text') return { ...base, nillable: true, defaultedOnCreate: true };
  const format = textOf(element, 'displayFormat');
  if (type !== 'AutoNumber')
    throw new DeployError(`The nameField must be of type Text or AutoNumber, not ${type ?? 'none'}`);
  if (!format || !/\{0+\}/.test(format))
    throw new DeployError(`Must specify a displayFormat such as A-{0000} for the nameField`);
  return {
    ...base,
    length: 30,
    nillable: false,
    createable: false,
    updateable: false,
    defaultedOnCreate: true,
    autoNumber: { format },
  };
}

function sharingModelOf(element: XmlElement): SharingModel | undefined {
  const given = textOf(element, 'sharingModel');
  const model = SHARING_MODELS.find((each) => each === given);
  if (given !== undefined && !model)
    throw new DeployError(`'${given}' is not a valid value for the enum 'SharingModel'`);
  return model;
}

/** Sharing that nothing controls would be open to everybody, and so would records without an owner that are not controlled. */
function checkSharing(run: DeployRun, known: ObjectDef | undefined, element: XmlElement): void {
  const model = sharingModelOf(element);
  if (model === undefined) return;
  const isDetail = (known !== undefined && parentFields(run.core, known).length > 0) || hasMasterDetail(element);
  if (model === 'ControlledByParent' && !isDetail)
    throw new DeployError(
      `Cannot set sharingModel to ${model} on a CustomObject without a MasterDetail relationship field`,
    );
  const isBound = known?.sharingModel === 'ControlledByParent' && run.core.schema.field(known, 'OwnerId') === undefined;
  if (model !== 'ControlledByParent' && isBound)
    throw new DeployError(
      `Cannot set sharingModel to ${model} on a CustomObject with a MasterDetail relationship field`,
    );
}

const hasMasterDetail = (element: XmlElement): boolean =>
  element.children.some((each) => each.name === 'fields' && textOf(each, 'type') === 'MasterDetail');

function defineHistory(run: DeployRun, objectName: string): void {
  const name = `${objectName.replace(/__c$/, '__')}${objectName.endsWith('__c') ? 'History' : ''}`;
  const object = run.core.schema.find(objectName);
  if (!object?.custom || run.core.schema.find(name)) return;
  run.core.schema.define({ ...historyObject(name, objectName, '017', 'ParentId'), custom: true });
  run.core.schema.define({ ...object, historyObject: name });
}

/** Objects that are not open to everybody can be shared record by record. */
export function defineShares(run: DeployRun, objectName: string): void {
  const object = run.core.schema.find(objectName);
  const isClosed = object?.sharingModel === 'Private' || object?.sharingModel === 'Read';
  if (!object?.custom || !isClosed || run.core.schema.find(shareNameOf(objectName))) return;
  run.core.schema.define({ ...customShare(objectName, freePrefix(run, 'z')), custom: true });
}

/** Custom objects take a00, a01, … in the order they are first deployed. */
function freePrefix(run: DeployRun, letter = 'a'): string {
  for (let number = 0; number < 1296; number++) {
    const prefix = `${letter}${number.toString(36).padStart(2, '0')}`;
    if (!run.core.schema.byPrefix(prefix)) return prefix;
  }
  throw new DeployError('This organization has reached its limit of custom objects');
}

function required(element: XmlElement, name: string, objectName: string): string {
  const value = textOf(element, name);
  if (value === undefined) throw new DeployError(`Must specify a non-empty ${name} for the CustomObject ${objectName}`);
  if (value.length > 40) throw new DeployError(`Value too long for field: ${name} maximum length is:40`);
  return value;
}
