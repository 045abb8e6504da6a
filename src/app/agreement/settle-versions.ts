import type { Crm, CrmRecord, WriteResult } from '../ports.ts';
import type { Choice } from './choose-in-force.ts';
import type { JudgedVersion } from './judge-version.ts';

/** A status that the org refused to take. */
export type Unsettled = { readonly version: JudgedVersion; readonly reason: string };

/**
 * Writes the statuses that the signatures call for: the new version comes into force before its predecessor goes.
 *
 * Returns what the org refused. A refused promotion leaves the predecessor in force.
 */
export async function settleVersions(crm: Crm, choice: Choice, now: number): Promise<readonly Unsettled[]> {
  const expired = await update(crm, choice.expire, (version) => ({ Id: version.record.id, Status__c: 'Expired' }));
  const promoted = await update(crm, choice.promote ? [choice.promote] : [], (version) => promotion(version, now));
  if (promoted.length > 0) return [...expired, ...promoted];
  const superseded = await update(crm, choice.supersede, ({ record }) => ({ Id: record.id, Status__c: 'Superseded' }));
  return [...expired, ...superseded];
}

async function update(
  crm: Crm,
  versions: readonly JudgedVersion[],
  toRecord: (version: JudgedVersion) => CrmRecord,
): Promise<readonly Unsettled[]> {
  if (versions.length === 0) return [];
  const records = versions.map(toRecord);
  const results = await crm.write({ kind: 'update', object: 'Accord_Agreement__c', records });
  return versions.flatMap((version, index) => {
    const reason = reasonOf(results[index]);
    return reason === undefined ? [] : [{ version, reason }];
  });
}

const reasonOf = (result: WriteResult | undefined): string | undefined => {
  if (!result) return 'The org gave no answer for it.';
  return result.success ? undefined : result.reason;
};

/** The dates are written once, as the version comes into force; from then on the package's rules freeze them. */
const promotion = (version: JudgedVersion, now: number): CrmRecord => ({
  Id: version.record.id,
  Status__c: 'In Force',
  Effective_From__c: new Date(Math.floor(now / 1000) * 1000).toISOString(),
  ...(version.expiresAt && { Expires_On__c: version.expiresAt }),
});
