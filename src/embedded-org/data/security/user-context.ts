import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import type { UserContext } from '../types.ts';
import { everyAccess, loadAccess } from './access.ts';
import { cachedByRevision } from './security-cache.ts';

type UserRow = Readonly<Record<string, string | number | null>>;

const USER_SQL = `select u."Id", u."Username", u."FirstName", u."LastName", u."ProfileId", u."UserRoleId", u."TimeZoneSidKey",
  u."LocaleSidKey", u."LanguageLocaleKey", u."UserType", p."Name" as "ProfileName"
  from "User" u left join "Profile" p on p."Id" = u."ProfileId"`;

/** The user with the rights that hold now; throws INVALID_SESSION_ID for one who is unknown or inactive. */
export function userContext(core: OrgCore, userId: string): UserContext {
  const found = cachedByRevision(core, `user:${userId}`, () =>
    load(core, core.db.prepare(`${USER_SQL} where u."Id" = ? and u."IsActive" = 1`).get(userId) as UserRow | undefined),
  );
  if (found === undefined) throw new OrgError('INVALID_SESSION_ID', 'Session expired or invalid', 401);
  return found;
}

export function findUserByUsername(core: OrgCore, username: string): UserContext | undefined {
  const row = core.db.prepare('select "Id" from "User" where "Username" = ? and "IsActive" = 1').get(username);
  return row && userContext(core, String(row['Id']));
}

/** The platform's own user, Automated Process, with every right. */
export function systemContext(core: OrgCore): UserContext {
  return cachedByRevision(core, 'system', () => {
    const row = core.db.prepare(`${USER_SQL} where u."UserType" = 'AutomatedProcess'`).get() as UserRow;
    return { ...toContext(row), access: everyAccess(core) };
  });
}

/** Whether this is the platform itself rather than somebody who signed in. */
export const isPlatform = (core: OrgCore, user: UserContext): boolean => user.userId === systemContext(core).userId;

function load(core: OrgCore, row: UserRow | undefined): UserContext | undefined {
  if (row === undefined) return undefined;
  return { ...toContext(row), access: loadAccess(core, String(row['Id']), String(row['ProfileId'])) };
}

function toContext(row: UserRow): Omit<UserContext, 'access'> {
  const textOf = (column: string): string => String(row[column] ?? '');
  return {
    userId: textOf('Id'),
    username: textOf('Username'),
    name: `${textOf('FirstName')} ${textOf('LastName')}`.trim(),
    profileId: textOf('ProfileId'),
    profileName: textOf('ProfileName'),
    roleId: row['UserRoleId'] === null ? undefined : textOf('UserRoleId'),
    timeZone: knownZone(textOf('TimeZoneSidKey')),
    locale: knownLocale(textOf('LocaleSidKey')),
    language: textOf('LanguageLocaleKey'),
  };
}

/** Rows of before such values were checked, and of orgs elsewhere, may have others, which no date could be worked out in. */
const knownZone = (name: string): string =>
  isFit(() => new Intl.DateTimeFormat('en', { timeZone: name })) ? name : 'GMT';

const knownLocale = (name: string): string =>
  isFit(() => new Intl.Locale(name.replaceAll('_', '-'))) ? name : 'en_US';

function isFit(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
