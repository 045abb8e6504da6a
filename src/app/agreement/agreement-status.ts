import type { Party } from '../../domain/agreement/schema.ts';
import type { Clock, Crm } from '../ports.ts';
import { findPreviews, type FoundPreview } from '../preview/find-previews.ts';
import { findOpenings, type Opening } from '../preview/open-preview.ts';
import { chooseInForce } from './choose-in-force.ts';
import type { JudgedVersion } from './judge-version.ts';
import { readJudgedVersions } from './judged-versions.ts';
import { modeInForce } from './mode-in-force.ts';
import type { Mode, VersionStatus } from './read-versions.ts';
import { maySeeHolders, viewSetup } from './service-users.ts';
import { lowerThanBefore, startingMode } from './starting-mode.ts';

/** A party whose signature a proposed version waits for. */
export type WaitingParty = {
  readonly party: Party;
  readonly signers: readonly string[];
  /** Who of all people has opened the preview of this text. */
  readonly opened: readonly string[];
};

export type VersionStatusRow = {
  readonly id: string;
  readonly agreement: string;
  readonly version: number;
  readonly status: VersionStatus;
  /** The mode in force: never above what the document allows, and observe while the version is not in force. */
  readonly mode: Mode;
  /** Highest mode that the service has found it ready for. */
  readonly readyFor: Mode;
  readonly hash: string;
  readonly signed: boolean;
  readonly signatures: readonly { readonly party: string; readonly by: string; readonly at: string }[];
  /** Empty unless the version is proposed. */
  readonly waitingFor: readonly WaitingParty[];
  /** What the preview that signers open says; null while there is none. */
  readonly preview: string | null;
  /** When it came into force, or before that the earliest time at which it may; null while that is not known. */
  readonly startsAt: string | null;
  readonly expiresAt: string | null;
  readonly problems: readonly string[];
};

export type AgreementStatus = {
  /** The version that the service applies, or will at its next pass; null when there is none. */
  readonly inForce: { readonly agreement: string; readonly version: number; readonly mode: Mode } | null;
  /** What the parties should know now: missing signatures, an expiry that is near. */
  readonly problems: readonly string[];
  /** Newest first. */
  readonly versions: readonly VersionStatusRow[];
};

/** Says which versions the org holds, who has signed them and who must still, and which one is kept. */
export async function agreementStatus(crm: Crm, clock: Clock): Promise<AgreementStatus> {
  const versions = await readJudgedVersions(crm);
  const { inForce, problems } = chooseInForce(versions, clock.now());
  const proposed = versions.filter(({ record }) => record.status === 'Proposed');
  const hashes = [...new Set(proposed.map(({ hash }) => hash ?? ''))].filter(Boolean);
  const previews = await findPreviews(crm, proposed);
  const openings = (await Promise.all(hashes.map((hash) => findOpenings(crm, hash)))).flat();
  return {
    inForce: inForce
      ? { agreement: inForce.record.name, version: inForce.record.version, mode: modeInForce(inForce) }
      : null,
    problems: [
      ...problems,
      ...lowerThanBefore(inForce, versions),
      ...startingModes(versions),
      ...(await unseenRights(crm, versions)),
    ],
    versions: versions
      .map((each) => toRow(each, { inForce, preview: previews.get(each.record.id), openings }))
      .toReversed(),
  };
}

function startingModes(versions: readonly JudgedVersion[]): readonly string[] {
  const records = versions.map(({ record }) => record);
  return records.filter(({ status }) => status === 'Proposed').flatMap((record) => startingMode(record, records));
}

/** Without the right to look, a signature of somebody who may not sign looks like any other. */
async function unseenRights(crm: Crm, versions: readonly JudgedVersion[]): Promise<readonly string[]> {
  const depends = versions.some(({ record }) => record.status === 'Proposed' && record.signatures.length > 0);
  if (!depends || (await maySeeHolders(crm))) return [];
  return [
    `Who signed with which right cannot be told by this user, who lacks ${viewSetup}; the service judges every signature by it.`,
  ];
}

type Surroundings = {
  readonly inForce: JudgedVersion | undefined;
  readonly preview: FoundPreview | undefined;
  readonly openings: readonly Opening[];
};

const toRow = (judged: JudgedVersion, { inForce, preview, openings }: Surroundings): VersionStatusRow => ({
  id: judged.record.id,
  agreement: judged.record.name,
  version: judged.record.version,
  status: judged.record.status,
  mode: judged === inForce ? modeInForce(judged) : 'Observe',
  readyFor: judged.record.readyFor,
  hash: judged.record.recordedHash,
  signed: judged.signed,
  signatures: judged.record.signatures.map(({ party, creatorUsername, createdDate }) => ({
    party,
    by: creatorUsername,
    at: createdDate,
  })),
  waitingFor: waitingFor(judged, openings),
  preview: preview?.summary ?? null,
  startsAt: judged.startsAt ?? judged.record.effectiveFrom ?? null,
  expiresAt: judged.expiresAt ?? null,
  problems: judged.problems,
});

function waitingFor({ record, agreement, hash, signed }: JudgedVersion, openings: readonly Opening[]) {
  if (record.status !== 'Proposed' || signed || !agreement) return [];
  const opened = openings.filter((each) => each.hash === hash).map(({ username }) => username);
  const has = (party: Party): boolean => record.signatures.some((each) => each.party.toLowerCase() === party);
  return (['marketing', 'sales'] as const)
    .filter((party) => !has(party))
    .map((party): WaitingParty => ({ party, signers: agreement.parties[party].signers, opened: [...new Set(opened)] }));
}
