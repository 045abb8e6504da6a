import type { DatabaseSync } from 'node:sqlite';
import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import type { UserContext } from '../types.ts';
import { cachedByRevision } from './security-cache.ts';
import { IN_FORCE } from './grants.ts';

export type RecordType = {
  readonly id: string;
  readonly objectName: string;
  readonly name: string;
  readonly developerName: string;
  readonly active: boolean;
};

/** Creates the table of which permission sets and profiles have which record types; call it when the org is opened. */
export function createRecordTypeAccess(db: DatabaseSync): void {
  db.exec(`create table if not exists "~record_type_access" (
    parent text not null, record_type text not null, is_default integer not null, primary key (parent, record_type)) without rowid`);
}

/** The record types of an object, in the order of their making. */
export function recordTypesOf(core: OrgCore, objectName: string): readonly RecordType[] {
  const all = cachedByRevision(core, 'record types', () => {
    const rows = core.db.prepare('select * from "RecordType" order by "Id"').all();
    return Map.groupBy(rows.map(toRecordType), (each) => each.objectName.toLowerCase());
  });
  return all.get(objectName.toLowerCase()) ?? [];
}

const toRecordType = (row: Readonly<Record<string, unknown>>): RecordType => ({
  id: String(row['Id']),
  objectName: String(row['SobjectType']),
  name: String(row['Name']),
  developerName: String(row['DeveloperName']),
  active: row['IsActive'] === 1,
});

/** The ids of the record types a user may give to records, each with whether it is the user's default. */
export function availableRecordTypes(core: OrgCore, user: UserContext): ReadonlyMap<string, boolean> {
  return cachedByRevision(core, `record types of ${user.userId}`, () => {
    const sql = `select record_type as id, max(is_default) as isDefault from "~record_type_access"
      where parent in ${IN_FORCE} group by record_type`;
    const rows = core.db.prepare(sql).all(user.userId, user.profileId);
    return new Map(rows.map((row) => [String(row['id']), row['isDefault'] === 1]));
  });
}

/** The record type that a user's new records get; undefined for the master record type. */
export function defaultRecordType(core: OrgCore, user: UserContext, objectName: string): string | undefined {
  const types = recordTypesOf(core, objectName);
  if (types.length === 0) return undefined;
  const available = availableRecordTypes(core, user);
  return types.find((each) => each.active && available.get(each.id) === true)?.id;
}

/** Makes the record types of a permission set, by id, the given ones. */
export function setRecordTypes(core: OrgCore, permissionSetId: string, recordTypeIds: readonly string[]): void {
  core.db.prepare('delete from "~record_type_access" where parent = ?').run(permissionSetId);
  const insert = core.db.prepare(
    'insert into "~record_type_access" (parent, record_type, is_default) values (?, ?, 0)',
  );
  for (const id of new Set(recordTypeIds)) insert.run(permissionSetId, id);
}

/** Gives a profile a record type, `Lead.Inbound`, as the setup page does; a default takes the place of the one before. */
export function setProfileRecordType(
  core: OrgCore,
  profileId: string,
  path: string,
  access: { readonly available: boolean; readonly isDefault: boolean },
): void {
  const type = findRecordType(core, path);
  const set = core.db.prepare('select "Id" from "PermissionSet" where "ProfileId" = ? and "IsOwnedByProfile" = 1');
  const parent = set.get(profileId)?.['Id'];
  if (type === undefined) throw new OrgError('NOT_FOUND', `The org has no record type ${path}.`, 404);
  if (parent === undefined) throw new OrgError('NOT_FOUND', `The org has no profile with the id ${profileId}.`, 404);
  const siblings = JSON.stringify(recordTypesOf(core, type.objectName).map((each) => each.id));
  if (access.isDefault) {
    const sql = `update "~record_type_access" set is_default = 0
      where parent = ? and record_type in (select value from json_each(?))`;
    core.db.prepare(sql).run(String(parent), siblings);
  }
  core.db
    .prepare('delete from "~record_type_access" where parent = ? and record_type = ?')
    .run(String(parent), type.id);
  if (!access.available && !access.isDefault) return;
  const insert = 'insert into "~record_type_access" (parent, record_type, is_default) values (?, ?, ?)';
  core.db.prepare(insert).run(String(parent), type.id, Number(access.isDefault));
}

export function findRecordType(core: OrgCore, path: string): RecordType | undefined {
  const [objectName = '', developerName = ''] = path.split('.');
  return recordTypesOf(core, objectName).find(
    (each) => each.developerName.toLowerCase() === developerName.toLowerCase(),
  );
}
