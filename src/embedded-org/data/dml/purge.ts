import type { OrgCore } from '../org-core.ts';
import { quoteName } from '../quote-name.ts';
import type { ObjectDef } from '../types.ts';
import { planFor } from './object-plan.ts';
import { entriesOfRoot, expiredRoots, forgetRoot, rememberGone } from './recycle-bin.ts';

/** Most records whose time in the bin is over that one delete takes away. */
const PURGED_AT_ONCE = 50;

/** Deletes a record in the bin, with what went along with it, for good. */
export function purgeRoot(core: OrgCore, root: string): void {
  for (const entry of entriesOfRoot(core, root)) {
    const object = core.schema.find(entry.object);
    rememberGone(core, entry, object === undefined ? null : removeDeleted(core, object, entry.id));
  }
  forgetRoot(core, root);
}

/** Removes a record in the bin and returns its owner. */
function removeDeleted(core: OrgCore, object: ObjectDef, id: string): string | null {
  const owner = core.schema.field(object, 'OwnerId') === undefined ? 'null' : '"OwnerId"';
  const sql = `delete from ${quoteName(object.name)} where "Id" = ? and "IsDeleted" = 1 returning ${owner} as owner`;
  const row = planFor(core, object).prepare(sql).get(id);
  return typeof row?.['owner'] === 'string' ? row['owner'] : null;
}

/** Takes away records whose time in the bin is over, some with every delete, so that the bin does not grow for ever. */
export function purgeExpired(core: OrgCore): void {
  for (const root of expiredRoots(core, PURGED_AT_ONCE)) purgeRoot(core, root);
}
