import { Refusal } from '../refusal.ts';
import type { VersionRecord, VersionStatus } from './read-versions.ts';

export type VersionChoice = {
  /** Version number. */
  readonly version?: number | undefined;
  /** Key or name of the agreement, where the org has several. */
  readonly agreement?: string | undefined;
};

/** The versions of the named agreement; all without a name. */
export const ofAgreement = (
  versions: readonly VersionRecord[],
  agreement: string | undefined,
): readonly VersionRecord[] =>
  versions.filter((each) => agreement === undefined || each.slug === agreement || each.name === agreement);

/** Chooses a version: the one asked for, else the one in force, else the newest. */
export function chooseVersion(
  versions: readonly VersionRecord[],
  { version, agreement }: VersionChoice,
): VersionRecord {
  const named = ofAgreement(versions, agreement);
  const fitting = named.filter((each) => version === undefined || each.version === version);
  const inForce = fitting.findLast((each) => each.status === 'In Force');
  if (inForce) return inForce;
  refuseSeveral(fitting);
  const found = newestOf(fitting);
  if (found) return found;
  const which = [agreement, version && `version ${version}`].filter(Boolean).join(' ');
  throw new Refusal('no-agreement', `The org has no agreement${which ? ` ${which}` : ''}.`);
}

/** Chooses the newest version that has one of these statuses, for something that only such a version can undergo. */
export function chooseWithStatus(
  versions: readonly VersionRecord[],
  { version, agreement }: VersionChoice,
  statuses: readonly VersionStatus[],
  what: string,
): VersionRecord {
  const named = ofAgreement(versions, agreement).filter((each) => version === undefined || each.version === version);
  const open = named.filter(({ status }) => statuses.includes(status));
  refuseSeveral(open);
  const found = newestOf(open);
  if (found) return found;
  const wanted = statuses.map((status) => status.toLowerCase()).join(' or ');
  const [other] = named;
  const is = version !== undefined && other ? `; version ${version} is ${other.status.toLowerCase()}` : '';
  throw new Refusal('wrong-status', `Only a version that is ${wanted} can be ${what}${is || '; the org has none'}.`);
}

/** The highest version number, which need not have been created last. */
export const newestOf = <Version extends Pick<VersionRecord, 'version'>>(
  versions: readonly Version[],
): Version | undefined => versions.toSorted((a, b) => a.version - b.version).at(-1);

function refuseSeveral(versions: readonly VersionRecord[]): void {
  const slugs = [...new Set(versions.map((each) => each.slug))];
  if (slugs.length < 2) return;
  throw new Refusal(
    'wrong-status',
    `Several agreements could be meant: ${slugs.join(', ')}. Name one with --agreement.`,
  );
}
