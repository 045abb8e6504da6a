import type { ObjectDef } from '../../types.ts';
import {
  datetime,
  field,
  flag,
  insertOnly,
  lookup,
  required,
  restricted,
  standardObject,
  system,
} from '../field-builders.ts';

/** The shares of an object: whom its records are opened to beside their owners, and how far. */
function shareObject(
  name: string,
  parent: string,
  keyPrefix: string,
  names: { readonly parentField: string; readonly levelField: string },
): ObjectDef {
  return standardObject(name, keyPrefix, {
    labelPlural: name,
    undeletable: false,
    sharingModel: 'ControlledByParent',
    sharingParent: names.parentField,
    fields: [
      field('Id', 'id', system, { length: 18 }),
      lookup(names.parentField, [parent], required, insertOnly, {
        childRelationshipName: 'Shares',
        deleteConstraint: 'Cascade',
      }),
      lookup('UserOrGroupId', ['Group', 'User'], required, insertOnly, { deleteConstraint: 'Cascade' }),
      restricted(names.levelField, ['Read', 'Edit', 'All'], required),
      restricted('RowCause', ['Owner', '*Manual', 'Rule'], insertOnly, {
        defaultedOnCreate: true,
        permissionable: false,
      }),
      datetime('LastModifiedDate', system),
      lookup('LastModifiedById', ['User'], system),
      flag('IsDeleted', system),
    ],
  });
}

const standardShare = (parent: string, keyPrefix: string): ObjectDef =>
  shareObject(`${parent}Share`, parent, keyPrefix, { parentField: `${parent}Id`, levelField: `${parent}AccessLevel` });

export const leadShare = standardShare('Lead', '01n');
export const opportunityShare = standardShare('Opportunity', '00t');
export const campaignShare = standardShare('Campaign', '08s');

/** The name of the object with the shares of a custom or standard object. */
export const shareNameOf = (objectName: string): string => `${objectName.replace(/__c$/, '__')}Share`;

/** The shares of a custom object. */
export const customShare = (objectName: string, keyPrefix: string): ObjectDef =>
  shareObject(shareNameOf(objectName), objectName, keyPrefix, { parentField: 'ParentId', levelField: 'AccessLevel' });

/** The column with the level of access. */
export const levelFieldOf = (share: ObjectDef): string =>
  share.sharingParent === 'ParentId' ? 'AccessLevel' : `${(share.sharingParent ?? '').replace(/Id$/, '')}AccessLevel`;
