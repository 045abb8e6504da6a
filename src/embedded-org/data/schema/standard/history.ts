import type { FieldDef, ObjectDef } from '../../types.ts';
import { datetime, field, flag, lookup, standardObject, system } from '../field-builders.ts';

/**
 * The field history of an object.
 *
 * History rows have neither SystemModstamp nor LastModifiedDate, and their values can be read but not filtered.
 */
export function historyObject(name: string, parent: string, keyPrefix: string, parentField: string): ObjectDef {
  const unfiltered = {
    createable: false,
    updateable: false,
    filterable: false,
    groupable: false,
    sortable: false,
    permissionable: false,
  };
  return standardObject(name, keyPrefix, {
    labelPlural: name.replace('History', ' History'),
    createable: false,
    updateable: false,
    undeletable: false,
    sharingModel: 'ControlledByParent',
    sharingParent: parentField,
    fields: [
      field('Id', 'id', system, { length: 18 }),
      flag('IsDeleted', system),
      lookup(parentField, [parent], system, { childRelationshipName: 'Histories', deleteConstraint: 'Cascade' }),
      lookup('CreatedById', ['User'], system),
      datetime('CreatedDate', system),
      field('Field', 'picklist', system, { length: 255, picklist: { values: [], restricted: false } }),
      field('OldValue', 'string', unfiltered, { length: 255 }),
      field('NewValue', 'string', unfiltered, { length: 255 }),
    ],
  });
}

/** How history rows name a field: a standard lookup by its relationship. */
export const historyFieldName = (field: FieldDef): string =>
  field.custom ? field.name : field.name.replace(/Id$/, '');
