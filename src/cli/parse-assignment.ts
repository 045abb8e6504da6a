import type { Assignment } from '../app/install/assign-permission-sets.ts';
import { Refusal } from '../app/refusal.ts';

/** Parses `user=Set1,Set2` of `--assign`. The last `=` divides, because a username may hold one. */
export function parseAssignment(text: string): Assignment {
  const at = text.lastIndexOf('=');
  const username = text.slice(0, at).trim();
  const sets = text
    .slice(at + 1)
    .split(',')
    .map((each) => each.trim());
  if (at < 1 || username === '' || sets.some((each) => !/^\w+$/.test(each))) {
    throw new Refusal('unknown-name', `"${text}" does not read as username=PermissionSet,PermissionSet.`);
  }
  return { username, permissionSets: sets };
}
