import { type Amendment, amendments } from '../../domain/agreement/diff/amendments.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { problemLine } from '../files/yaml-file.ts';
import type { Clock, Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { chooseInForce } from './choose-in-force.ts';
import { chooseVersion, newestOf, ofAgreement } from './choose-version.ts';
import { judgeVersion } from './judge-version.ts';
import { readJudgedVersions } from './judged-versions.ts';
import type { AgreementFile } from './read-agreement-file.ts';
import type { VersionRecord } from './read-versions.ts';
import { titleOf } from './version-title.ts';

/** One side of a comparison. */
export type Side = { readonly title: string; readonly hash: string; readonly document: Agreement };

export type Difference = {
  readonly from: { readonly title: string; readonly hash: string };
  readonly to: { readonly title: string; readonly hash: string };
  readonly same: boolean;
  readonly amendments: readonly Amendment[];
};

/** What a file or version may be compared with: the version in force, the newest in the org, or one by its number. */
export type OrgSide = 'current' | 'org' | number;

/** Says in words what one side changes in the other. */
export const difference = (from: Side, to: Side): Difference => ({
  from: { title: from.title, hash: from.hash },
  to: { title: to.title, hash: to.hash },
  same: from.hash === to.hash,
  amendments: amendments(from.document, to.document),
});

/** A file as a side; refuses one that is no valid agreement. */
export function fileSide({ name, agreement, hash, problems }: AgreementFile): Side {
  if (agreement) return { title: name, hash, document: agreement };
  const lines = problems.map((problem) => problemLine(name, problem));
  throw new Refusal('agreement-invalid', `${name} is not a valid agreement.`, lines);
}

/** A version of the org as a side. */
export async function orgSide(crm: Crm, clock: Clock, side: OrgSide, agreement?: string): Promise<Side> {
  const judged = await readJudgedVersions(crm);
  const records = judged.map(({ record }) => record);
  if (side === 'current') {
    const { inForce } = chooseInForce(judged, clock.now());
    if (!inForce) throw new Refusal('no-agreement', 'No version is in force to compare with.');
    return toSide(inForce.record);
  }
  if (typeof side === 'number') return toSide(chooseVersion(records, { version: side, agreement }));
  const newest = newestOf(ofAgreement(records, agreement).filter(({ status }) => status !== 'Withdrawn'));
  if (!newest) throw new Refusal('no-agreement', 'The org has no version to compare with.');
  return toSide(newest);
}

function toSide(record: VersionRecord): Side {
  const { agreement, hash, problems } = judgeVersion(record, new Set());
  if (agreement && hash) return { title: titleOf(record), hash, document: agreement };
  throw new Refusal('no-agreement', `${titleOf(record)} cannot be compared. ${problems.join(' ')}`);
}
