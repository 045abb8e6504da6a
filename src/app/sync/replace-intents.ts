import type { OutboxEntry, Store } from '../ports.ts';

/** What the org should hold, and whether the mirror shows that it holds something else. */
export type Intent = { readonly entry: OutboxEntry; readonly differs: boolean };

/**
 * Makes these the only intents of all `keys`; called in the transaction that judged them.
 *
 * A pending intent may have reached the org without its answer having come back, so where there is one the org is told
 * what holds now even if the mirror shows that already.
 */
export async function replaceIntents(store: Store, keys: readonly string[], intents: readonly Intent[]): Promise<void> {
  const pending = await store.outbox.pendingAmong(keys);
  const entries = intents.filter(({ entry, differs }) => differs || pending.has(entry.key)).map(({ entry }) => entry);
  const kept = new Set(entries.map(({ key }) => key));
  await store.outbox.enqueue(entries);
  await store.outbox.withdraw(keys.filter((key) => !kept.has(key)));
}
