import { stringify } from 'yaml';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { judgeVersion } from './judge-version.ts';
import { readAgreementFile } from './read-agreement-file.ts';
import { readVersions, type VersionRecord } from './read-versions.ts';

export type PullOptions = {
  readonly version?: number | undefined;
  readonly agreement?: string | undefined;
  /** Overwrites a file with changes that were never pushed. */
  readonly force?: boolean;
};

export type Pulled = {
  readonly agreement: string;
  readonly version: number;
  readonly hash: string;
  readonly slug: string;
  /** The document as YAML. */
  readonly text: string;
};

/** Reads a version from the org as YAML: the one asked for, else the one in force, else the newest. */
export async function pullAgreement(crm: Crm, options: PullOptions): Promise<Pulled> {
  const record = choose(await readVersions(crm), options);
  const { agreement, hash, problems } = judgeVersion(record, new Set());
  if (!agreement || !hash) {
    throw new Refusal('no-agreement', `${record.name} v${record.version} cannot be pulled. ${problems.join(' ')}`);
  }
  const head = `# ${record.name}, version ${record.version} (${record.status.toLowerCase()})\n# sha-256 ${hash}\n`;
  const text = head + stringify(agreement, { lineWidth: 120 });
  return { agreement: record.name, version: record.version, hash, slug: record.slug, text };
}

/**
 * Refuses to overwrite a file that says something which no version in the org says.
 *
 * A file that is equal to some version loses nothing, because that version can be pulled again.
 */
export async function refuseToLoseChanges(crm: Crm, path: string, existing: Uint8Array): Promise<void> {
  const { hash } = readAgreementFile(existing, path);
  const pushed = new Set((await readVersions(crm)).map((each) => each.recordedHash));
  if (hash !== '' && pushed.has(hash)) return;
  throw new Refusal('file-changed', `${path} has changes that were never pushed.`);
}

function choose(versions: readonly VersionRecord[], { version, agreement }: PullOptions): VersionRecord {
  const named = versions.filter((each) => !agreement || each.slug === agreement || each.name === agreement);
  const fitting = named.filter((each) => version === undefined || each.version === version);
  const found = fitting.findLast((each) => each.status === 'In Force') ?? fitting.at(-1);
  if (found) return found;
  const which = [agreement, version && `version ${version}`].filter(Boolean).join(' ');
  throw new Refusal('no-agreement', `The org has no agreement${which ? ` ${which}` : ''}.`);
}
