import { stringify } from 'yaml';
import type { Agreement } from '../../domain/agreement/schema.ts';
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
  const text = head + toYaml(agreement);
  return { agreement: record.name, version: record.version, hash, slug: record.slug, text };
}

/**
 * Tells whether a pull has to write the file at all, and refuses to overwrite one that a person has written.
 *
 * A file that says what was pulled stays as it is, comments included. Only what an earlier pull wrote, untouched since,
 * is replaced: everything else holds words that no record in the org holds.
 */
export function mustReplace(path: string, existing: Uint8Array, pulled: Pulled): boolean {
  const { agreement, hash } = readAgreementFile(existing, path);
  if (hash === pulled.hash) return false;
  const body = new TextDecoder().decode(existing).replace(/^# [^\n]*\n# sha-256 [0-9a-f]{64}\n/, '');
  if (agreement && body === toYaml(agreement)) return true;
  throw new Refusal(
    'file-changed',
    `${path} was written or changed by hand and does not say version ${pulled.version}.`,
  );
}

const toYaml = (agreement: Agreement): string => stringify(agreement, { lineWidth: 120 });

function choose(versions: readonly VersionRecord[], { version, agreement }: PullOptions): VersionRecord {
  const named = versions.filter((each) => !agreement || each.slug === agreement || each.name === agreement);
  const fitting = named.filter((each) => version === undefined || each.version === version);
  const found = fitting.findLast((each) => each.status === 'In Force') ?? fitting.at(-1);
  if (found) return found;
  const which = [agreement, version && `version ${version}`].filter(Boolean).join(' ');
  throw new Refusal('no-agreement', `The org has no agreement${which ? ` ${which}` : ''}.`);
}
