import type { Clock, Crm } from '../ports.ts';
import { chooseInForce } from './choose-in-force.ts';
import type { JudgedVersion } from './judge-version.ts';
import { readJudgedVersions } from './judged-versions.ts';
import { periodsInForce } from './periods-in-force.ts';
import type { VersionStatus } from './read-versions.ts';

export type ListedVersion = {
  readonly id: string;
  readonly agreement: string;
  readonly version: number;
  readonly status: VersionStatus;
  readonly hash: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly signedBy: readonly string[];
  /** When it was in force, ISO; null while it has not been, or while its end is not known. */
  readonly inForceFrom: string | null;
  readonly inForceTo: string | null;
  /** False when the document is not what its hash says any more. */
  readonly intact: boolean;
  /** True for the version that is kept now. */
  readonly current: boolean;
};

/** Lists every version of the org's agreements, newest first, with when each was in force. */
export async function listVersions(crm: Crm, clock: Clock, agreement?: string): Promise<readonly ListedVersion[]> {
  const versions = await readJudgedVersions(crm);
  const { inForce } = chooseInForce(versions, clock.now());
  const periods = new Map(periodsInForce(versions).map((period) => [period.version, period]));
  return versions
    .filter(({ record }) => agreement === undefined || record.slug === agreement || record.name === agreement)
    .map((version) => toRow(version, periods.get(version), version === inForce))
    .toReversed();
}

const toRow = (
  { record, hash }: JudgedVersion,
  period: { readonly from: number; readonly to: number | undefined } | undefined,
  current: boolean,
): ListedVersion => ({
  id: record.id,
  agreement: record.name,
  version: record.version,
  status: record.status,
  hash: record.recordedHash,
  createdBy: record.createdBy,
  createdAt: record.createdDate,
  signedBy: record.signatures.map(({ creatorUsername }) => creatorUsername),
  inForceFrom: period ? new Date(period.from).toISOString() : null,
  inForceTo: period?.to === undefined ? null : new Date(period.to).toISOString(),
  intact: hash !== undefined,
  current,
});
