import type { Crm, CrmRecord } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { refusedWrite } from './refused-write.ts';
import { titleOf } from './version-title.ts';
import type { VersionRecord } from './read-versions.ts';

export type NewVersion = {
  readonly name: string;
  readonly slug: string;
  readonly version: number;
  readonly status: 'Draft' | 'Proposed';
  /** Canonical JSON. */
  readonly document: string;
  readonly hash: string;
  /** The earliest time at which it may come into force, ISO. */
  readonly effectiveFrom?: string | undefined;
};

/** Permission sets whose holders create versions. */
const mayCreate = ['Accord_Marketing', 'Accord_Manager', 'Accord_Admin'];

/** Signers change what is there, and create nothing. */
const signerSets = ['Accord_Signer_Sales', 'Accord_Signer_Marketing'];

/** Creates a version in the org; returns its id. */
export async function createVersion(crm: Crm, version: NewVersion): Promise<string> {
  const record = {
    Name: version.name,
    Version__c: version.version,
    Status__c: version.status,
    Mode__c: 'Observe',
    Document__c: version.document,
    Document_Hash__c: version.hash,
    Key__c: `${version.slug}:${version.version}`,
    ...(version.effectiveFrom && { Effective_From__c: version.effectiveFrom }),
  };
  const [result] = await crm.write({ kind: 'insert', object: 'Accord_Agreement__c', records: [record] });
  if (result?.success) return result.id;
  // Two people pushed at once: the unique key let one of them win.
  if (/DUPLICATE_VALUE/.test(result?.reason ?? '')) {
    const text = `Version ${version.version} of ${version.name} was pushed by somebody else just now.`;
    throw new Refusal('version-taken', text);
  }
  const text = `The org refused version ${version.version} of ${version.name}`;
  throw refusedWrite(result, { text, key: 'not-signable', sets: mayCreate });
}

/** Changes fields of a version; `what` says what for, such as `be proposed`. */
export async function updateVersion(crm: Crm, version: VersionRecord, fields: CrmRecord, what: string): Promise<void> {
  const records = [{ Id: version.id, ...fields }];
  const [result] = await crm.write({ kind: 'update', object: 'Accord_Agreement__c', records });
  if (result?.success) return;
  const text = `The org did not let ${titleOf(version)} ${what}`;
  throw refusedWrite(result, { text, key: 'wrong-status', sets: [...mayCreate, ...signerSets] });
}
