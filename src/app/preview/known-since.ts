import type { Store } from '../ports.ts';
import type { MirrorPlan } from '../sync/mirrored-object.ts';
import { observingSince } from '../sync/observing-since.ts';
import { fieldOfHistory } from '../sync/plan-history.ts';

/** Rows of the history that are looked at for when each field's tracking began. */
const sampled = 20_000;

/**
 * Since when each field's changes are known: since the service observes them or since the org's own history tells of them.
 *
 * The org does not say when it began to track a field, so the first change that it tells of stands for that; ids ascend
 * with time, so it is among the first rows.
 */
export async function findKnownSince(
  store: Store,
  plan: MirrorPlan,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const observed = await observingSince(store, now);
  const known = new Map<string, number>();
  for (const { object, fields, holds } of plan.objects) {
    if (holds !== 'leads' && holds !== 'related') continue;
    for (const field of fields) known.set(`${object}.${field}`, observed);
  }
  if (!plan.objects.some(({ object }) => object === 'LeadHistory')) return known;
  for (const row of await store.mirror.page('LeadHistory', '', sampled)) {
    const path = `Lead.${fieldOfHistory(String(row['Field'])) ?? ''}`;
    const at = Date.parse(String(row['CreatedDate']));
    if (at < (known.get(path) ?? -Infinity)) known.set(path, at);
  }
  return known;
}
