import type { JudgedVersion } from './judge-version.ts';
import { modeInForce, rankOf } from './mode-in-force.ts';

/** What the statuses of the versions should become, and which version the service applies. */
export type Choice = {
  /** The version to apply; undefined when none is signed, intact and within its dates. */
  readonly inForce: JudgedVersion | undefined;
  /** Signed by both parties and not yet in force. */
  readonly promote: JudgedVersion | undefined;
  /** All others that the org says are in force, also where a service died before it could say that they are not. */
  readonly supersede: readonly JudgedVersion[];
  readonly expire: readonly JudgedVersion[];
  /** When a signed version that waits for its date may come into force, epoch ms: then this choice must be made again. */
  readonly nextAt: number | undefined;
  /** Why versions that claim to be in force, or wait to be, are not applied. */
  readonly problems: readonly string[];
};

const wasInForce = new Set(['In Force', 'Superseded', 'Expired']);

/**
 * Chooses the one version that the org keeps: of all that both parties have signed, the one signed last.
 *
 * A proposed version older than one of the same agreement that has been in force never comes into force, so an expired
 * version is not followed by a predecessor that nobody withdrew. One that waits for its date lets its predecessor be.
 */
export function chooseInForce(versions: readonly JudgedVersion[], now: number): Choice {
  const expire = versions.filter((each) => each.record.status === 'In Force' && isOver(each, now));
  const signed = versions.filter(
    (each) => each.signed && !isOver(each, now) && (each.record.status === 'In Force' || isNext(each, versions)),
  );
  const inForce = signed
    .filter((each) => startOf(each) <= now)
    .toSorted(bySigning)
    .at(-1);
  const promote = inForce?.record.status === 'Proposed' ? inForce : undefined;
  const supersede = inForce
    ? versions.filter((each) => each.record.status === 'In Force' && each !== inForce && !expire.includes(each))
    : [];
  const nextAt = Math.min(...signed.map(startOf).filter((start) => start > now));
  return {
    inForce,
    promote,
    supersede,
    expire,
    nextAt: Number.isFinite(nextAt) ? nextAt : undefined,
    problems: [...problemsOf(versions, expire), ...expiringSoon(versions, inForce, now), ...aboveReadiness(inForce)],
  };
}

/** The date of a version that is in force already is a fact and not a plan. */
const startOf = ({ record, startsAt }: JudgedVersion): number =>
  record.status === 'Proposed' && startsAt !== undefined ? Date.parse(startsAt) : -Infinity;

function isNext({ record }: JudgedVersion, versions: readonly JudgedVersion[]): boolean {
  const earlier = versions.filter((other) => other.record.slug === record.slug && wasInForce.has(other.record.status));
  return record.status === 'Proposed' && earlier.every((other) => other.record.version < record.version);
}

const isOver = ({ expiresAt }: JudgedVersion, now: number): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now;

const bySigning = (a: JudgedVersion, b: JudgedVersion): number =>
  Date.parse(a.signedAt ?? '') - Date.parse(b.signedAt ?? '') || a.record.version - b.record.version;

/** People need this long to agree on a successor and to sign it. */
export const expiryNoticeMs = 14 * 86_400_000;

/** Warns before the version in force ends, unless its successor is signed. */
function expiringSoon(
  versions: readonly JudgedVersion[],
  inForce: JudgedVersion | undefined,
  now: number,
): readonly string[] {
  if (!inForce?.expiresAt || Date.parse(inForce.expiresAt) - now > expiryNoticeMs) return [];
  const { record, expiresAt } = inForce;
  if (versions.some((each) => each.signed && each.record.status === 'Proposed' && isNext(each, versions))) return [];
  const days = Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 86_400_000));
  const when = days === 1 ? '1 day' : `${days} days`;
  return [
    `${record.name} v${record.version}: It expires in ${when}, on ${expiresAt}. Propose a successor and have it signed; nothing is kept after that.`,
  ];
}

/** Readiness that falls lowers no mode by itself, because people have set it; they must know. */
function aboveReadiness(inForce: JudgedVersion | undefined): readonly string[] {
  if (!inForce) return [];
  const { name, version, readyFor } = inForce.record;
  const mode = modeInForce(inForce);
  if (rankOf(mode) <= rankOf(readyFor)) return [];
  const lower = readyFor.toLowerCase();
  return [
    `${name} v${version}: It is in ${mode.toLowerCase()}, and the service finds it ready for ${lower} only. ` +
      `"accord doctor" says why; "accord agreement mode ${lower}" lowers it.`,
  ];
}

function problemsOf(versions: readonly JudgedVersion[], expired: readonly JudgedVersion[]): readonly string[] {
  const open = versions.filter(({ record }) => record.status === 'In Force' || record.status === 'Proposed');
  return [
    ...open.flatMap(({ record, problems }) =>
      problems.map((problem) => `${record.name} v${record.version}: ${problem}`),
    ),
    ...expired.map(({ record, expiresAt }) => `${record.name} v${record.version}: It expired on ${expiresAt}.`),
  ];
}
