import type { Clock, Crm } from '../ports.ts';
import { chooseInForce } from './choose-in-force.ts';
import type { JudgedVersion } from './judge-version.ts';
import { readJudgedVersions } from './judged-versions.ts';
import type { Mode, VersionStatus } from './read-versions.ts';

export type VersionStatusRow = {
  readonly id: string;
  readonly agreement: string;
  readonly version: number;
  readonly status: VersionStatus;
  /** The mode in force: never above what the document allows, and observe while the version is not in force. */
  readonly mode: Mode;
  readonly hash: string;
  readonly signed: boolean;
  readonly signatures: readonly { readonly party: string; readonly by: string; readonly at: string }[];
  readonly expiresAt: string | null;
  readonly problems: readonly string[];
};

export type AgreementStatus = {
  /** The version that the service applies, or will at its next pass; null when there is none. */
  readonly inForce: { readonly agreement: string; readonly version: number; readonly mode: Mode } | null;
  /** Newest first. */
  readonly versions: readonly VersionStatusRow[];
};

/** Says which versions the org holds, who has signed them, and which one is kept. */
export async function agreementStatus(crm: Crm, clock: Clock): Promise<AgreementStatus> {
  const versions = await readJudgedVersions(crm);
  const { inForce } = chooseInForce(versions, clock.now());
  return {
    inForce: inForce
      ? { agreement: inForce.record.name, version: inForce.record.version, mode: modeOf(inForce, inForce) }
      : null,
    versions: versions.map((each) => toRow(each, inForce)).toReversed(),
  };
}

const toRow = (judged: JudgedVersion, inForce: JudgedVersion | undefined): VersionStatusRow => ({
  id: judged.record.id,
  agreement: judged.record.name,
  version: judged.record.version,
  status: judged.record.status,
  mode: modeOf(judged, inForce),
  hash: judged.record.recordedHash,
  signed: judged.signed,
  signatures: judged.record.signatures.map(({ party, creatorUsername, createdDate }) => ({
    party,
    by: creatorUsername,
    at: createdDate,
  })),
  expiresAt: judged.expiresAt ?? null,
  problems: judged.problems,
});

const modes: readonly Mode[] = ['Observe', 'Advise', 'Enforce'];

function modeOf(judged: JudgedVersion, inForce: JudgedVersion | undefined): Mode {
  if (judged !== inForce) return 'Observe';
  const highest = modes.findIndex((mode) => mode.toLowerCase() === judged.agreement?.highestMode);
  return modes[Math.min(highest, modes.indexOf(judged.record.mode))] ?? 'Observe';
}
