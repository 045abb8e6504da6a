import type { Store } from '../ports.ts';
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
    const leads = await store.signals.prune(now - kept);
    await store.observations.prune(now - changesKeptMs);
    // What led them to where they stand is gone in part: a stage that is not lost must not be lost by forgetting.
    if (leads.length > 0) await keepStages(store, leads, now);
    await store.schedule.hasten(leads, 0);
    await store.setNote(prunedNote, String(now));
  });
}

/** A store that was never filled has no rows of them. */
async function keepStages(store: Store, leads: readonly string[], now: number): Promise<void> {
  await leadStarts.prepare(store);
  await store.mirror.prepare(leadStates.object, leadStates.mirrored, leadStates.parent);
  await leadStarts.saveLeads(store, leads, now);
}
