import { maySeeHolders } from '../agreement/service-users.ts';
import type { Crm, Store } from '../ports.ts';
import { leadStates } from './lead-states.ts';

/** Users whom the leads of the mirror are judged with as possible owners of their rows. */
const ownersNote = 'row-owners';

const pageSize = 10_000;

/**
 * Finds the users who may own a state row: those who are active and may read such rows.
 *
 * To give a row to anybody else the platform refuses, so the service keeps those. Undefined
 * where the service may not look who holds which permission set; then it keeps every row.
 */
export async function findRowOwners(crm: Crm): Promise<ReadonlySet<string> | undefined> {
  if (!(await maySeeHolders(crm))) return undefined;
  const held = await crm.query(
    'SELECT AssigneeId FROM PermissionSetAssignment WHERE Assignee.IsActive = true AND PermissionSetId IN ' +
      `(SELECT ParentId FROM ObjectPermissions WHERE SobjectType = '${leadStates.object}' AND PermissionsRead = true)`,
    { max: 500_000 },
  );
  return new Set(held.map((each) => String(each['AssigneeId'])));
}

/** Puts the leads of users who have come to be owners of rows, or have ceased to be, on the list of work. */
export async function followRowOwners(store: Store, owners: ReadonlySet<string>): Promise<void> {
  const known = await store.getNote(ownersNote);
  const now = [...owners].toSorted().join(' ');
  if (now === known) return;
  const before = new Set(known === undefined ? owners : known.split(' '));
  const changed = new Set([...owners, ...before].filter((user) => !owners.has(user) || !before.has(user)));
  await store.transaction(async () => {
    for (let after = ''; changed.size > 0;) {
      const leads = await store.mirror.page('Lead', after, pageSize);
      if (leads.length === 0) break;
      after = String(leads.at(-1)?.['Id']);
      const theirs = leads.filter((lead) => changed.has(String(lead['OwnerId'])));
      await store.schedule.plan(theirs.map((lead) => ({ id: String(lead['Id']), dueAt: 0 })));
    }
    await store.setNote(ownersNote, now);
  });
}
