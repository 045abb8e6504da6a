import type { Org } from '../../src/embedded-org/data/org-core.ts';
import type { UserContext } from '../../src/embedded-org/data/types.ts';

const OPTIONS = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

/** Inserts one row and returns its id; fails with the org's own message. */
export function insertRow(org: Org, user: UserContext, object: string, row: Record<string, unknown>): string {
  const [result] = org.insert(user, object, [row], OPTIONS);
  if (result?.success && result.id) return result.id;
  throw new Error(`${object}: ${result?.errors.map(({ message }) => message).join('; ')}`);
}

/** Updates one row; undefined when the org took it, else the org's message. */
export function updateRow(
  org: Org,
  user: UserContext,
  object: string,
  row: Record<string, unknown>,
): string | undefined {
  return org.update(user, object, [row], OPTIONS)[0]?.errors[0]?.message;
}

/** Adds a user of a profile with permission sets of the package. */
export function addPerson(
  org: Org,
  name: string,
  { profileId, permissionSets = [] }: { profileId?: string; permissionSets?: readonly string[] } = {},
): UserContext {
  const system = org.system();
  const username = `${name.toLowerCase()}@northwind.example`;
  const userId = insertRow(org, system, 'User', {
    FirstName: name,
    LastName: 'Example',
    Alias: name.toLowerCase().slice(0, 8),
    Username: username,
    Email: username,
    ProfileId: profileId ?? findId(org, "SELECT Id FROM Profile WHERE Name = 'Standard User'"),
    TimeZoneSidKey: 'America/New_York',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    IsActive: true,
  });
  for (const set of permissionSets) {
    const PermissionSetId = findId(org, `SELECT Id FROM PermissionSet WHERE Name = '${set}'`);
    insertRow(org, system, 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId });
  }
  return org.user(userId);
}

function findId(org: Org, soql: string): string {
  const [row] = org.query(org.system(), soql, { includeDeleted: false, apiVersion: 68 }).page(0, 1);
  if (row) return String(row['Id']);
  throw new Error(`Nothing found: ${soql}`);
}
