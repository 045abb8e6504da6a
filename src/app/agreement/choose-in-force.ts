import type { JudgedVersion } from './judge-version.ts';

/** What the statuses of the versions should become, and which version the service applies. */
export type Choice = {
  /** The version to apply; undefined when none is signed, intact and within its dates. */
  readonly inForce: JudgedVersion | undefined;
  /** Signed by both parties and not yet in force. */
  readonly promote: JudgedVersion | undefined;
  readonly supersede: readonly JudgedVersion[];
  readonly expire: readonly JudgedVersion[];
  /** Why versions that claim to be in force, or wait to be, are not applied. */
  readonly problems: readonly string[];
};

const wasInForce = new Set(['In Force', 'Superseded', 'Expired']);

/**
 * Chooses the one version that the org keeps: of all that both parties have signed, the one signed last.
 *
 * A proposed version older than one of the same agreement that has been in force never comes into force, so an expired
 * version is not followed by a predecessor that nobody withdrew.
 */
export function chooseInForce(versions: readonly JudgedVersion[], now: number): Choice {
  const expire = versions.filter((each) => each.record.status === 'In Force' && isOver(each, now));
  const candidates = versions.filter(
    (each) => each.signed && !isOver(each, now) && (each.record.status === 'In Force' || isNext(each, versions)),
  );
  const inForce = candidates.toSorted(bySigning).at(-1);
  const promote = inForce?.record.status === 'Proposed' ? inForce : undefined;
  const supersede = promote
    ? versions.filter((each) => each.record.status === 'In Force' && each !== promote && !expire.includes(each))
    : [];
  return { inForce, promote, supersede, expire, problems: problemsOf(versions, expire) };
}

function isNext({ record }: JudgedVersion, versions: readonly JudgedVersion[]): boolean {
  const earlier = versions.filter((other) => other.record.slug === record.slug && wasInForce.has(other.record.status));
  return record.status === 'Proposed' && earlier.every((other) => other.record.version < record.version);
}

const isOver = ({ expiresAt }: JudgedVersion, now: number): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now;

const bySigning = (a: JudgedVersion, b: JudgedVersion): number =>
  Date.parse(a.signedAt ?? '') - Date.parse(b.signedAt ?? '') || a.record.version - b.record.version;

function problemsOf(versions: readonly JudgedVersion[], expired: readonly JudgedVersion[]): readonly string[] {
  const open = versions.filter(({ record }) => record.status === 'In Force' || record.status === 'Proposed');
  return [
    ...open.flatMap(({ record, problems }) =>
      problems.map((problem) => `${record.name} v${record.version}: ${problem}`),
    ),
    ...expired.map(({ record, expiresAt }) => `${record.name} v${record.version}: It expired on ${expiresAt}.`),
  ];
}
