import type { OrgCore } from '../../data/org-core.ts';
import type { FieldDef, ObjectDef } from '../../data/types.ts';
import { findComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';

/** Tabs of the platform that need no deployment are written `standard-Lead`. */
const STANDARD_TAB = /^standard-\w+$/;

export function getObject(core: OrgCore, name: string): ObjectDef {
  const object = core.schema.find(name);
  if (!object) throw new DeployError(`In field: field - no CustomObject named ${name} found`);
  return object;
}

export function getField(core: OrgCore, object: ObjectDef, name: string): FieldDef {
  const field = core.schema.field(object, name) ?? compoundOf(object, name);
  if (!field) throw new DeployError(`In field: field - no CustomField named ${object.name}.${name} found`);
  return field;
}

/** `Name` and `Address` of a person are fields in layouts and permission sets even where they are computed. */
const compoundOf = (object: ObjectDef, name: string): FieldDef | undefined =>
  object.fields.find((each) => each.compoundFieldName?.toLowerCase() === name.toLowerCase());

export function requireComponent(core: OrgCore, type: string, fullName: string, element: string): void {
  if (type === 'CustomTab' && STANDARD_TAB.test(fullName)) return;
  if (type === 'CustomApplication' && fullName.startsWith('standard__')) return;
  if (findComponent(core, type, fullName) !== undefined) return;
  throw new DeployError(`In field: ${element} - no ${type} named ${fullName} found`);
}
