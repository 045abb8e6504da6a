import { insertStored, nextId } from '../dml/store-row.ts';
import { planFor, type StoredRow } from '../dml/object-plan.ts';
import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import { quoteName } from '../quote-name.ts';

/** Tables that hold the rights of a profile's own permission set. */
const RIGHTS = ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess'];

/** Copies a profile with all its rights under a new name, as the setup page does, and returns the copy's id. */
export function cloneProfile(core: OrgCore, sourceName: string, newName: string): string {
  const source = core.db.prepare('select * from "Profile" where "Name" = ?').get(sourceName) as StoredRow | undefined;
  if (source === undefined) throw new OrgError('NOT_FOUND', `The org has no profile ${sourceName} to clone.`, 404);
  const permissionSet = ownPermissionSet(core, String(source['Id']));
  const profileId = storeRow(core, 'Profile', { ...source, Name: newName });
  const parentId = storeRow(core, 'PermissionSet', {
    ...permissionSet,
    Name: `X${profileId}`,
    Label: profileId,
    ProfileId: profileId,
  });
  for (const table of RIGHTS)
    for (const row of core.db
      .prepare(`select * from ${quoteName(table)} where "ParentId" = ?`)
      .all(String(permissionSet['Id'])))
      storeRow(core, table, { ...(row as StoredRow), ParentId: parentId });
  return profileId;
}

/** Sets what users of a profile may do with a field, given as `Lead.AnnualRevenue`. */
export function setProfileFieldAccess(
  core: OrgCore,
  profileId: string,
  fieldPath: string,
  access: { readonly read: boolean; readonly edit: boolean },
): void {
  const [objectName = '', fieldName = ''] = fieldPath.split('.');
  const object = core.schema.find(objectName);
  const field = object && core.schema.field(object, fieldName);
  if (!object || !field?.permissionable) {
    throw new OrgError('INVALID_FIELD', `${fieldPath} is not a field whose visibility a profile decides.`);
  }
  const parentId = String(ownPermissionSet(core, profileId)['Id']);
  const path = `${object.name}.${field.name}`;
  core.db.prepare('delete from "FieldPermissions" where "ParentId" = ? and "Field" = ?').run(parentId, path);
  if (!access.read && !access.edit) return;
  storeRow(core, 'FieldPermissions', {
    SystemModstamp: core.clock.stamp(),
    ParentId: parentId,
    SobjectType: object.name,
    Field: path,
    PermissionsRead: 1,
    PermissionsEdit: Number(access.edit),
  });
}

function ownPermissionSet(core: OrgCore, profileId: string): StoredRow {
  const row = core.db
    .prepare('select * from "PermissionSet" where "ProfileId" = ? and "IsOwnedByProfile" = 1')
    .get(profileId);
  if (row === undefined) throw new OrgError('NOT_FOUND', `The org has no profile with the id ${profileId}.`, 404);
  return row as StoredRow;
}

/** Stores the row under an id of its own. */
function storeRow(core: OrgCore, objectName: string, row: StoredRow): string {
  const object = core.schema.find(objectName);
  if (object === undefined) throw new Error(`The org has no object ${objectName}.`);
  const plan = planFor(core, object);
  const id = nextId(core, plan);
  insertStored(plan, { ...row, Id: id });
  return id;
}
