import { OrgError } from '../data/org-error.ts';
import type { UserContext } from '../data/types.ts';

/** Every call of the Metadata API, reading or writing, needs one of these permissions. */
export function requireMetadataRights(user: UserContext): void {
  if (user.access.system('ModifyMetadata') || user.access.system('ModifyAllData')) return;
  const message = 'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';
  throw new OrgError('INSUFFICIENT_ACCESS', message, 403);
}
