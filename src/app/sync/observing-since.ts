import type { Store } from '../ports.ts';

const note = 'observing-since';

/** Since when this store keeps the changes that the service sees, epoch ms: since the first call. */
export async function observingSince(store: Store, now: number): Promise<number> {
  const known = await store.getNote(note);
  if (known !== undefined) return Number(known);
  await store.setNote(note, String(now));
  return now;
}
