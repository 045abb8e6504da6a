import type { FieldDef, ObjectDef } from '../../types.ts';
import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import type { Behaviour } from './behaviour.ts';

/** Each right on an object rests on others: its column, its name, and the columns of those. */
const OBJECT_RIGHTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['PermissionsRead', 'Read', []],
  ['PermissionsCreate', 'Create', ['PermissionsRead']],
  ['PermissionsEdit', 'Edit', ['PermissionsRead']],
  ['PermissionsDelete', 'Delete', ['PermissionsRead', 'PermissionsEdit']],
  ['PermissionsViewAllRecords', 'View All', ['PermissionsRead']],
  [
    'PermissionsModifyAllRecords',
    'Modify All',
    ['PermissionsRead', 'PermissionsEdit', 'PermissionsDelete', 'PermissionsViewAllRecords'],
  ],
];
const FIELD_RIGHTS = OBJECT_RIGHTS.filter(([name]) => name === 'PermissionsRead' || name === 'PermissionsEdit');

/** A permission set says once what it grants on an object, and grants no right without those it rests on. */
export const objectPermissionsBehaviour: Behaviour = {
  beforeSave: (job, row) => {
    const object = grantedObject(job, row);
    if (row['PermissionsViewAllFields'] === 1) throw viewAllFieldsRefused();
    checkDependencies(row, OBJECT_RIGHTS, object.name);
    refuseSecond(job, row, 'SobjectType');
  },
};

/** The same for a field, of those whose visibility permissions decide. */
export const fieldPermissionsBehaviour: Behaviour = {
  beforeSave: (job, row) => {
    const object = grantedObject(job, row);
    const path = String(row['Field'] ?? '');
    const [objectName = '', fieldName = ''] = path.split('.');
    const field = job.core.schema.field(object, fieldName);
    if (job.core.schema.find(objectName) !== object || !isGrantable(object, field)) throw notListed('Field', path);
    row['Field'] = `${object.name}.${field.name}`;
    checkDependencies(row, FIELD_RIGHTS, row['Field']);
    refuseSecond(job, row, 'Field');
  },
};

/** An org has permissions for more fields of activities than are in force here; files that grant them stay good. */
function isGrantable(object: ObjectDef, field: FieldDef | undefined): field is FieldDef {
  if (field === undefined || object.name === 'Task' || object.name === 'Event') return field?.nillable === true;
  return field.permissionable;
}

function grantedObject(job: WriteJob, row: StoredRow): ObjectDef {
  const name = String(row['SobjectType'] ?? '');
  const object = job.core.schema.find(name);
  if (object === undefined || object.setup) throw notListed('SobjectType', name);
  row['SobjectType'] = object.name;
  return object;
}

function checkDependencies(row: StoredRow, rights: typeof OBJECT_RIGHTS, what: string): void {
  const labels = new Map(rights.map(([name, label]) => [name, label]));
  for (const [name, label, needs] of rights) {
    const missing = row[name] === 1 ? needs.filter((need) => row[need] !== 1) : [];
    if (missing.length === 0) continue;
    const list = missing.map((need) => `${labels.get(need)} ${what}`).join(', ');
    throw dependsOn(`${label} ${what}`, list, missing);
  }
}

/** The platform's refusal of a permission without those it rests on. */
export const dependsOn = (permission: string, needed: string, fields: readonly string[]) =>
  rowError('FIELD_INTEGRITY_EXCEPTION', `Permission ${permission} depends on permission(s): ${needed}`, fields);

/** Nothing here would show more fields for it. */
const viewAllFieldsRefused = () =>
  rowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'The embedded org does not support viewAllFields', [
    'PermissionsViewAllFields',
  ]);

const notListed = (name: string, value: string) =>
  rowError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${name === 'Field' ? 'Field Name' : 'SObject Type Name'}: bad value for restricted picklist field: ${value}`,
    [name],
  );

function refuseSecond(job: WriteJob, row: StoredRow, name: 'SobjectType' | 'Field'): void {
  const sql = `select "Id" from "${job.plan.object.name}" where "ParentId" = ? and "${name}" = ? and "Id" <> ?`;
  const other = job.plan.prepare(sql).get(row['ParentId'] ?? null, row[name] ?? null, row['Id'] ?? '');
  if (other === undefined) return;
  const message = `duplicate value found: ${name} duplicates value on record with id: ${String(other['Id']).slice(0, 15)}`;
  throw rowError('DUPLICATE_VALUE', message, ['ParentId', name]);
}
