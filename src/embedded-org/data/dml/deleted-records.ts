import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import { quoteName } from '../quote-name.ts';
import { reachableOwners } from '../security/owners.ts';
import { visibleSql } from '../security/sharing.ts';
import type { DeletedRecord, UserContext } from '../types.ts';

/**
 * Records deleted from `from` up to `to`, in the recycle bin or gone for good, in the order of their deletion.
 *
 * Of those that are gone only the owner is known: where sharing is restricted, they are told to whoever reaches the owner.
 */
export function deletedRecords(
  core: OrgCore,
  user: UserContext,
  objectName: string,
  from: number,
  to: number,
): readonly DeletedRecord[] {
  const object = core.schema.find(objectName);
  if (object === undefined || !user.access.object(object.name).read) {
    throw new OrgError('INVALID_TYPE', `sObject type '${objectName}' is not supported.`);
  }
  const visible = visibleSql(core, user, object, 'it');
  const sql = `select it."Id" as id, it."SystemModstamp" as at from ${quoteName(object.name)} it
      where it."IsDeleted" = 1 and it."SystemModstamp" >= ? and it."SystemModstamp" < ? and ${visible.text}
    union all select id, at from "~gone" where object = ? and at >= ? and at < ?
      and (? or owner in (select value from json_each(?))) order by at, id`;
  const seesAll = Number(visible.text === '1' || user.access.object(object.name).viewAll);
  const owners = JSON.stringify(reachableOwners(core, user));
  const rows = core.db.prepare(sql).all(from, to, ...visible.params, object.name, from, to, seesAll, owners);
  return rows.map((row) => ({ id: String(row['id']), deletedAt: Number(row['at']) }));
}
