import type { StoredRow } from '../../data/dml/object-plan.ts';
import type { OrgCore } from '../../data/org-core.ts';
import type { FieldDef } from '../../data/types.ts';
import { DeployError } from '../deploy-error.ts';
import { allOf, isTrue, textOf, type XmlElement } from '../xml-element.ts';
import { getField, getObject } from './reference-checks.ts';

const RIGHTS = {
  allowRead: ['PermissionsRead', 'Read', []],
  allowCreate: ['PermissionsCreate', 'Create', ['allowRead']],
  allowEdit: ['PermissionsEdit', 'Edit', ['allowRead']],
  allowDelete: ['PermissionsDelete', 'Delete', ['allowRead', 'allowEdit']],
  viewAllRecords: ['PermissionsViewAllRecords', 'View All', ['allowRead']],
  modifyAllRecords: [
    'PermissionsModifyAllRecords',
    'Modify All',
    ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
  ],
} as const;

/** The rows of ObjectPermissions that a permission set's file asks for; a right needs those it rests on. */
export function objectGrants(core: OrgCore, element: XmlElement): readonly StoredRow[] {
  return allOf(element, 'objectPermissions').flatMap((each) => {
    const object = getObject(core, textOf(each, 'object') ?? '');
    if (isTrue(each, 'viewAllFields')) throw new DeployError('The embedded org does not support viewAllFields');
    const row: StoredRow = { SobjectType: object.name };
    for (const [name, [column, label, needs]] of Object.entries(RIGHTS)) {
      row[column] = isTrue(each, name) ? 1 : 0;
      const missing = needs.filter((need) => row[column] === 1 && !isTrue(each, need)).map((need) => RIGHTS[need][1]);
      if (missing.length > 0) {
        const list = missing.map((right) => `${right} ${object.name}`).join(', ');
        throw new DeployError(`Permission ${label} ${object.name} depends on permission(s): ${list}`);
      }
    }
    return row['PermissionsRead'] === 1 ? [row] : [];
  });
}

/** The rows of FieldPermissions; required and master-detail fields can be neither granted nor hidden. */
export function fieldGrants(core: OrgCore, element: XmlElement): readonly StoredRow[] {
  const seen = new Set<string>();
  return allOf(element, 'fieldPermissions').flatMap((each) => {
    const path = textOf(each, 'field') ?? '';
    const [objectName = '', fieldName = ''] = path.split('.');
    const object = core.schema.find(objectName);
    if (!object) throw new DeployError(`In field: field - no CustomObject named ${objectName} found`);
    const field = getField(core, object, fieldName);
    if (isRequired(field)) throw new DeployError(`You cannot deploy to a required field: ${object.name}.${field.name}`);
    const name = `${object.name}.${core.schema.field(object, fieldName)?.name ?? fieldName}`;
    if (seen.has(name)) throw new DeployError(`Duplicate fieldPermissions specified: ${name}`);
    seen.add(name);
    const [edit, read] = [isTrue(each, 'editable'), isTrue(each, 'readable')];
    if (!edit && !read) return [];
    return [{ SobjectType: object.name, Field: name, PermissionsRead: 1, PermissionsEdit: edit ? 1 : 0 }];
  });
}

const isRequired = (field: FieldDef): boolean =>
  field.masterDetail === true ||
  field.nameField === true ||
  (!field.nillable && !field.permissionable && field.type !== 'boolean' && field.sql === undefined);
