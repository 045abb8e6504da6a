import { USER_PERMISSIONS } from '../schema/standard/user-permissions.ts';
import type { FieldDef, Schema } from '../types.ts';
import { NOT_FOR_ADMINISTRATORS, type ProfileRights } from './profiles.ts';
import type { WriteRow } from './row-writer.ts';

/** Room for the rows that belong to one profile, so that ids of profiles never meet. */
const ROWS_PER_PROFILE = 10_000;

/** Stores a profile with the permission set that carries its rights, and returns the profile's id. */
export function insertProfile(
  schema: Schema,
  write: WriteRow,
  profile: ProfileRights,
  licenseId: string,
  sequence: number,
): string {
  const granted = userPermissions(profile);
  const profileId = write('Profile', sequence, {
    Name: profile.name,
    UserType: 'Standard',
    UserLicenseId: licenseId,
    ...granted,
  });
  const parentId = write('PermissionSet', sequence, {
    Name: `X${profileId}`,
    Label: profileId,
    ProfileId: profileId,
    LicenseId: licenseId,
    IsOwnedByProfile: 1,
    Type: 'Profile',
    ...granted,
  });
  const first = (sequence - 1) * ROWS_PER_PROFILE + 1;
  insertObjectPermissions(write, profile, parentId, first);
  if (profile.allFields) insertFieldPermissions(schema, write, parentId, first);
  return profileId;
}

function insertObjectPermissions(write: WriteRow, profile: ProfileRights, ParentId: string, first: number): void {
  const objects = profile.objects.flatMap((each) => each.objects.map((name) => ({ name, letters: each.letters })));
  objects.forEach(({ name, letters }, index) =>
    write('ObjectPermissions', first + index, { ParentId, SobjectType: name, ...objectPermissions(letters) }),
  );
}

function insertFieldPermissions(schema: Schema, write: WriteRow, ParentId: string, first: number): void {
  permissionableFields(schema).forEach(({ objectName, field }, index) =>
    write('FieldPermissions', first + index, {
      ParentId,
      SobjectType: objectName,
      Field: `${objectName}.${field.name}`,
      PermissionsRead: 1,
      PermissionsEdit: Number(field.createable || field.updateable || field.type === 'address'),
    }),
  );
}

function userPermissions(profile: ProfileRights): Record<string, number> {
  const names =
    profile.permissions === '*'
      ? USER_PERMISSIONS.filter((name) => !NOT_FOR_ADMINISTRATORS.includes(name))
      : profile.permissions;
  return Object.fromEntries(names.map((name) => [`Permissions${name}`, 1]));
}

function objectPermissions(letters: string): Record<string, number> {
  return {
    PermissionsCreate: Number(letters.includes('C')),
    PermissionsRead: Number(letters.includes('R')),
    PermissionsEdit: Number(letters.includes('E')),
    PermissionsDelete: Number(letters.includes('D')),
    PermissionsViewAllRecords: Number(letters.includes('V')),
    PermissionsModifyAllRecords: Number(letters.includes('M')),
  };
}

function permissionableFields(schema: Schema): readonly { readonly objectName: string; readonly field: FieldDef }[] {
  return schema
    .all()
    .filter((object) => !object.custom && !object.setup)
    .flatMap((object) =>
      object.fields
        .filter((field) => !field.custom && field.permissionable)
        .map((field) => ({ objectName: object.name, field })),
    );
}
