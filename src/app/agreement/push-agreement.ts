import { checkAgainstObjects } from '../../domain/agreement/check-against-objects.ts';
import { type FileProblem, problemLine } from '../files/yaml-file.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { AgreementFile } from './read-agreement-file.ts';
import { readVersions, type VersionRecord } from './read-versions.ts';

export type PushOptions = {
  /** Creates the version as a draft, which can be edited and not signed yet. */
  readonly draft?: boolean;
};

export type PushSummary = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly status: string;
  /** False when the newest version already says the same. */
  readonly created: boolean;
  readonly warnings: readonly FileProblem[];
};

/**
 * Creates the next version of an agreement in the org, ready to be signed.
 *
 * The file is checked against the org's objects first. A file that says the same as the newest version of its agreement
 * creates nothing.
 */
export async function pushAgreement(crm: Crm, file: AgreementFile, options: PushOptions = {}): Promise<PushSummary> {
  const { agreement, hash } = file;
  const lineOf = (problem: FileProblem): string => problemLine(file.name, problem);
  if (!agreement)
    throw new Refusal('agreement-invalid', `${file.name} is not a valid agreement.`, file.problems.map(lineOf));
  const versions = await readVersions(crm);
  const found = await checkAgainstOrg(crm, file);
  const errors = found.filter((problem) => problem.severity === 'error');
  if (errors.length > 0)
    throw new Refusal('agreement-invalid', `${file.name} does not fit the org.`, errors.map(lineOf));
  const warnings = [...file.problems, ...found];
  const slug = slugOf(agreement.name);
  const newest = versions
    .filter((each) => each.slug === slug)
    .toSorted((a, b) => a.version - b.version)
    .at(-1);
  if (newest && newest.recordedHash === hash && newest.status !== 'Withdrawn') {
    const proposed = newest.status === 'Draft' && !options.draft;
    if (proposed) await propose(crm, newest);
    return { ...known(newest), ...(proposed && { status: 'Proposed' }), warnings };
  }
  const version = (newest?.version ?? 0) + 1;
  const status = options.draft ? 'Draft' : 'Proposed';
  const id = await create(crm, file, { name: agreement.name, slug, version, status });
  return { id, name: agreement.name, version, hash, status, created: true, warnings };
}

/** Compares an agreement with the objects that the signed-in user sees. */
export async function checkAgainstOrg(crm: Crm, file: AgreementFile): Promise<readonly FileProblem[]> {
  if (!file.agreement) return [];
  const lead = await crm.describe('Lead');
  return checkAgainstObjects(file.agreement, lead ? [lead] : []).map(file.locate);
}

const known = (newest: VersionRecord): Omit<PushSummary, 'warnings'> => ({
  id: newest.id,
  name: newest.name,
  version: newest.version,
  hash: newest.recordedHash,
  status: newest.status,
  created: false,
});

/** A draft that says the same becomes the proposal. */
async function propose(crm: Crm, { id, name, version }: VersionRecord): Promise<void> {
  const records = [{ Id: id, Status__c: 'Proposed' }];
  const [result] = await crm.write({ kind: 'update', object: 'Accord_Agreement__c', records });
  if (result?.success) return;
  const reason = result?.reason ?? 'the org gave no answer';
  throw new Refusal('not-signable', `The org did not let version ${version} of ${name} be proposed: ${reason}`);
}

type NewVersion = { readonly name: string; readonly slug: string; readonly version: number; readonly status: string };

async function create(crm: Crm, file: AgreementFile, { name, slug, version, status }: NewVersion): Promise<string> {
  const record = {
    Name: name,
    Version__c: version,
    Status__c: status,
    Mode__c: 'Observe',
    Document__c: file.document,
    Document_Hash__c: file.hash,
    Key__c: `${slug}:${version}`,
  };
  const [result] = await crm.write({ kind: 'insert', object: 'Accord_Agreement__c', records: [record] });
  if (result?.success) return result.id;
  const reason = result?.reason ?? 'the org gave no answer';
  // Two people pushed at once: the unique key let one of them win.
  if (/DUPLICATE_VALUE/.test(reason)) {
    throw new Refusal('version-taken', `Version ${version} of ${name} was pushed by somebody else just now.`);
  }
  throw new Refusal('not-signable', `The org refused version ${version} of ${name}: ${reason}`);
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
