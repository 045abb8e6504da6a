import { stringify } from 'yaml';
import type { Agreement } from '../../domain/agreement/schema.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { chooseVersion } from './choose-version.ts';
import { withHeader } from './file-header.ts';
import { judgeVersion, readDocument } from './judge-version.ts';
import { readVersions, type VersionRecord } from './read-versions.ts';
import { titleOf } from './version-title.ts';

export type PullOptions = {
  readonly version?: number | undefined;
  readonly agreement?: string | undefined;
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

/** Reads a version from the org as YAML: the one asked for, else the one in force, else the newest. */
export async function pullAgreement(crm: Crm, options: PullOptions): Promise<Pulled> {
  const versions = await readVersions(crm);
  const record = chooseVersion(versions, options);
  const { agreement: document, hash, problems } = judgeVersion(record, new Set());
  if (!document || !hash)
    throw new Refusal('no-agreement', `${titleOf(record)} cannot be pulled. ${problems.join(' ')}`);
  const text = withHeader(toYaml(document), record, hash);
  const known = knownVersions(versions.filter(({ slug }) => slug === record.slug));
  return { agreement: record.name, version: record.version, hash, slug: record.slug, document, text, known };
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
