import type { PersonHistory } from '../timeline/timeline.ts';
import type { CompiledAgreement } from '../verdict/compile-agreement.ts';

/**
 * A version and the time in which it applies: from `from` until the next one does, or only until `to` where it ended
 * before. What was reached stays as it is while no version applies.
 */
export type AppliedVersion = { readonly compiled: CompiledAgreement; readonly from: number; readonly to?: number };

/** When a version stops to apply, the first instant at which it does not; Infinity where nothing ends it. */
export const endOf = (versions: readonly AppliedVersion[], index: number): number =>
  Math.min(versions[index]?.to ?? Infinity, versions[index + 1]?.from ?? Infinity);

/** The position of the version that applied at an instant; -1 where none did. */
export const positionAt = (versions: readonly AppliedVersion[], at: number): number =>
  versions.findLastIndex(({ from }, index) => from <= at && at < endOf(versions, index));

/** Where the person is known to have stood matters only to rules that ask where people came from. */
export const startOf = (versions: readonly AppliedVersion[], { start }: PersonHistory): PersonHistory['start'] =>
  versions.at(-1)?.compiled.followsStages ? start : undefined;
