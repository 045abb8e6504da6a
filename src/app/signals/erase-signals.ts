import type { Store } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { keepStages } from './retention.ts';

/** Erases all signals of a lead and has it judged without them; a stage that is not lost stays. */
export async function eraseSignals(
  store: Store,
  leadId: string,
  now: number,
): Promise<{ leadId: string; erased: number }> {
  if (!/^00Q\w{15}$/.test(leadId)) {
    throw new Refusal(
      'lead-not-found',
      `"${leadId}" is not the id of a lead: it has 18 characters and begins with 00Q.`,
    );
  }
  return store.transaction(async () => {
    const erased = await store.signals.erase([leadId]);
    await keepStages(store, [leadId], now);
    await store.schedule.hasten([leadId], 0);
    return { leadId, erased };
  });
}
