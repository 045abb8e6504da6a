import type { Crm, OutboxItem } from '../ports.ts';
import { quotedList } from '../ports/soql-text.ts';
import { leadStates } from './lead-states.ts';

/** Ids that one query may list, well below the length that SOQL takes. */
const idsPerQuery = 200;

/** Looks up the state rows of removals that do not know their row's id: key → id; a row that is not there is left out. */
export async function findRowIds(crm: Crm, removals: readonly OutboxItem[]): Promise<ReadonlyMap<string, string>> {
  const leads = removals.filter(({ record }) => record['Id'] === null).map(({ key }) => leadStates.leadOf(key));
  const found = new Map<string, string>();
  for (let start = 0; start < leads.length; start += idsPerQuery) {
    const some = quotedList(leads.slice(start, start + idsPerQuery));
    const rows = await crm.query(`SELECT Id, Lead_Id__c FROM ${leadStates.object} WHERE Lead_Id__c IN ${some}`);
    for (const row of rows) found.set(leadStates.keyOf(String(row['Lead_Id__c'])), String(row['Id']));
  }
  return found;
}
