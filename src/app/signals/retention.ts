import type { Store } from '../ports.ts';
import { conversions } from '../sync/conversions.ts';
import { leadStarts } from '../sync/lead-starts.ts';
import { leadStates } from '../sync/lead-states.ts';

const keepNote = 'signals-kept-ms';
const prunedNote = 'pruned-at';

const dayMs = 86_400_000;

/** How long signals are kept unless an import says otherwise. */
export const defaultKeepMs = 180 * dayMs;

/** How long changes of fields are kept that the service saw. */
const changesKeptMs = 400 * dayMs;

/** How long signals are kept, after setting it where a span is given. */
export async function keepSignals(store: Store, keepMs: number | undefined): Promise<number> {
  if (keepMs !== undefined) await store.setNote(keepNote, String(keepMs));
  return Number((await store.getNote(keepNote)) ?? defaultKeepMs);
}

/** Once a day, forgets signals and changes that are older than they are kept, and asks for those people to be judged. */
export async function pruneStore(store: Store, now: number): Promise<void> {
  const last = Number((await store.getNote(prunedNote)) ?? 0);
  if (now - last < dayMs) return;
  const kept = await keepSignals(store, undefined);
  await store.transaction(async () => {
    const signalled = await store.signals.prune(now - kept);
    const changed = await leadsOf(store, await store.observations.prune(now - changesKeptMs));
    const leads = [...new Set([...signalled, ...changed])];
    await keepStages(store, leads, now);
    await store.schedule.hasten(leads, 0);
    await store.setNote(prunedNote, String(now));
  });
}

/** The leads that records are, or that were converted to them. */
async function leadsOf(store: Store, records: readonly string[]): Promise<readonly string[]> {
  const others = records.filter((id) => !isLeadId(id));
  if (others.length === 0) return records;
  await conversions.prepare(store);
  const converted = await conversions.leadsOf(store, others);
  return [...records.filter(isLeadId), ...[...converted.values()].flat()];
}

const isLeadId = (id: string): boolean => id.startsWith('00Q');

/**
 * Keeps where leads stand, because what led them there is to be forgotten in part: a stage that is not lost must not be
 * lost by forgetting. A store that was never filled has no rows of them.
 */
export async function keepStages(store: Store, leads: readonly string[], now: number): Promise<void> {
  if (leads.length === 0) return;
  await leadStarts.prepare(store);
  await store.mirror.prepare(leadStates.object, leadStates.mirrored, leadStates.parent);
  await leadStarts.saveLeads(store, leads, now);
}
