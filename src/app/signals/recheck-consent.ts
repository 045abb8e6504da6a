import type { Clock, Crm, Store } from '../ports.ts';
import { toRecords } from '../sync/page-rows.ts';
import { keepStages } from './retention.ts';
import { refusals } from './find-people.ts';

type Ports = { readonly crm: Crm; readonly store: Store; readonly clock: Clock };

/**
 * Erases the signals of people who do not want to be followed any more, and returns how many that were: of whoever has
 * opted out or wants to be forgotten all, and else those that were kept by a checkbox that is not ticked any more.
 *
 * What the signed-in user may not see is left as it is: nobody has been seen to refuse.
 */
export async function recheckConsent(ports: Ports): Promise<number> {
  const { crm, store } = ports;
  const fields = await store.signals.consentFields();
  if (fields.length === 0) return 0;
  const lead = new Set((await crm.describe('Lead'))?.fields.map(({ name }) => name));
  const individual = new Set((await crm.describe('Individual'))?.fields.map(({ name }) => name));
  const readable = lead.has('IndividualId') ? refusals.filter((name) => individual.has(name)) : [];
  let erased = 0;
  for (const refusal of readable) erased += await eraseOf(ports, `Individual.${refusal} = true`);
  for (const field of fields) {
    if (field !== undefined && lead.has(field)) erased += await eraseOf(ports, `${field} = false`, field);
  }
  return erased;
}

/** Erases the signals of the leads that meet a condition, page by page, and has them judged without those. */
async function eraseOf({ crm, store, clock }: Ports, where: string, consentField?: string): Promise<number> {
  let erased = 0;
  for await (const page of crm.extract({ object: 'Lead', fields: ['Id'], where })) {
    const stored = await store.signals.of(toRecords(page).map((lead) => String(lead['Id'])));
    const refused = stored.filter((each) => consentField === undefined || each.consentField === consentField);
    const leads = [...new Set(refused.map(({ leadId }) => leadId))];
    if (leads.length === 0) continue;
    await store.transaction(async () => {
      erased += await store.signals.erase(leads, consentField);
      await keepStages(store, leads, clock.now());
      await store.schedule.hasten(leads, 0);
    });
  }
  return erased;
}
