import type { OrgCore } from '../org-core.ts';
import type { UserContext } from '../types.ts';
import { cachedByRevision } from './security-cache.ts';

/**
 * Owners whose records the user reaches: the user, the queues the user is in, and everybody below in the role
 * hierarchy with their queues.
 */
export function reachableOwners(core: OrgCore, user: UserContext): readonly string[] {
  return cachedByRevision(core, `owners:${user.userId}`, () => {
    const rows = core.db.prepare(OWNERS_SQL).all({ user: user.userId }) as { id: string }[];
    return rows.map((row) => row.id);
  });
}

const OWNERS_SQL = `with recursive
  below(id) as (
    select r."Id" from "UserRole" r join "User" u on u."UserRoleId" = r."ParentRoleId" where u."Id" = :user
    union select r."Id" from "UserRole" r join below b on r."ParentRoleId" = b.id),
  people(id) as (select :user union select u."Id" from "User" u where u."UserRoleId" in (select id from below)),
  groups(id) as (
    select m."GroupId" from "GroupMember" m where m."UserOrGroupId" in (select id from people)
    union select m."GroupId" from "GroupMember" m join groups g on m."UserOrGroupId" = g.id)
  select id from people union select id from groups`;
