import { judgeVersion, type JudgedVersion } from './judge-version.ts';
import { modeInForce, rankOf } from './mode-in-force.ts';
import type { VersionRecord } from './read-versions.ts';
import { titleOf } from './version-title.ts';

const nobody: ReadonlySet<string> = new Set();

/**
 * Says that a version will start in observe where the one in force does more: raising the mode is a decision of its own.
 *
 * Empty when that changes nothing.
 */
export function startingMode(
  next: Pick<VersionRecord, 'name' | 'version'>,
  versions: readonly VersionRecord[],
): readonly string[] {
  const inForce = versions.findLast(({ status }) => status === 'In Force');
  const mode = inForce && modeInForce(judgeVersion(inForce, nobody));
  if (!inForce || !mode || mode === 'Observe') return [];
  const lower = mode.toLowerCase();
  return [
    `${titleOf(next)} starts in observe, as every version does, and ${titleOf(inForce)} is in ${lower}: once it is in ` +
      `force and found ready, "sf accord agreement mode ${lower}" raises it.`,
  ];
}

/** Says that the version in force does less than the one before it did, which nobody may have meant. */
export function lowerThanBefore(
  inForce: JudgedVersion | undefined,
  versions: readonly JudgedVersion[],
): readonly string[] {
  const before = versions
    .filter(({ record }) => record.status === 'Superseded' || record.status === 'Expired')
    .toSorted((a, b) => Date.parse(a.record.effectiveFrom ?? '') - Date.parse(b.record.effectiveFrom ?? ''))
    .at(-1);
  if (!inForce || !before) return [];
  const [mode, earlier] = [modeInForce(inForce), modeInForce(before)];
  if (rankOf(mode) >= rankOf(earlier)) return [];
  return [
    `${titleOf(inForce.record)} is in ${mode.toLowerCase()}, and ${titleOf(before.record)} before it was in ` +
      `${earlier.toLowerCase()}: every version starts in observe, and "sf accord agreement mode" raises it.`,
  ];
}
