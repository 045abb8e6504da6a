import type { Clock, Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { chooseWithStatus, type VersionChoice } from './choose-version.ts';
import { judgeVersion } from './judge-version.ts';
import { proposal } from './push-agreement.ts';
import { readVersions, type VersionRecord, type VersionStatus } from './read-versions.ts';
import { refusePastStart } from './refuse-past-start.ts';
import { startingMode } from './starting-mode.ts';
import { titleOf } from './version-title.ts';
import { updateVersion } from './write-version.ts';

export type StatusOptions = VersionChoice & { readonly dryRun?: boolean | undefined };

export type ProposeOptions = StatusOptions & {
  /** The earliest time at which it may come into force, ISO. */
  readonly effectiveFrom?: string | undefined;
  /** Tells whether that time has passed; only the org's rule does without it. */
  readonly clock?: Clock;
};

export type StatusChange = {
  readonly id: string;
  readonly agreement: string;
  readonly version: number;
  readonly hash: string;
  readonly from: VersionStatus;
  readonly status: VersionStatus;
  /** The earliest time at which it may come into force, ISO; null for as soon as both parties have signed. */
  readonly effectiveFrom: string | null;
  readonly dryRun: boolean;
  /** What the parties should know about what follows from it. */
  readonly notices: readonly string[];
};

/** Proposes the newest draft: from then on nobody can change it, and its signers can sign it. */
export async function proposeVersion(
  crm: Crm,
  { effectiveFrom, clock, ...options }: ProposeOptions = {},
): Promise<StatusChange> {
  const versions = await readVersions(crm);
  const record = chooseWithStatus(versions, options, ['Draft'], 'proposed');
  const { hash, problems } = judgeVersion(record, new Set());
  if (!hash) throw new Refusal('not-signable', `${titleOf(record)} cannot be proposed. ${problems.join(' ')}`);
  refusePastStart(effectiveFrom ?? record.effectiveFrom, clock);
  if (!options.dryRun) await updateVersion(crm, record, proposal(effectiveFrom), 'be proposed');
  const done = summary(record, 'Proposed', options, effectiveFrom ?? record.effectiveFrom);
  return { ...done, notices: startingMode(record, versions) };
}

/** Withdraws a draft or a proposal; its signatures stay as evidence and count for nothing. */
export async function withdrawVersion(crm: Crm, options: StatusOptions): Promise<StatusChange> {
  const record = chooseWithStatus(await readVersions(crm), options, ['Draft', 'Proposed'], 'withdrawn');
  if (!options.dryRun) await updateVersion(crm, record, { Status__c: 'Withdrawn' }, 'be withdrawn');
  return summary(record, 'Withdrawn', options, record.effectiveFrom);
}

const summary = (
  record: VersionRecord,
  status: VersionStatus,
  { dryRun = false }: StatusOptions,
  effectiveFrom: string | undefined,
): StatusChange => ({
  id: record.id,
  agreement: record.name,
  version: record.version,
  hash: record.recordedHash,
  from: record.status,
  status,
  effectiveFrom: effectiveFrom ?? null,
  dryRun,
  notices: [],
});
