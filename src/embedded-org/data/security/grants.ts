import type { OrgCore } from '../org-core.ts';
import type { ObjectAccess } from '../types.ts';

/** What a profile and permission sets give together; all keys in lower case. */
export type Grants = {
  readonly objects: ReadonlyMap<string, ObjectAccess>;
  readonly fields: ReadonlyMap<string, { readonly read: boolean; readonly edit: boolean }>;
  readonly custom: ReadonlySet<string>;
  readonly system: ReadonlySet<string>;
};

/**
 * Restricts a statement to the permission sets in force for user ?1 with profile ?2.
 *
 * No session of this org can activate a session-based set, and a set of another licence than the profile's is of no use.
 */
export const IN_FORCE = `(select s."Id" from "PermissionSet" s where s."ProfileId" = ?2 and s."IsOwnedByProfile" = 1
  union select s."Id" from "PermissionSetAssignment" a join "PermissionSet" s on s."Id" = a."PermissionSetId"
    where a."AssigneeId" = ?1 and s."HasActivationRequired" = 0
    and (s."LicenseId" is null or s."LicenseId" = (select p."UserLicenseId" from "Profile" p where p."Id" = ?2)))`;

export function readGrants(core: OrgCore, userId: string, profileId: string): Grants {
  const rows = (sql: string): Record<string, unknown>[] => core.db.prepare(sql).all(userId, profileId);
  return {
    objects: new Map(rows(OBJECT_SQL).map((row) => [String(row['name']), toObjectAccess(row)])),
    fields: new Map(
      rows(FIELD_SQL).map((row) => [
        String(row['name']),
        { read: row['read'] === 1 || row['edit'] === 1, edit: row['edit'] === 1 },
      ]),
    ),
    custom: new Set(rows(CUSTOM_SQL).map((row) => String(row['name']))),
    system: new Set(rows(`select * from "PermissionSet" where "Id" in ${IN_FORCE}`).flatMap(userPermissions)),
  };
}

const OBJECT_SQL = `select lower("SobjectType") as name, max("PermissionsRead") as read, max("PermissionsCreate") as "create",
  max("PermissionsEdit") as edit, max("PermissionsDelete") as "delete", max("PermissionsViewAllRecords") as viewAll,
  max("PermissionsModifyAllRecords") as modifyAll
  from "ObjectPermissions" where "ParentId" in ${IN_FORCE} group by 1`;

const FIELD_SQL = `select lower("Field") as name, max("PermissionsRead") as read, max("PermissionsEdit") as edit
  from "FieldPermissions" where "ParentId" in ${IN_FORCE} group by 1`;

const CUSTOM_SQL = `select lower(p."DeveloperName") as name from "SetupEntityAccess" e join "CustomPermission" p on p."Id" = e."SetupEntityId"
  where p."IsDeleted" = 0 and e."ParentId" in ${IN_FORCE}`;

function toObjectAccess(row: Record<string, unknown>): ObjectAccess {
  const modifyAll = row['modifyAll'] === 1;
  const viewAll = modifyAll || row['viewAll'] === 1;
  return {
    read: viewAll || row['read'] === 1,
    create: modifyAll || row['create'] === 1,
    edit: modifyAll || row['edit'] === 1,
    delete: modifyAll || row['delete'] === 1,
    viewAll,
    modifyAll,
  };
}

function userPermissions(row: Record<string, unknown>): string[] {
  return Object.entries(row)
    .filter(([column, value]) => value === 1 && column.startsWith('Permissions'))
    .map(([column]) => column.slice('Permissions'.length).toLowerCase());
}
