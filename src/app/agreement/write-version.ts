import type { Crm, CrmRecord } from '../ports.ts';
import { Refusal } from '../refusal.ts';
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
  const reason = result?.reason ?? 'the org gave no answer';
  // Two people pushed at once: the unique key let one of them win.
  if (/DUPLICATE_VALUE/.test(reason)) {
    const text = `Version ${version.version} of ${version.name} was pushed by somebody else just now.`;
    throw new Refusal('version-taken', text);
  }
  throw new Refusal('not-signable', `The org refused version ${version.version} of ${version.name}: ${reason}`);
}

/** Changes fields of a version; `what` says what for, such as `be proposed`. */
export async function updateVersion(crm: Crm, version: VersionRecord, fields: CrmRecord, what: string): Promise<void> {
  const records = [{ Id: version.id, ...fields }];
  const [result] = await crm.write({ kind: 'update', object: 'Accord_Agreement__c', records });
  if (result?.success) return;
  const reason = result?.reason ?? 'the org gave no answer';
  throw new Refusal('wrong-status', `The org did not let ${titleOf(version)} ${what}: ${reason}`);
}
