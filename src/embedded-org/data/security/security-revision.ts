import type { DatabaseSync } from 'node:sqlite';
import { quoteName } from '../quote-name.ts';

const WATCHED = [
  'User',
  'UserRole',
  'Group',
  'GroupMember',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
  'SetupEntityAccess',
  'CustomPermission',
  'RecordType',
  '~record_type_access',
  '_object',
];

/**
 * Makes every write to a table that decides rights, the definitions of objects among them, change the revision, whoever makes it, so that cached rights know
 * they are old.
 *
 * The revision is random: a count would come back to the same number after a rollback and another write.
 */
export function watchSecurity(db: DatabaseSync): void {
  db.exec('create table if not exists _security (revision integer not null)');
  db.exec('insert into _security select 0 where not exists (select 1 from _security)');
  for (const table of WATCHED)
    for (const action of ['insert', 'update', 'delete'])
      db.exec(
        `create trigger if not exists ${quoteName(`${table}.${action}.security`)} after ${action} on ${quoteName(table)}
         begin update _security set revision = random() >> 12; end`,
      );
}
