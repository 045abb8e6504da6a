import type { Crm } from '../ports.ts';
import { quoted } from '../ports/soql-text.ts';
import { leadStates } from '../sync/lead-states.ts';
import type { Verdict } from './verdict.ts';

/**
 * Says which other stage the service recorded for a lead, and why what the caller judges live may differ from it.
 *
 * Nothing where the stages are the same, or nothing is recorded that the caller can see.
 */
export async function differenceTo(crm: Crm, leadId: string, live: Verdict): Promise<readonly string[]> {
  const [state] = await crm.query(
    `SELECT Stage__c, Stage_Title__c FROM ${leadStates.object} WHERE Lead_Id__c = ${quoted(leadId)}`,
  );
  if (!state || state['Stage__c'] === null || state['Stage__c'] === live.receipt.stage.id) return [];
  const recorded = `The service recorded ${String(state['Stage_Title__c'] ?? state['Stage__c'])} instead`;
  const { unseen = [] } = live;
  return unseen.length > 0
    ? [`${recorded}: it goes by what you cannot read (${unseen.join(', ')}), which is unknown here.`]
    : [`${recorded}: the lead has changed since, or time has passed; the next sync judges it again.`];
}
