import type { OrgCore } from '../org-core.ts';
import { quoteName } from '../quote-name.ts';
import { entriesOfRoot, expiredRoots, forgetRoot } from './recycle-bin.ts';

/** Most records whose time in the bin is over that one delete takes away. */
const PURGED_AT_ONCE = 50;

/** Deletes a record in the bin, with what went along with it, for good. */
export function purgeRoot(core: OrgCore, root: string): void {
  for (const { id, object, at } of entriesOfRoot(core, root)) {
    if (core.schema.find(object) !== undefined)
      core.db.prepare(`delete from ${quoteName(object)} where "Id" = ? and "IsDeleted" = 1`).run(id);
    const remember = 'insert or replace into "~gone" (id, object, at) values (?, ?, ?)';
    core.db.prepare(remember).run(id, object, at);
  }
  forgetRoot(core, root);
}

/** Takes away records whose time in the bin is over, some with every delete, so that the bin does not grow for ever. */
export function purgeExpired(core: OrgCore): void {
  for (const root of expiredRoots(core, PURGED_AT_ONCE)) purgeRoot(core, root);
}
