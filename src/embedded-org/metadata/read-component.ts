import type { OrgCore } from '../data/org-core.ts';
import type { FieldDef, ObjectDef } from '../data/types.ts';
import { componentRecords, deployedParts, findComponent, metadataFiles } from './component-store.ts';
import { COMPONENT_TYPES, type ComponentType } from './component-types.ts';
import { parseXml, textOf, type XmlElement } from './xml-element.ts';

/** The types whose components stand inside an object's file. */
export const PART_TYPES: readonly ComponentType[] = COMPONENT_TYPES.filter((type) => type.element !== undefined);

const PART_ELEMENTS: ReadonlySet<string> = new Set(PART_TYPES.flatMap((type) => type.element ?? []));

/** A component's definition as it stands in the org now; undefined if it is not there. */
export function readComponent(core: OrgCore, type: string, fullName: string): XmlElement | undefined {
  if (type === 'CustomObject') return readObject(core, fullName);
  const standard = type === 'CustomField' ? readStandardField(core, fullName) : undefined;
  const files = metadataFiles(core, type, fullName);
  const definition = [...files].find(([path]) => path.endsWith('-meta.xml')) ?? [...files][0];
  return definition ? parseXml(definition[1]) : standard;
}

/** An object with all that was deployed for it, whichever deployments brought the parts. */
function readObject(core: OrgCore, fullName: string): XmlElement | undefined {
  const object = core.schema.find(fullName);
  if (!object || !isListedObject(object)) return undefined;
  const [file] = metadataFiles(core, 'CustomObject', object.name).values();
  const own = file ? parseXml(file).children : [];
  const children = [...own.filter((each) => !PART_ELEMENTS.has(each.name)), ...partsOf(core, object)];
  const sorted = children.toSorted((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
  return { name: 'CustomObject', text: '', children: sorted };
}

function partsOf(core: OrgCore, object: ObjectDef): readonly XmlElement[] {
  return PART_TYPES.flatMap((type) =>
    partNames(core, type.name, object).flatMap((fullName) => {
      const element = readComponent(core, type.name, fullName);
      return element ? [{ ...element, name: type.element ?? type.name }] : [];
    }),
  );
}

/** Full names of an object's parts of a type: those deployed, and for fields the standard ones. */
function partNames(core: OrgCore, type: string, object: ObjectDef): readonly string[] {
  const own = deployedParts(core, type, object.name);
  return type === 'CustomField' ? [...new Set([...own, ...standardFields(object)])].toSorted() : own;
}

/** Full names of the fields that an object has without any deployment and that can be customised. */
export const standardFields = (object: ObjectDef): readonly string[] =>
  object.fields.filter(isListedField).map((field) => `${object.name}.${field.name}`);

/** Whether metadata clients are told of an object: what can be customised, deployed or standard. */
export const isListedObject = (object: ObjectDef): boolean =>
  !object.setup && object.createable && !object.name.endsWith('History');

const isListedField = (field: FieldDef): boolean => !field.custom && field.permissionable;

/** A standard field says only what can be changed about it. */
function readStandardField(core: OrgCore, fullName: string): XmlElement | undefined {
  const [objectName = '', fieldName = ''] = fullName.split('.');
  const object = core.schema.find(objectName);
  const field = object && core.schema.field(object, fieldName);
  if (!object || !field || !isListedObject(object) || !isListedField(field)) return undefined;
  const texts = [leaf('fullName', field.name)];
  if (object.historyObject !== undefined) texts.push(leaf('trackHistory', String(field.trackHistory === true)));
  return { name: 'CustomField', text: '', children: texts };
}

const leaf = (name: string, text: string): XmlElement => ({ name, text, children: [] });

/** The org's spelling of a component's name, which clients may write in any case; undefined if there is none. */
export function componentName(core: OrgCore, type: string, fullName: string): string | undefined {
  if (type === 'CustomObject') {
    const object = core.schema.find(fullName);
    return object && isListedObject(object) ? object.name : undefined;
  }
  if (findComponent(core, type, fullName) !== undefined) {
    const lower = fullName.toLowerCase();
    return componentRecords(core, type).find((each) => each.fullName.toLowerCase() === lower)?.fullName;
  }
  const standard = type === 'CustomField' ? readStandardField(core, fullName) : undefined;
  return standard && `${core.schema.find(fullName.split('.')[0] ?? '')?.name}.${textOf(standard, 'fullName')}`;
}
