import type { CrmRecord, Store } from '../ports.ts';
import { conversions, relatedIdsOf } from './conversions.ts';

/**
 * Erases what the store alone knows of these leads, and returns how many signals that were: what they did, what their
 * records and those that they alone were converted to said before, and what was known when they were handed over.
 *
 * Call it in a transaction. Where the leads stand is left to the caller: a lead that lives on keeps its stage.
 */
export async function forgetPeople(store: Store, leads: readonly CrmRecord[]): Promise<number> {
  const ids = leads.map((lead) => String(lead['Id']));
  const forgotten = new Set(ids);
  const related = leads.flatMap((lead) => relatedIdsOf(lead).map(([, id]) => id));
  if (related.length > 0) await conversions.prepare(store);
  const converted = await conversions.leadsOf(store, related);
  const own = related.filter((id) => (converted.get(id) ?? []).every((lead) => forgotten.has(lead)));
  await store.observations.erase([...ids, ...own]);
  await store.handOffs.erase(ids);
  return store.signals.erase(ids);
}
