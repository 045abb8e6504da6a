import { stringify } from 'yaml';
import type { Agreement } from '../../domain/agreement/schema.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { chooseVersion, newestOf } from './choose-version.ts';
import { withHeader } from './file-header.ts';
import { judgeVersion, readDocument } from './judge-version.ts';
import { readVersions, type VersionRecord } from './read-versions.ts';
import { titleOf } from './version-title.ts';

export type PullOptions = {
  readonly version?: number | undefined;
  readonly agreement?: string | undefined;
  /** Finds the hash on which the file is based that the version will be brought into, by the agreement's short name. */
  readonly findBase?: (slug: string) => Promise<string | undefined>;
};

export type Pulled = {
  readonly agreement: string;
  readonly version: number;
  readonly hash: string;
  readonly slug: string;
  readonly document: Agreement;
  /** The document as YAML. */
  readonly text: string;
  /** Every version of the agreement that can be read, by its recorded hash: what files may be based on. */
  readonly known: ReadonlyMap<string, KnownVersion>;
};

export type KnownVersion = { readonly record: VersionRecord; readonly document: Agreement };

/**
 * Reads a version from the org as YAML: the one asked for, else the one in force, else the newest.
 *
 * A file that is based on a newer version than the one in force gets the newest: the older text would take it back.
 */
export async function pullAgreement(crm: Crm, { findBase, ...options }: PullOptions): Promise<Pulled> {
  const versions = await readVersions(crm);
  const usual = chooseVersion(versions, options);
  const base = options.version === undefined ? await findBase?.(usual.slug) : undefined;
  const record = newerThan(usual, versions, base) ?? usual;
  const { agreement: document, hash, problems } = judgeVersion(record, new Set());
  if (!document || !hash)
    throw new Refusal('no-agreement', `${titleOf(record)} cannot be pulled. ${problems.join(' ')}`);
  const text = withHeader(toYaml(document), record, hash);
  const known = knownVersions(versions.filter(({ slug }) => slug === record.slug));
  return { agreement: record.name, version: record.version, hash, slug: record.slug, document, text, known };
}

/** The newest version of the agreement, where a file is based on a newer one than `usual`. */
function newerThan(
  usual: VersionRecord,
  versions: readonly VersionRecord[],
  base: string | undefined,
): VersionRecord | undefined {
  const own = versions.filter(({ slug }) => slug === usual.slug);
  const started = newestOf(own.filter(({ recordedHash }) => recordedHash === base));
  if (!started || started.version <= usual.version) return undefined;
  return newestOf(own.filter(({ status }) => status !== 'Withdrawn'));
}

/** The versions whose documents can be read and are what their hash says, by that hash. */
function knownVersions(versions: readonly VersionRecord[]): ReadonlyMap<string, KnownVersion> {
  const known = versions.flatMap((record) => {
    const document = readDocument(record.documentText);
    return document && judgeVersion(record, new Set()).hash
      ? [[record.recordedHash, { record, document }] as const]
      : [];
  });
  return new Map(known);
}

const toYaml = (agreement: Agreement): string => stringify(agreement, { lineWidth: 120 });
