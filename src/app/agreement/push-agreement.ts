import { checkAgainstObjects } from '../../domain/agreement/check-against-objects.ts';
import { amendments, amendmentText } from '../../domain/agreement/diff/amendments.ts';
import { neededFields } from '../../domain/agreement/needed-fields.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { type FileProblem, problemLine } from '../files/yaml-file.ts';
import type { Clock, Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changesIn } from './changes-in.ts';
import { newestOf } from './choose-version.ts';
import { hiddenFactProblems } from './hidden-facts.ts';
import { readDocument } from './judge-version.ts';
import type { AgreementFile } from './read-agreement-file.ts';
import { readVersions, type VersionRecord, type VersionStatus } from './read-versions.ts';
import { refusePastStart } from './refuse-past-start.ts';
import { startingMode } from './starting-mode.ts';
import { unknownSigners } from './unknown-signers.ts';
import { titleOf } from './version-title.ts';
import { createVersion, updateVersion } from './write-version.ts';

export type PushOptions = {
  /** Creates the version as a draft, which cannot be signed yet. */
  readonly draft?: boolean | undefined;
  /** The earliest time at which it may come into force, ISO; as soon as both parties have signed without it. */
  readonly effectiveFrom?: string | undefined;
  /** Tells whether that time has passed; only the org's rule does without it. */
  readonly clock?: Clock;
  /** Says what would be created, and writes nothing. */
  readonly dryRun?: boolean | undefined;
};

export type PushSummary = {
  /** Null in a dry run that would create a version. */
  readonly id: string | null;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly status: string;
  readonly dryRun: boolean;
  /** False when the newest version already says the same. */
  readonly created: boolean;
  /** True when a draft that says the same became the proposal, or would have but for the dry run. */
  readonly proposed: boolean;
  /** What it changes in the version before, in words. */
  readonly amendments: readonly string[];
  readonly warnings: readonly FileProblem[];
  /** What the parties should know about what follows from it. */
  readonly notices: readonly string[];
};

/**
 * Creates the next version of an agreement in the org, ready to be signed.
 *
 * The file is checked against the org's objects first. A file that says the same as the newest version of its agreement
 * creates nothing, and one that is based on an older version than that is refused.
 */
export async function pushAgreement(crm: Crm, file: AgreementFile, options: PushOptions = {}): Promise<PushSummary> {
  const { hash } = file;
  const agreement = validAgreement(file);
  const slug = slugOf(agreement.name);
  const versions = (await readVersions(crm)).filter((each) => each.slug === slug);
  const found = await checkAgainstOrg(crm, file);
  refuseMisfits(file, found);
  const { draft = false, dryRun = false, effectiveFrom, clock } = options;
  refusePastStart(effectiveFrom, clock);
  const standing = newestOf(versions.filter(({ status }) => status !== 'Withdrawn'));
  refuseBehind(file, versions, standing);
  const summary = {
    name: agreement.name,
    hash,
    dryRun,
    amendments: standing ? changesIn(standing, agreement) : [],
    warnings: [...file.problems, ...found],
    proposed: false,
  };
  // What has ended may be agreed on again, in the same words.
  if (standing?.recordedHash === hash && !ended.has(standing.status)) {
    const { id, version } = standing;
    const same = { ...summary, id, version, status: standing.status, created: false, notices: [] };
    if (draft || standing.status !== 'Draft') return same;
    if (!dryRun) await updateVersion(crm, standing, proposal(effectiveFrom), 'be proposed');
    return { ...same, status: 'Proposed', proposed: true, notices: startingMode(standing, versions) };
  }
  const version = (newestOf(versions)?.version ?? 0) + 1;
  const status = draft ? 'Draft' : 'Proposed';
  const next = { name: agreement.name, slug, version, status, document: file.document, hash, effectiveFrom } as const;
  const id = dryRun ? null : await createVersion(crm, next);
  return { ...summary, id, version, status, created: !dryRun, notices: startingMode(next, versions) };
}

function validAgreement({ name, agreement, problems }: AgreementFile): Agreement {
  if (agreement) return agreement;
  const lines = problems.map((problem) => problemLine(name, problem));
  throw new Refusal('agreement-invalid', `${name} is not a valid agreement.`, lines);
}

function refuseMisfits({ name }: AgreementFile, found: readonly FileProblem[]): void {
  const errors = found.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return;
  const lines = errors.map((problem) => problemLine(name, problem));
  throw new Refusal('agreement-invalid', `${name} does not fit the org.`, lines);
}

const ended: ReadonlySet<VersionStatus> = new Set(['Expired', 'Superseded']);

/** The fields that make a draft the proposal. */
export const proposal = (effectiveFrom: string | undefined): Readonly<Record<string, string>> => ({
  Status__c: 'Proposed',
  ...(effectiveFrom && { Effective_From__c: effectiveFrom }),
});

/** Compares an agreement with the objects that the signed-in user sees, and with who may see the fields of its facts and who may sign. */
export async function checkAgainstOrg(crm: Crm, file: AgreementFile): Promise<readonly FileProblem[]> {
  if (!file.agreement) return [];
  const names = new Set(['Lead', ...neededFields(file.agreement).keys()]);
  const described = await Promise.all([...names].map((name) => crm.describe(name)));
  const objects = described.filter((each) => each !== undefined);
  const problems = [
    ...checkAgainstObjects(file.agreement, objects),
    ...(await hiddenFactProblems(crm, file.agreement)),
    ...(await unknownSigners(crm, file.agreement)),
  ];
  return problems.map(file.locate);
}

/** A file that was pulled before somebody else pushed would take back their changes without anybody having meant it. */
function refuseBehind(
  { name, hash, base }: AgreementFile,
  versions: readonly VersionRecord[],
  standing: VersionRecord | undefined,
): void {
  if (!standing || !base || [hash, base].includes(standing.recordedHash)) return;
  const started = versions.findLast((each) => each.recordedHash === base);
  if (!started) return;
  const [before, after] = [started, standing].map((each) => readDocument(each.documentText));
  const changed = before && after ? amendments(before, after).map(amendmentText) : [];
  const by = `${standing.createdBy} on ${standing.createdDate.slice(0, 10)}`;
  const pull = `sf accord agreement pull --version ${standing.version} --file ${name}`;
  const text =
    `${name} is based on ${titleOf(started)}, and ${titleOf(standing)} was pushed since by ${by}. ` +
    `"${pull}" brings it into the file.`;
  throw new Refusal('version-behind', text, changed);
}

/** Short name of an agreement: what its versions' keys begin with. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80) || 'agreement';
