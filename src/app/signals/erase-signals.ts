import type { Store } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { forgetPeople } from '../sync/forget-people.ts';
import { keepStages } from './retention.ts';

/**
 * Erases what the store alone knows of a lead, and has it judged without that; returns how many signals it was.
 *
 * A stage that is not lost stays. What the org holds of the lead is the org's to delete.
 */
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
    // A store into which only signals were imported has no mirror of leads yet.
    const [lead] = (await store.cursors.find('Lead')) ? await store.mirror.get('Lead', [leadId]) : [];
    const erased = await forgetPeople(store, [lead ?? { Id: leadId }]);
    await keepStages(store, [leadId], now);
    await store.schedule.hasten([leadId], 0);
    return { leadId, erased };
  });
}
