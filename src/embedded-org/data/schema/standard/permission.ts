import type { ObjectDef } from '../../types.ts';
import {
  datetime,
  field,
  flag,
  insertOnly,
  int,
  lastSeenFields,
  lookup,
  plainReference,
  readOnly,
  required,
  restricted,
  standardObject,
  system,
  systemFields,
  text,
} from '../field-builders.ts';
import { USER_PERMISSIONS } from './user-permissions.ts';

const SETUP = { setup: true, undeletable: false };
const userPermissions = () => USER_PERMISSIONS.map((name) => flag(`Permissions${name}`, { permissionable: false }));
const USED_LICENSES = `(select count(*) from "User" u join "Profile" p on p."Id" = u."ProfileId"
  where p."UserLicenseId" = {Id} and u."IsActive" = 1 and u."UserType" = 'Standard')`;
const stamp = () => [field('Id', 'id', system, { length: 18 }), datetime('SystemModstamp', system)];

export const profile: ObjectDef = standardObject('Profile', '00e', {
  ...SETUP,
  createable: false,
  deletable: false,
  fields: [
    ...systemFields({ deletable: false }),
    text('Name', 255, required, { nameField: true }),
    ...userPermissions(),
    lookup('UserLicenseId', ['UserLicense'], system),
    restricted('UserType', ['*Standard'], readOnly, { permissionable: false }),
    text('Description', 255),
    ...lastSeenFields(),
  ],
});

export const userLicense: ObjectDef = standardObject('UserLicense', '100', {
  ...SETUP,
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...systemFields({ deletable: false }).filter((each) => !each.name.endsWith('ById')),
    text('Name', 40, system, { nameField: true }),
    text('LicenseDefinitionKey', 40, system),
    text('MasterLabel', 40, system),
    restricted('Status', ['Active', 'Disabled'], system),
    int('TotalLicenses', 9, system),
    int('UsedLicenses', 9, system, { sql: USED_LICENSES }),
  ],
});

export const permissionSet: ObjectDef = standardObject('PermissionSet', '0PS', {
  ...SETUP,
  fields: [
    ...systemFields({ deletable: false }),
    text('Name', 80, required, { nameField: true }),
    text('Label', 80, required),
    lookup('LicenseId', ['PermissionSetLicense', 'UserLicense'], insertOnly),
    lookup('ProfileId', ['Profile'], readOnly),
    flag('IsOwnedByProfile', readOnly),
    flag('IsCustom', readOnly),
    restricted('Type', ['*Regular', 'Standard', 'Profile', 'Group', 'Session'], readOnly),
    ...userPermissions(),
    text('Description', 255),
    text('NamespacePrefix', 15, readOnly),
    flag('HasActivationRequired'),
  ],
});

export const permissionSetAssignment: ObjectDef = standardObject('PermissionSetAssignment', '0Pa', {
  ...SETUP,
  updateable: false,
  fields: [
    ...stamp(),
    lookup('PermissionSetId', ['PermissionSet'], required, insertOnly, {
      childRelationshipName: 'Assignments',
      deleteConstraint: 'Cascade',
    }),
    lookup('AssigneeId', ['User'], required, insertOnly, {
      childRelationshipName: 'PermissionSetAssignments',
      deleteConstraint: 'Cascade',
    }),
    flag('IsActive', readOnly, { defaultValue: true }),
  ],
});

export const objectPermissions: ObjectDef = standardObject('ObjectPermissions', '110', {
  ...SETUP,
  labelPlural: 'Object Permissions',
  fields: [
    ...systemFields({ deletable: false }),
    lookup('ParentId', ['PermissionSet'], required, insertOnly, {
      childRelationshipName: 'ObjectPerms',
      deleteConstraint: 'Cascade',
    }),
    restricted('SobjectType', [], required, insertOnly),
    flag('PermissionsCreate'),
    flag('PermissionsRead'),
    flag('PermissionsEdit'),
    flag('PermissionsDelete'),
    flag('PermissionsViewAllRecords'),
    flag('PermissionsModifyAllRecords'),
    flag('PermissionsViewAllFields'),
  ],
});

