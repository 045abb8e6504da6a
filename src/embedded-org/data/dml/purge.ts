import type { OrgCore } from '../org-core.ts';
import { quoteName } from '../quote-name.ts';
import { planFor } from './object-plan.ts';
import { entriesOfRoot, expiredRoots, forgetRoot, rememberGone } from './recycle-bin.ts';

/** Most records whose time in the bin is over that one delete takes away. */
const PURGED_AT_ONCE = 50;

/** Deletes a record in the bin, with what went along with it, for good. */
export function purgeRoot(core: OrgCore, root: string): void {
  for (const entry of entriesOfRoot(core, root)) {
    const object = core.schema.find(entry.object);
    if (object !== undefined) {
      const sql = `delete from ${quoteName(object.name)} where "Id" = ? and "IsDeleted" = 1`;
      planFor(core, object).prepare(sql).run(entry.id);
    }
    rememberGone(core, entry);
  }
  forgetRoot(core, root);
}

/** Takes away records whose time in the bin is over, some with every delete, so that the bin does not grow for ever. */
export function purgeExpired(core: OrgCore): void {
  for (const root of expiredRoots(core, PURGED_AT_ONCE)) purgeRoot(core, root);
}
