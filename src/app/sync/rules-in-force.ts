import { factField } from '../../domain/agreement/fact-source.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import type { HandOffVersion } from '../../domain/hand-off/follow-hand-offs.ts';
import { handOffRules, type HandOffRules } from '../../domain/hand-off/hand-off-rules.ts';
import { compileAgreement, type CompiledAgreement } from '../../domain/verdict/compile-agreement.ts';
import { chooseInForce } from '../agreement/choose-in-force.ts';
import type { JudgedVersion } from '../agreement/judge-version.ts';
import { readJudgedVersions } from '../agreement/judged-versions.ts';
import { periodsInForce, versionInForceAt } from '../agreement/periods-in-force.ts';
import { settleVersions } from '../agreement/settle-versions.ts';
import { titleOf } from '../agreement/version-title.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { neededRecords, type NeededRecords } from './needed-records.ts';

/** A version in the time in which it was in force. */
export type VersionInForce = HandOffVersion & {
  readonly versionId: string;
  readonly version: number;
  readonly hash: string;
};

/** The one version that the service applies, ready to judge with. */
export type RulesInForce = NeededRecords & {
  readonly versionId: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly agreement: Agreement;
  readonly compiled: CompiledAgreement;
  /** Whether its definitions say what becomes of people after their conversion. */
  readonly judgesConverted: boolean;
  /** When people are handed over; undefined where the agreement does not say. */
  readonly handOffs: HandOffRules | undefined;
  /** Since when it is in force, epoch ms. */
  readonly since: number;
  /** The versions that applied one after the other, this one last. */
  readonly versions: readonly VersionInForce[];
  /** When another version must be chosen: it expires, or the date of a signed one comes; epoch ms. */
  readonly expiresAt: number | undefined;
};

export type RulesFound = {
  /** Undefined when no version is signed, intact and within its dates: then nothing is judged and nothing written. */
  readonly rules: RulesInForce | undefined;
  readonly problems: readonly string[];
  /** All versions, oldest first. */
  readonly versions: readonly JudgedVersion[];
  /** When a signed version that waits for its date may come into force, epoch ms. */
  readonly nextAt: number | undefined;
};

export type FindRulesOptions = {
  /** User whose signatures do not count, besides all who hold the service's permission set. */
  readonly serviceUserId?: string;
  /** Also writes the statuses that the signatures call for. */
  readonly settle: boolean;
};

/** Finds the version in force. */
export async function findRules(
  crm: Crm,
  now: number,
  { serviceUserId, settle }: FindRulesOptions,
): Promise<RulesFound> {
  const versions = await readJudgedVersions(crm, serviceUserId);
  const choice = chooseInForce(versions, now);
  const unsettled = settle ? await settleVersions(crm, choice, now) : [];
  const refused = choice.promote && unsettled.some(({ version }) => version === choice.promote);
  const chosen = refused
    ? chooseInForce(
        versions.filter((each) => each !== choice.promote),
        now,
      ).inForce
    : choice.inForce;
  const problems = [
    ...choice.problems,
    ...unsettled.map(({ version, reason }) => `${version.record.name} v${version.record.version}: ${reason}`),
  ];
  // A version that comes into force now gets this very second as its begin.
  const begin = chosen !== undefined && chosen === choice.promote ? Math.floor(now / 1000) * 1000 : undefined;
  const settled = versions.map((each) => (each === chosen && begin !== undefined ? asInForce(each, begin) : each));
  return {
    rules: chosen && toRules(chosen, versions, choice.nextAt, begin),
    problems,
    versions: settled,
    nextAt: choice.nextAt,
  };
}

/** A version as its record says once it is settled. */
const asInForce = (version: JudgedVersion, begin: number): JudgedVersion => ({
  ...version,
  record: { ...version.record, status: 'In Force', effectiveFrom: new Date(begin).toISOString() },
});

/** Finds the version that was in force at an instant of the past; refuses where there was none. */
export async function findRulesAt(crm: Crm, at: number): Promise<RulesInForce> {
  const versions = await readJudgedVersions(crm);
  const version = versionInForceAt(versions, at);
  const when = new Date(at).toISOString();
  if (!version) throw new Refusal('no-agreement', `No version was in force on ${when}.`);
  const rules = toRules(version, versions, undefined);
  if (rules) return rules;
  const title = titleOf(version.record);
  throw new Refusal(
    'no-agreement',
    `${title} was in force on ${when} and cannot be applied. ${version.problems.join(' ')}`,
  );
}

/** Undefined for a version whose document is not what was signed. */
function toRules(
  chosen: JudgedVersion,
  versions: readonly JudgedVersion[],
  nextAt: number | undefined,
  begin?: number,
): RulesInForce | undefined {
  const since = begin ?? Date.parse(chosen.record.effectiveFrom ?? chosen.signedAt ?? '');
  const applied = toVersionInForce(chosen, since);
  const { record, agreement, expiresAt } = chosen;
  if (!applied || !agreement) return undefined;
  return {
    name: record.name,
    ...applied,
    agreement,
    ...neededRecords([agreement]),
    judgesConverted: readsRelated(agreement),
    since,
    // Whoever applies the last one has found that it has not ended.
    versions: [...earlierVersions(chosen, versions, since), applied],
    expiresAt: earliest(expiresAt === undefined ? undefined : Date.parse(expiresAt), nextAt),
  };
}

/** A version whose document is not intact judged nobody. */
function toVersionInForce({ record, agreement, hash }: JudgedVersion, from: number): VersionInForce | undefined {
  if (!agreement || hash === undefined) return undefined;
  const compiled = compileAgreement(agreement);
  return { versionId: record.id, version: record.version, hash, compiled, handOffs: handOffRules(agreement), from };
}

/** What applied before, each until it expired or the next one came; while none was in force nobody was judged. */
function earlierVersions(
  chosen: JudgedVersion,
  versions: readonly JudgedVersion[],
  since: number,
): readonly VersionInForce[] {
  return periodsInForce(versions).flatMap(({ version, from, to }) => {
    if (version === chosen || from >= since || !version.signed) return [];
    const applied = toVersionInForce(version, from);
    return applied ? [{ ...applied, ...(to !== undefined && { to }) }] : [];
  });
}

/** Facts about what became of a converted lead; what only the outcome reads decides no stage. */
const readsRelated = ({ facts }: Agreement): boolean =>
  Object.values(facts).some((fact) => !(factField(fact) ?? 'Lead.').startsWith('Lead.'));

function earliest(...instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
