import type { OrgCore } from '../org-core.ts';
import type { Access, FieldDef, ObjectAccess, ObjectDef } from '../types.ts';
import { governingFields } from './governing-fields.ts';
import { readGrants, type Grants } from './grants.ts';
import { recordTypesOf } from './record-types.ts';
import { isPersonalField } from './personal-fields.ts';
import { NO_RIGHTS, ALL_RIGHTS, rightsOn } from './object-rights.ts';

type FieldAccess = { readonly read: boolean; readonly edit: boolean };

const NONE: FieldAccess = { read: false, edit: false };

/** The rights of a user: the union of the profile and the assigned permission sets. */
export function loadAccess(core: OrgCore, userId: string, profileId: string): Access {
  const grants = readGrants(core, userId, profileId);
  const object = (objectName: string): ObjectAccess => {
    const found = core.schema.find(objectName);
    return found === undefined ? NO_RIGHTS : rightsOn(core.schema, grants, found);
  };
  return {
    object,
    field: (objectName, fieldName) => {
      const found = core.schema.find(objectName);
      const field = found && core.schema.field(found, fieldName);
      return found && field ? fieldAccess(core, grants, object(found.name), found, field) : NONE;
    },
    custom: (name) => grants.custom.has(name.toLowerCase()),
    system: (name) => grants.system.has(name.toLowerCase()),
  };
}

/** The rights of the platform itself. */
export function everyAccess(core: OrgCore): Access {
  return {
    object: (objectName) => (core.schema.find(objectName) === undefined ? NO_RIGHTS : ALL_RIGHTS),
    field: (objectName, fieldName) => {
      const object = core.schema.find(objectName);
      const field = object && core.schema.field(object, fieldName);
      if (!object || !field || isUnused(core, object, field)) return NONE;
      return { read: true, edit: field.createable || field.updateable };
    },
    custom: () => true,
    system: () => true,
  };
}

function fieldAccess(
  core: OrgCore,
  grants: Grants,
  rights: ObjectAccess,
  object: ObjectDef,
  field: FieldDef,
): FieldAccess {
  if (!rights.read || isUnused(core, object, field)) return NONE;
  const writable = field.createable || field.updateable;
  // Setup objects have no field permissions, except for the custom fields of users.
  if (object.setup && !field.custom) {
    const isOpen = object.name !== 'User' || rights.modifyAll || isPersonalField(field);
    return { read: true, edit: writable && isOpen };
  }
  const granted = governingFields(core.schema, object, field)
    .filter(([, governing]) => governing.permissionable)
    .map(([owner, governing]) => grants.fields.get(`${owner.name}.${governing.name}`.toLowerCase()));
  return {
    read: granted.every((each) => each?.read ?? false),
    edit: writable && granted.every((each) => each?.edit ?? false),
  };
}

/** RecordTypeId is there only on objects that have record types. */
const isUnused = (core: OrgCore, object: ObjectDef, field: FieldDef): boolean =>
  field.name === 'RecordTypeId' && recordTypesOf(core, object.name).length === 0;