export const fieldPermissions: ObjectDef = standardObject('FieldPermissions', '01k', {
  ...SETUP,
  labelPlural: 'Field Permissions',
  fields: [
    ...stamp(),
    lookup('ParentId', ['PermissionSet'], required, insertOnly, {
      childRelationshipName: 'FieldPerms',
      deleteConstraint: 'Cascade',
    }),
    restricted('SobjectType', [], required, insertOnly),
    restricted('Field', [], required, insertOnly, { length: 255 }),
    flag('PermissionsEdit'),
    flag('PermissionsRead'),
  ],
});

export const setupEntityAccess: ObjectDef = standardObject('SetupEntityAccess', '0J0', {
  ...SETUP,
  labelPlural: 'Setup Entity Access',
  updateable: false,
  fields: [
    ...stamp(),
    lookup('ParentId', ['PermissionSet'], required, insertOnly, {
      childRelationshipName: 'SetupEntityAccessItems',
      deleteConstraint: 'Cascade',
    }),
    plainReference('SetupEntityId', ['CustomPermission'], required, insertOnly, { deleteConstraint: 'Cascade' }),
    restricted('SetupEntityType', ['CustomPermission', 'TabSet', 'ConnectedApplication', 'FlowDefinition'], readOnly),
  ],
});

export const customPermission: ObjectDef = standardObject('CustomPermission', '0CP', {
  ...SETUP,
  fields: [
    ...systemFields({ deletable: true }),
    text('DeveloperName', 80, required, { nameField: true }),
    restricted('Language', [], required, { defaultedOnCreate: true, defaultValue: 'en_US' }),
    text('MasterLabel', 80, required),
    text('NamespacePrefix', 15, readOnly),
    flag('IsProtected', readOnly),
    text('Description', 255),
  ],
});

export const recordType: ObjectDef = standardObject('RecordType', '012', {
  ...SETUP,
  deletable: false,
  fields: [
    ...systemFields({ deletable: false }),
    text('Name', 80, required, { nameField: true }),
    text('DeveloperName', 80, required),
    text('NamespacePrefix', 15, readOnly),
    text('Description', 255),
    restricted('SobjectType', [], required, insertOnly),
    flag('IsActive'),
  ],
});

export const assignmentRule: ObjectDef = standardObject('AssignmentRule', '01Q', {
  ...SETUP,
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    ...systemFields({ deletable: false }),
    text('Name', 120, readOnly, { nameField: true }),
    restricted('SobjectType', ['Case', 'Lead'], readOnly),
    flag('Active', readOnly),
  ],
});

const ruleFields = () => [
  ...systemFields({ deletable: true }),
  restricted('SobjectType', [], readOnly, { nillable: false }),
  text('DeveloperName', 80, system, { nameField: true }),
  restricted('Language', [], readOnly, { nillable: false, defaultValue: 'en_US' }),
  text('MasterLabel', 80, readOnly, { nillable: false }),
  text('NamespacePrefix', 15, readOnly),
];
const RULE = { ...SETUP, createable: false, updateable: false, deletable: false };

export const duplicateRule: ObjectDef = standardObject('DuplicateRule', '0Bm', {
  ...RULE,
  fields: [...ruleFields(), flag('IsActive', readOnly), restricted('SobjectSubtype', [], readOnly)],
});

export const matchingRule: ObjectDef = standardObject('MatchingRule', '0JD', {
  ...RULE,
  fields: [
    ...ruleFields(),
    restricted('MatchEngine', ['ExactMatchEngine', 'FuzzyMatchEngine'], readOnly),
    text('BooleanFilter', 255, readOnly),
    text('Description', 255, readOnly),
    restricted('RuleStatus', ['Inactive', 'Active'], readOnly, { nillable: false }),
    restricted('SobjectSubtype', [], readOnly),
  ],
});
