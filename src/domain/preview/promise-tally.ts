import { followHandOffs } from '../hand-off/follow-hand-offs.ts';
import type { ClockState } from '../promise/clock.ts';
import { decideClocks } from '../promise/decide-clocks.ts';
import { positionAt } from '../replay/applied-version.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import type { PromiseRules, PromisingVersion } from './promise-rules.ts';
import type { Stay } from './stays.ts';
import { getOrMake, type PromiseTally, type VersionKind, versionKinds } from './tally.ts';

/** What became of clocks: `ended` counts those that end without a judgement, cancelled or exempt. */
export const clockEnds = ['kept', 'missed', 'unproven', 'running', 'ended'] as const;
export type ClockEnd = (typeof clockEnds)[number];

const ends: Readonly<Record<ClockState, ClockEnd>> = {
  kept: 'kept',
  missed: 'missed',
  unproven: 'unproven',
  running: 'running',
  paused: 'running',
  cancelled: 'ended',
  exempt: 'ended',
};

/** Position of a count in a row of `PromiseTally.clocks`. */
export const clockCell = (end: ClockEnd, version: VersionKind): number =>
  clockEnds.indexOf(end) * versionKinds.length + versionKinds.indexOf(version);

/** Ids of promises have no space. */
export const volumeKey = (promise: string, period: string): string => `${promise} ${period}`;

type Walked = {
  readonly from: number;
  readonly to: number;
  readonly stays: Readonly<Record<VersionKind, readonly Stay[]>>;
};

/** Counts what the promises of each version would have come to with a person's hand-offs of the period, by its end. */
export function tallyPromises(rules: PromiseRules, history: PersonHistory, walked: Walked, tally: PromiseTally): void {
  countHandOffs('proposed', [rules.proposed], history, walked, tally);
  if (rules.against.length > 0) countHandOffs('current', rules.against, history, walked, tally);
}

function countHandOffs(
  kind: VersionKind,
  versions: readonly PromisingVersion[],
  history: PersonHistory,
  { from, to, stays }: Walked,
  tally: PromiseTally,
): void {
  const spans = stays[kind];
  const { episodes } = followHandOffs({ versions, history, stays: spans, recorded: [], now: to });
  for (const [index, episode] of episodes.entries()) {
    const version = versions[positionAt(versions, episode.openedAt)];
    if (!version || episode.waitingSince < from || episode.openedAt > to) continue;
    for (const { id, periods } of version.volumes) {
      const period = periods.find((each) => each.from <= episode.openedAt && episode.openedAt < each.to);
      if (period) addOne(tally.volumes, volumeKey(id, period.key), versionKinds.indexOf(kind), versionKinds.length);
    }
    const next = episodes[index + 1]?.openedAt;
    const given = {
      episode,
      promises: version.clocks,
      history,
      spans,
      ...(next !== undefined && { nextOpenedAt: next }),
    };
    for (const { promise, state } of decideClocks(given, { now: to, readUntil: to, times: version.times })) {
      addOne(tally.clocks, promise, clockCell(ends[state], kind), clockEnds.length * versionKinds.length);
    }
  }
}

function addOne(rows: Map<string, number[]>, key: string, cell: number, length: number): void {
  const row = getOrMake(rows, key, () => Array.from({ length }, () => 0));
  row[cell] = (row[cell] ?? 0) + 1;
}
