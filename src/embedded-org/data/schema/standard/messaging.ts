import type { ObjectDef } from '../../types.ts';
import {
  datetime,
  decimal,
  email,
  flag,
  insertOnly,
  int,
  longText,
  lookup,
  plainReference,
  readOnly,
  required,
  restricted,
  standardObject,
  systemFields,
  text,
} from '../field-builders.ts';

const SETUP = { setup: true, undeletable: false };

/** Whom an email was from and to, one row a person and role. */
export const emailMessageRelation: ObjectDef = standardObject('EmailMessageRelation', '0eb', {
  sharingModel: 'ControlledByParent',
  sharingParent: 'EmailMessageId',
  updateable: false,
  undeletable: false,
  fields: [
    ...systemFields({ deletable: true }).filter((each) => !each.name.startsWith('LastModified')),
    lookup('EmailMessageId', ['EmailMessage'], required, insertOnly, {
      childRelationshipName: 'EmailMessageRelations',
      deleteConstraint: 'Cascade',
    }),
    lookup('RelationId', ['Contact', 'Lead', 'User'], insertOnly, {
      childRelationshipName: 'EmailMessageRelations',
      permissionable: false,
    }),
    restricted('RelationType', ['ToAddress', 'CcAddress', 'BccAddress', 'FromAddress', 'OtherAddress'], required, {
      updateable: false,
    }),
    text('RelationAddress', 1_000, insertOnly, { permissionable: false }),
    restricted('RelationObjectType', ['Contact', 'Lead', 'User'], readOnly, { permissionable: false }),
  ],
});

export const orgWideEmailAddress: ObjectDef = standardObject('OrgWideEmailAddress', '0D2', {
  ...SETUP,
  label: 'Organization-wide From Email Address',
  labelPlural: 'Organization-wide From Email Addresses',
  fields: [
    ...systemFields({ deletable: false }),
    email('Address', required),
    text('DisplayName', 255, required, { nameField: true }),
    flag('IsAllowAllProfiles'),
  ],
});

export const emailTemplate: ObjectDef = standardObject('EmailTemplate', '00X', {
  ...SETUP,
  fields: [
    ...systemFields({ deletable: false }),
    text('Name', 80, required, { label: 'Email Template Name', nameField: true }),
    text('DeveloperName', 80, required),
    text('NamespacePrefix', 15, readOnly),
    lookup('OwnerId', ['User'], required, { defaultedOnCreate: true }),
    plainReference('FolderId', ['Folder', 'Organization', 'User'], required),
    restricted('TemplateStyle', ['*none', 'freeForm', 'formalLetter'], required, { defaultedOnCreate: true }),
    flag('IsActive'),
    restricted('TemplateType', ['*text', 'html', 'custom', 'visualforce'], required, { updateable: false }),
    restricted('Encoding', ['*UTF-8', 'ISO-8859-1']),
    text('Description', 1_000),
    text('Subject', 1_000),
    longText('HtmlValue', 384_000),
    longText('Body', 384_000),
    int('TimesUsed', 9, readOnly),
    datetime('LastUsedDate', readOnly),
    decimal('ApiVersion', 18, 1),
    longText('Markup', 1_048_576),
    restricted('UiType', ['*Aloha', 'SFX', 'SFX_Sample'], { updateable: false }),
    restricted('RelatedEntityType', []),
  ],
});

export const folder: ObjectDef = standardObject('Folder', '00l', {
  ...SETUP,
  fields: [
    ...systemFields({ deletable: false }),
    plainReference('ParentId', ['Folder'], { childRelationshipName: 'SubFolders' }),
    text('Name', 80, required, { nameField: true }),
    text('DeveloperName', 80),
    restricted('AccessType', ['Shared', '*Public', 'Hidden', 'PublicInternal'], required),
    flag('IsReadonly'),
    restricted('Type', ['Document', 'Email', 'Report', 'Dashboard', 'EmailTemplate'], required, { updateable: false }),
    text('NamespacePrefix', 15, readOnly),
  ],
});

export const customNotificationType: ObjectDef = standardObject('CustomNotificationType', '0ML', {
  ...SETUP,
  fields: [
    ...systemFields({ deletable: true }),
    text('CustomNotifTypeName', 80, required, { nameField: true }),
    text('DeveloperName', 80, required),
    restricted('Language', [], required, { defaultedOnCreate: true, defaultValue: 'en_US' }),
    text('MasterLabel', 80, required),
    text('NamespacePrefix', 15, readOnly),
    text('Description', 255),
    flag('Desktop'),
    flag('Mobile'),
  ],
});
