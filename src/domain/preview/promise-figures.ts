import type { Period } from '../promise/period.ts';
import type { Change, PromiseEffect, TimedFigures, ClockFigures, VolumeFigures } from './preview-result.ts';
import type { PreviewRules } from './preview-rules.ts';
import { hasPromises, type PreviewedVolume, type PromiseRules, type PromisingVersion } from './promise-rules.ts';
import { clockCell, type ClockEnd, clockEnds, volumeKey } from './promise-tally.ts';
import { toShare } from './share.ts';
import { type PromiseTally, type VersionKind, versionKinds } from './tally.ts';

/** Turns the counts of clocks and hand-offs into figures; undefined where no version promises anything. */
export function toPromiseEffect(
  { promises, from, to }: Pick<PreviewRules, 'promises' | 'from' | 'to'>,
  tally: PromiseTally,
): PromiseEffect | undefined {
  if (!promises || ![promises.proposed, ...promises.against].some(hasPromises)) return undefined;
  return { timed: toTimed(promises, tally), volumes: toVolumes(promises, { from, to }, tally) };
}

/** The versions of a side, the latest first: what it says of a promise stands for all of them. */
const versionsOf = ({ proposed, against }: PromiseRules, kind: VersionKind): readonly PromisingVersion[] =>
  kind === 'proposed' ? [proposed] : against.toReversed();

const allVersions = (rules: PromiseRules): readonly PromisingVersion[] => [
  rules.proposed,
  ...versionsOf(rules, 'current'),
];

const titleOf = (rules: PromiseRules, id: string): string =>
  allVersions(rules)
    .map(({ titles }) => titles.get(id))
    .find((title) => title !== undefined) ?? id;

function toTimed(rules: PromiseRules, tally: PromiseTally): readonly TimedFigures[] {
  const ids = new Set(allVersions(rules).flatMap(({ clocks }) => clocks.map(({ id }) => id)));
  return [...ids].map((id) => {
    const row = tally.clocks.get(id) ?? [];
    const side = (kind: VersionKind): Partial<Record<VersionKind, ClockFigures>> => {
      const has = versionsOf(rules, kind).some(({ clocks }) => clocks.some((each) => each.id === id));
      return has ? { [kind]: toClockFigures(row, kind) } : {};
    };
    return { promise: id, title: titleOf(rules, id), ...side('current'), ...side('proposed') };
  });
}

function toClockFigures(row: readonly number[], kind: VersionKind): ClockFigures {
  const count = (end: ClockEnd): number => row[clockCell(end, kind)] ?? 0;
  return {
    started: clockEnds.reduce((sum, end) => sum + count(end), 0),
    kept: toShare(count('kept'), count('kept') + count('missed')),
    missed: count('missed'),
    unproven: count('unproven'),
    running: count('running'),
    ended: count('ended'),
  };
}

type Range = { readonly from: number; readonly to: number };

function toVolumes(rules: PromiseRules, range: Range, tally: PromiseTally): readonly VolumeFigures[] {
  const ids = new Set(allVersions(rules).flatMap(({ volumes }) => volumes.map(({ id }) => id)));
  return [...ids].map((id) => {
    const of = (kind: VersionKind): PreviewedVolume | undefined =>
      versionsOf(rules, kind)
        .flatMap(({ volumes }) => volumes)
        .find((each) => each.id === id);
    const sides = versionKinds.map((kind) => [kind, of(kind)] as const);
    const target = Object.fromEntries(sides.flatMap(([kind, each]) => (each ? [[kind, each.volume.target]] : [])));
    const periods = new Map(sides.flatMap(([, each]) => each?.periods ?? []).map((each) => [each.key, each]));
    return {
      promise: id,
      title: titleOf(rules, id),
      target,
      periods: [...periods.values()]
        .toSorted((a, b) => a.from - b.from)
        .map((period) => ({
          period: period.key,
          whole: isWhole(period, range),
          count: toCount(tally.volumes.get(volumeKey(id, period.key))),
        })),
    };
  });
}

const isWhole = (period: Period, { from, to }: Range): boolean => period.from >= from && period.to <= to;

const toCount = ([current = 0, proposed = 0]: readonly number[] = []): Change => ({ current, proposed });
