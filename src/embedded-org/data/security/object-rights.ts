import type { ObjectAccess, ObjectDef, Schema } from '../types.ts';
import type { Grants } from './grants.ts';

export const NO_RIGHTS: ObjectAccess = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};
export const ALL_RIGHTS: ObjectAccess = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};

/** User permission that lets one write an activity; reading is decided by sharing alone. */
const ACTIVITY_PERMISSION: Readonly<Record<string, string>> = {
  Task: 'edittask',
  Event: 'editevent',
  EmailMessage: 'edittask',
  ActivityHistory: 'edittask',
  OpenActivity: 'edittask',
};

/** User permission that lets one write a setup object; the others need Customize Application. */
const SETUP_PERMISSION: Readonly<Record<string, string>> = {
  User: 'manageusers',
  UserRole: 'manageroles',
  Group: 'manageusers',
  GroupMember: 'manageusers',
  PermissionSetAssignment: 'assignpermissionsets',
  PermissionSet: 'manageprofilespermissionsets',
  Profile: 'manageprofilespermissionsets',
  ObjectPermissions: 'manageprofilespermissionsets',
  FieldPermissions: 'manageprofilespermissionsets',
  SetupEntityAccess: 'manageprofilespermissionsets',
};

const VIEW_SETUP = 'viewsetup';

/** User permissions of which one lets one read a setup object; everybody reads the others, such as User and Profile. */
const SETUP_READERS: Readonly<Record<string, readonly string[]>> = {
  PermissionSetAssignment: [VIEW_SETUP, 'assignpermissionsets', 'manageusers'],
  PermissionSet: [VIEW_SETUP, 'managesessionpermissionsets', 'assignpermissionsets', 'manageprofilespermissionsets'],
  CustomPermission: [VIEW_SETUP, 'managesessionpermissionsets', 'assignpermissionsets'],
  ObjectPermissions: [VIEW_SETUP],
  FieldPermissions: [VIEW_SETUP],
  SetupEntityAccess: [VIEW_SETUP],
  UserRole: ['viewroles', 'manageroles'],
};

/** What grants allow on an object, before the sharing of single records. */
export function rightsOn(schema: Schema, grants: Grants, object: ObjectDef): ObjectAccess {
  const parent = parentOf(schema, object);
  if (object.setup) return setupRights(grants, object);
  if (grants.system.has('modifyalldata')) return ALL_RIGHTS;
  const activity = ACTIVITY_PERMISSION[object.name];
  if (activity !== undefined) return activityRights(grants, activity);
  if (parent !== undefined) return inheritedRights(rightsOn(schema, grants, parent));
  const granted = grants.objects.get(object.name.toLowerCase()) ?? NO_RIGHTS;
  return grants.system.has('viewalldata') ? { ...granted, read: true, viewAll: true } : granted;
}

function setupRights(grants: Grants, object: ObjectDef): ObjectAccess {
  const readers = SETUP_READERS[object.name];
  if (readers !== undefined && !readers.some((each) => grants.system.has(each))) return NO_RIGHTS;
  const write = grants.system.has(SETUP_PERMISSION[object.name] ?? 'customizeapplication');
  const edit = write || object.name === 'User';
  return { read: true, create: write, edit, delete: write, viewAll: true, modifyAll: write };
}

function activityRights(grants: Grants, permission: string): ObjectAccess {
  const write = grants.system.has(permission);
  const viewAll = grants.system.has('viewalldata') || grants.system.has('viewallactivities');
  return { read: true, create: write, edit: write, delete: write, viewAll, modifyAll: false };
}

/** Members and their statuses follow the campaign, history rows the record: editing the parent is what writes them. */
function inheritedRights(parent: ObjectAccess): ObjectAccess {
  return { ...parent, create: parent.edit, delete: parent.edit };
}

/** The parent whose rights a history, the shares, or a standard object without object permissions of its own takes over. */
function parentOf(schema: Schema, object: ObjectDef): ObjectDef | undefined {
  const isDerived = !object.custom || object.name.endsWith('__History') || object.name.endsWith('__Share');
  if (!isDerived || object.sharingModel !== 'ControlledByParent' || object.sharingParent === undefined)
    return undefined;
  // Contacts have permissions of their own, whoever controls their sharing.
  if (schema.field(object, 'OwnerId') !== undefined) return undefined;
  const target = schema.field(object, object.sharingParent)?.referenceTo?.[0];
  return target === undefined ? undefined : schema.find(target);
}
