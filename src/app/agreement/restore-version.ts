import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changesIn } from './changes-in.ts';
import { chooseVersion, newestOf, type VersionChoice } from './choose-version.ts';
import { judgeVersion } from './judge-version.ts';
import { readVersions } from './read-versions.ts';
import { titleOf } from './version-title.ts';
import { createVersion } from './write-version.ts';

export type Restored = {
  /** Null in a dry run. */
  readonly id: string | null;
  readonly agreement: string;
  readonly version: number;
  readonly restored: number;
  readonly hash: string;
  readonly dryRun: boolean;
  /** The version that it is compared with: the one in force, else the newest; null where there is none. */
  readonly comparedWith: string | null;
  /** What it changes in that version, in words. */
  readonly amendments: readonly string[];
};

/** Creates a draft with the text of a version: to go back to it, or to renew it, both parties sign that text again. */
export async function restoreVersion(
  crm: Crm,
  choice: VersionChoice,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Restored> {
  const versions = await readVersions(crm);
  const old = chooseVersion(versions, choice);
  const { agreement, hash, problems } = judgeVersion(old, new Set());
  if (!agreement || !hash)
    throw new Refusal('no-agreement', `${titleOf(old)} cannot be restored. ${problems.join(' ')}`);
  const all = versions.filter(({ slug }) => slug === old.slug);
  const standing = newestOf(all.filter(({ status }) => status !== 'Withdrawn'));
  if (standing?.recordedHash === hash && ['Draft', 'Proposed'].includes(standing.status)) {
    const text = `${titleOf(standing)} is ${standing.status.toLowerCase()} and says the same as ${titleOf(old)} already.`;
    throw new Refusal('wrong-status', text);
  }
  const version = (newestOf(all)?.version ?? 0) + 1;
  const next = { name: old.name, slug: old.slug, version, status: 'Draft', document: old.documentText, hash } as const;
  const id = dryRun ? null : await createVersion(crm, next);
  const other = all.findLast(({ status }) => status === 'In Force') ?? standing;
  const changes = other ? changesIn(other, agreement) : [];
  const comparedWith = other ? titleOf(other) : null;
  return { id, agreement: old.name, version, restored: old.version, hash, dryRun, comparedWith, amendments: changes };
}
