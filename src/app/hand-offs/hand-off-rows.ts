import type { Episode, HandOffAnswer, HandOffStatus } from '../../domain/hand-off/episode.ts';
import type { CrmRecord, CrmValue, OutboxEntry } from '../ports.ts';

const object = 'Accord_Handoff__c';

/** Fields of a row that the service owns. */
const owned = [
  'Lead__c',
  'Lead_Id__c',
  'Key__c',
  'OwnerId',
  'Agreement__c',
  'Agreement_Version__c',
  'Stage__c',
  'Opened_At__c',
  'Waiting_Since__c',
  'Owner_Waited_Minutes__c',
  'Status__c',
  'Decided_At__c',
  'Accepted_At__c',
] as const;

/** Fields by which a rep answers. */
const answered = ['Answer__c', 'Reason__c'] as const;

const mirrored = ['Id', 'IsDeleted', ...owned, ...answered] as const;

/** The field that a merge leads over to the lead that stays. */
const parent = 'Lead__c';

const keyPrefix = 'handoff:';

/** The rows of Accord_Handoff__c: how they are keyed, mirrored and written. */
export const handOffRows = {
  object,
  mirrored,
  parent,
  answered,
  intentKey: (rowKey: string): string => keyPrefix + rowKey,
  upsert: (record: CrmRecord): OutboxEntry => ({
    key: keyPrefix + String(record['Key__c']),
    object,
    kind: 'upsert',
    keyField: 'Key__c',
    record,
    digest: JSON.stringify([...owned, 'Reason__c'].map((field) => record[field] ?? null)),
  }),
  /** The part of a row that the service writes. */
  writable: (row: CrmRecord): CrmRecord => Object.fromEntries(owned.map((field) => [field, row[field] ?? null])),
  /** Whether a row says something else than it should. */
  differs: (before: CrmRecord | undefined, record: CrmRecord): boolean =>
    before === undefined ||
    Object.keys(record).some((field) => !sameValue(before[field] ?? null, record[field] ?? null)),
} as const;

/** Salesforce writes the same instant with and without milliseconds. */
const sameValue = (a: CrmValue, b: CrmValue): boolean =>
  a === b || (typeof a === 'string' && typeof b === 'string' && isInstant(a) && Date.parse(a) === Date.parse(b));

const isInstant = (value: string): boolean => /^\d{4}-\d{2}-\d{2}T/.test(value);

const at = (value: CrmValue | undefined): number | undefined =>
  typeof value === 'string' ? Date.parse(value) : undefined;

/** A hand-off as its row has it. */
export function toEpisode(row: CrmRecord): Episode {
  const openedAt = at(row['Opened_At__c']) ?? 0;
  const decidedAt = at(row['Decided_At__c']);
  const acceptedAt = at(row['Accepted_At__c']);
  return {
    stage: String(row['Stage__c']),
    openedAt,
    waitingSince: at(row['Waiting_Since__c']) ?? openedAt,
    status: (row['Status__c'] ?? 'Open') as HandOffStatus,
    ...(decidedAt !== undefined && { decidedAt }),
    ...(acceptedAt !== undefined && { acceptedAt }),
  };
}

/** What the owner tapped. */
export function answerOf(row: CrmRecord): HandOffAnswer | undefined {
  const answer = row['Answer__c'];
  return typeof answer === 'string' && answer !== '' ? (answer as HandOffAnswer) : undefined;
}
