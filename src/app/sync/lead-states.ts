import { createHash } from 'node:crypto';
import type { CrmRecord, OutboxEntry } from '../ports.ts';

const object = 'Accord_Lead_State__c';

/** Fields of a state row that the service owns. */
const fields = [
  'Lead__c',
  'Lead_Id__c',
  'OwnerId',
  'Agreement__c',
  'Agreement_Version__c',
  'Stage__c',
  'Stage_Title__c',
  'Since__c',
  'Why__c',
  'Receipt__c',
  'Valid_Until__c',
  'Last_Events__c',
] as const;

/** What the mirror keeps of a state row: enough to tell whether a new verdict differs, without its receipt. */
const mirrored = ['Id', 'Lead_Id__c', 'Stage__c', 'Since__c', 'Digest'] as const;

/** The mirrored field that names the lead. */
const parent = 'Lead_Id__c';

const keyOf = (leadId: string): string => `state:${leadId}`;
const leadKeyOf = (leadId: string): string => `lead:${leadId}`;

/**
 * Digest of all that a state row says, but for the instant at which it was decided.
 *
 * Two verdicts with the same digest say the same, so the later one is not written.
 */
function digest(record: CrmRecord): string {
  const receipt = String(record['Receipt__c'] ?? '').replace(/"decidedAt":"[^"]*"/, '');
  const values = fields.map((field) => (field === 'Receipt__c' ? receipt : (record[field] ?? '')));
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

/** The rows of Accord_Lead_State__c: how they are keyed, compared, mirrored and written. */
export const leadStates = {
  object,
  fields,
  mirrored,
  parent,
  keyOf,
  /** Key of the intent that writes the stage to the lead itself. */
  leadKeyOf,
  /** The lead that an intent is about: its id follows the first colon of every key. */
  leadOf: (key: string): string => key.split(':')[1] ?? '',
  digest,
  /** A row as the mirror keeps it. */
  toMirrorRow: (id: string, record: CrmRecord) => [
    id,
    record['Lead_Id__c'] ?? null,
    record['Stage__c'] ?? null,
    record['Since__c'] ?? null,
    digest(record),
  ],
  upsert: (record: CrmRecord, rowDigest: string): OutboxEntry => ({
    key: keyOf(String(record['Lead_Id__c'])),
    object,
    kind: 'upsert',
    keyField: 'Lead_Id__c',
    record,
    digest: rowDigest,
  }),
  /**
   * Shares its key with the upsert, so that it replaces one whose answer is still to come.
   *
   * That one may have made a row whose id is not known here: without `stateId` it is looked up before it is sent.
   */
  removal: (leadId: string, stateId?: string): OutboxEntry => ({
    key: keyOf(leadId),
    object,
    kind: 'delete',
    record: { Id: stateId ?? null },
    digest: `removed ${stateId ?? ''}`,
  }),
} as const;

/** Salesforce keeps whole seconds, so an instant is cut to them before it is compared or written. */
export const toSeconds = (at: number): string => new Date(Math.floor(at / 1000) * 1000).toISOString();
