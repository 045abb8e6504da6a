import type { AgreedOrg } from './agreed-org.ts';

/**
 * Takes leads out of the recycle bin as a user does there; no API that the embedded org speaks can.
 *
 * Salesforce then gives lookups that pointed to a record their value back.
 */
export function restoreLeads(org: AgreedOrg, ids: readonly string[]): void {
  const { db } = org.running.org.core;
  const restore = db.prepare('update "Lead" set "IsDeleted" = 0, "SystemModstamp" = ? where "Id" = ?');
  const point = db.prepare('update "Accord_Lead_State__c" set "Lead__c" = "Lead_Id__c" where "Lead_Id__c" = ?');
  for (const id of ids) {
    restore.run(org.clock.now(), id);
    point.run(id);
  }
}
