import type { Crm, CrmRecord } from '../ports.ts';

/** Work that a person has asked the service for. */
export type RequestRecord = {
  readonly id: string;
  readonly type: string;
  readonly payload: string;
  readonly status: 'New' | 'Running';
  readonly requesterId: string;
  readonly isRequesterActive: boolean;
};

const object = 'Accord_Request__c';

/** Requests that one pass does; the others wait for the next one. */
const mostAtATime = 20;

/** What the org's text fields hold. */
const longestError = 255;
const longestResult = 32_000;

/** Reads the requests that are to be done, oldest first; those under way belong to a service that is gone. */
export async function findOpenRequests(crm: Crm): Promise<readonly RequestRecord[]> {
  const rows = await crm.query(
    `SELECT Id, Type__c, Payload__c, Status__c, CreatedById, CreatedBy.IsActive FROM ${object} ` +
      `WHERE Status__c IN ('New', 'Running') ORDER BY CreatedDate, Id LIMIT ${mostAtATime}`,
  );
  return rows.map((row) => ({
    id: String(row['Id']),
    type: String(row['Type__c'] ?? ''),
    payload: String(row['Payload__c'] ?? ''),
    status: row['Status__c'] === 'Running' ? 'Running' : 'New',
    requesterId: String(row['CreatedById']),
    isRequesterActive: row['CreatedBy.IsActive'] === true,
  }));
}

/** Returns why the org refused, as it does where somebody else than the service tries; undefined when it did not. */
export const markRunning = (crm: Crm, id: string): Promise<string | undefined> =>
  update(crm, { Id: id, Status__c: 'Running' });

/** Ends a request with its result, or with what went wrong where that does not fit the record. */
export async function markDone(crm: Crm, id: string, result: unknown): Promise<string | undefined> {
  const text = JSON.stringify(result);
  if (text.length > longestResult) return markFailed(crm, id, 'The result is too long for the record. Ask for less.');
  return update(crm, { Id: id, Status__c: 'Done', Result__c: text, Error__c: null });
}

/** Ends a request without a result and says why; returns what the org has against it. */
export async function markFailed(crm: Crm, id: string, reason: string): Promise<string | undefined> {
  const text = reason.length > longestError ? `${reason.slice(0, longestError - 1)}…` : reason;
  return update(crm, { Id: id, Status__c: 'Failed', Error__c: text });
}

/** A request that was deleted meanwhile needs no answer. */
async function update(crm: Crm, record: CrmRecord): Promise<string | undefined> {
  const [written] = await crm.write({ kind: 'update', object, records: [record] });
  if (written?.success || written?.code === 'missing') return undefined;
  return `The request ${String(record['Id'])} could not be answered: ${written?.reason ?? 'the org gave no answer.'}`;
}
