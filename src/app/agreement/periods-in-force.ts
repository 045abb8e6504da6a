import type { JudgedVersion } from './judge-version.ts';

/** From when until when a version was kept, epoch ms; `to` is undefined while its end is not known. */
export type PeriodInForce = { readonly version: JudgedVersion; readonly from: number; readonly to: number | undefined };

const wasInForce = new Set(['In Force', 'Superseded', 'Expired']);

/**
 * Tells which version was in force when, oldest first, by the dates that the service wrote as each came into force.
 *
 * A version ends when the next one begins or when it expires. The versions may be of several agreements: an org keeps one.
 */
export function periodsInForce(versions: readonly JudgedVersion[]): readonly PeriodInForce[] {
  const begun = versions
    .filter(({ record }) => wasInForce.has(record.status) && record.effectiveFrom !== undefined)
    .map((version) => ({ version, from: Date.parse(version.record.effectiveFrom ?? '') }))
    .toSorted((a, b) => a.from - b.from || a.version.record.version - b.version.record.version);
  return begun.map(({ version, from }, index) => {
    const next = begun[index + 1]?.from ?? Infinity;
    const expiry = version.expiresAt ? Date.parse(version.expiresAt) : Infinity;
    const to = Math.min(next, expiry);
    return { version, from, to: Number.isFinite(to) ? to : undefined };
  });
}

/** The version that was in force at an instant; undefined when none was. */
export const versionInForceAt = (versions: readonly JudgedVersion[], at: number): JudgedVersion | undefined =>
  periodsInForce(versions).findLast(({ from, to }) => from <= at && at < (to ?? Infinity))?.version;
