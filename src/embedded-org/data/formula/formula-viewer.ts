import type { OrgCore } from '../org-core.ts';
import { systemContext } from '../security/user-context.ts';
import type { UserContext } from '../types.ts';

const viewers = new WeakMap<OrgCore, UserContext>();

/** Reads on behalf of a user: formula fields answer with that user's `$User`, `$Permission` and time zone. */
export function readAs<Result>(core: OrgCore, user: UserContext, read: () => Result): Result {
  const before = viewers.get(core);
  viewers.set(core, user);
  try {
    return read();
  } finally {
    if (before === undefined) viewers.delete(core);
    else viewers.set(core, before);
  }
}

/** Who reads now; the platform itself when nobody does. */
export const viewerOf = (core: OrgCore): UserContext => viewers.get(core) ?? systemContext(core);
