import type { Crm, CrmRecord, CrmValue } from '../ports.ts';
import { Refusal } from '../refusal.ts';

export type VersionStatus = 'Draft' | 'Proposed' | 'In Force' | 'Superseded' | 'Withdrawn' | 'Expired';
export type Mode = 'Observe' | 'Advise' | 'Enforce';
export type PartyName = 'Sales' | 'Marketing';

/** That a person has opened the preview of a text. */
export type OpeningRecord = {
  /** Who opened it, by the record's creator and by its key, which a rule compares with the session's user. */
  readonly openedBy: readonly string[];
  readonly hash: string;
  readonly openedAt: string;
};

export type SignatureRecord = {
  readonly id: string;
  readonly party: PartyName;
  readonly hash: string;
  readonly key: string;
  readonly creatorId: string;
  readonly creatorUsername: string;
  readonly creatorEmail: string;
  /** False for a user who has left. */
  readonly creatorActive: boolean;
  readonly createdDate: string;
  readonly opening: OpeningRecord | undefined;
};

/** A version of an agreement as the org holds it; nothing in it has been checked yet. */
export type VersionRecord = {
  readonly id: string;
  readonly name: string;
  /** Short name of the agreement: what comes before the colon of its key. */
  readonly slug: string;
  readonly version: number;
  readonly status: VersionStatus;
  readonly mode: Mode;
  readonly documentText: string;
  readonly recordedHash: string;
  readonly createdBy: string;
  readonly createdDate: string;
  /** Before the version comes into force the earliest time at which it may; from then on when it did. */
  readonly effectiveFrom: string | undefined;
  readonly expiresOn: string | undefined;
  /** Highest mode that the service has found it ready for. */
  readonly readyFor: Mode;
  readonly signatures: readonly SignatureRecord[];
};

/** Reads every version and its signatures, oldest first; refuses when the package is not there. */
export async function readVersions(crm: Crm): Promise<readonly VersionRecord[]> {
  await requirePackage(crm);
  const versions = await crm.query(
    'SELECT Id, Name, Key__c, Version__c, Status__c, Mode__c, Document__c, Document_Hash__c, ' +
      'Effective_From__c, Expires_On__c, Ready_For__c, CreatedBy.Username, CreatedDate ' +
      'FROM Accord_Agreement__c ORDER BY CreatedDate, Id',
  );
  if (versions.length === 0) return [];
  const signatures = await crm.query(
    'SELECT Id, Agreement__c, Party__c, Document_Hash__c, Key__c, CreatedById, CreatedBy.Username, CreatedBy.Email, ' +
      'CreatedBy.IsActive, CreatedDate, Preview_Opening__c, Preview_Opening__r.CreatedById, Preview_Opening__r.Key__c, ' +
      'Preview_Opening__r.Document_Hash__c, Preview_Opening__r.CreatedDate ' +
      'FROM Accord_Signature__c ORDER BY CreatedDate, Id',
  );
  const byVersion = Map.groupBy(signatures, (each) => text(each['Agreement__c']));
  return versions.map((each) => toVersion(each, byVersion.get(text(each['Id'])) ?? []));
}

/** Refuses when the signed-in user cannot see the package's objects and their fields. */
export async function requirePackage(crm: Crm): Promise<void> {
  const described = await crm.describe('Accord_Agreement__c');
  if (described?.fields.some((field) => field.name === 'Document__c')) return;
  const user = await crm.whoAmI();
  throw new Refusal(
    'not-installed',
    `The org at ${user.instanceUrl} has no Accord package that ${user.username} can see.`,
  );
}

const toVersion = (record: CrmRecord, signatures: readonly CrmRecord[]): VersionRecord => ({
  id: text(record['Id']),
  name: text(record['Name']),
  slug: text(record['Key__c']).replace(/:[^:]*$/, ''),
  version: Number(record['Version__c']),
  status: text(record['Status__c']) as VersionStatus,
  mode: (text(record['Mode__c']) || 'Observe') as Mode,
  documentText: text(record['Document__c']),
  recordedHash: text(record['Document_Hash__c']),
  createdBy: text(record['CreatedBy.Username']),
  createdDate: text(record['CreatedDate']),
  effectiveFrom: text(record['Effective_From__c']) || undefined,
  expiresOn: text(record['Expires_On__c']) || undefined,
  readyFor: (text(record['Ready_For__c']) || 'Observe') as Mode,
  signatures: signatures.map(toSignature),
});

const toSignature = (record: CrmRecord): SignatureRecord => ({
  id: text(record['Id']),
  party: text(record['Party__c']) as PartyName,
  hash: text(record['Document_Hash__c']),
  key: text(record['Key__c']),
  creatorId: text(record['CreatedById']),
  creatorUsername: text(record['CreatedBy.Username']),
  creatorEmail: text(record['CreatedBy.Email']),
  creatorActive: record['CreatedBy.IsActive'] !== false,
  createdDate: text(record['CreatedDate']),
  opening: text(record['Preview_Opening__c']) ? toOpening(record) : undefined,
});

const toOpening = (record: CrmRecord): OpeningRecord => ({
  openedBy: [
    text(record['Preview_Opening__r.CreatedById']),
    text(record['Preview_Opening__r.Key__c']).replace(/^.*:/, ''),
  ],
  hash: text(record['Preview_Opening__r.Document_Hash__c']),
  openedAt: text(record['Preview_Opening__r.CreatedDate']),
});

const text = (value: CrmValue | undefined): string => (typeof value === 'string' ? value : '');
