import type { Store } from '../ports.ts';
import { forgetPeople } from './forget-people.ts';
import { leadStarts } from './lead-starts.ts';
import { leadStates } from './lead-states.ts';

/** Above this many, and this share of all rows, missing leads look like a lost permission rather than like deletions. */
const plausible = { rows: 100, share: 0.2 };

/**
 * Puts the removal of state rows whose lead was deleted or merged into the outbox, and forgets those people.
 *
 * When suddenly a large share of leads is gone the rows are kept, because sharing hides records without a word and a
 * service that lost its View All permission would otherwise wipe what everyone else sees.
 */
export async function removeOrphans(
  store: Store,
  orphans: ReadonlyMap<string, string>,
  options: { readonly removeOrphans?: boolean },
): Promise<{ readonly removed: number; readonly kept: readonly string[] }> {
  if (orphans.size === 0) return { removed: 0, kept: [] };
  const rows = await store.mirror.count(leadStates.object);
  const many = orphans.size > plausible.rows && orphans.size > rows * plausible.share;
  if (many && !options.removeOrphans) {
    const text =
      `${orphans.size} of ${rows} lead states belong to leads that the service's user cannot find. They are kept, ` +
      'because a lost View All permission looks the same. If the leads are really gone, sync with --full --remove-orphans.';
    return { removed: 0, kept: [text] };
  }
  await store.transaction(async () => {
    await forgetPeople(
      store,
      [...orphans.keys()].map((Id) => ({ Id })),
    );
    await leadStarts.forget(store, [...orphans.keys()]);
    await store.outbox.enqueue([...orphans].map(([leadId, stateId]) => leadStates.removal(leadId, stateId)));
  });
  return { removed: orphans.size, kept: [] };
}
