import { DateTime } from 'luxon';
import { ann, bob, minuteMs } from './clock-builder.ts';

/** What happened on a hand-off, where all calls are Ann's, in whole minutes since the first one. */
export type Story = {
  readonly start: number;
  readonly waitingSince: number;
  readonly minutes: number;
  readonly owners: readonly { readonly from: number; readonly owner: string }[];
  readonly later: readonly { readonly from: number; readonly to: number }[];
  readonly away: readonly { readonly from: number; readonly to: number }[];
  readonly frozen: readonly { readonly from: number; readonly to: number }[];
  readonly touches: readonly number[];
  readonly now: number;
  readonly resetsAfterPause: boolean;
  readonly resetsAfterReassign: boolean;
  readonly unownedRuns: boolean;
};

export type Stepped = {
  readonly state: 'running' | 'paused' | 'kept' | 'missed';
  readonly due: number | undefined;
  readonly left: number;
  readonly system: number;
  readonly human: Readonly<Record<string, number>>;
};

/** For each minute from `first` on whether somebody works nine to five from Monday to Friday, by a clock on the wall. */
export function openMinutes(first: number, count: number, zone: string): Uint8Array {
  return Uint8Array.from({ length: count }, (_, minute) => {
    const wall = DateTime.fromMillis(first + minute * minuteMs, { zone });
    return wall.weekday <= 5 && wall.hour >= 9 && wall.hour < 17 ? 1 : 0;
  });
}

const isIn = (spans: Story['later'], minute: number): boolean =>
  spans.some(({ from, to }) => from <= minute && minute < to);

const ownerIn = ({ owners }: Story, minute: number): string | undefined => {
  const owner = owners.findLast(({ from }) => from <= minute)?.owner;
  return owner === ann || owner === bob ? owner : undefined;
};

type Minute = { readonly owner: string | undefined; readonly pause: 'agreed' | 'frozen' | 'unowned' | undefined };

function at(story: Story, minute: number): Minute {
  const owner = ownerIn(story, minute);
  if (isIn(story.frozen, minute)) return { owner, pause: 'frozen' };
  const isAway = owner === ann && isIn(story.away, minute);
  if (isIn(story.later, minute) || isAway) return { owner, pause: 'agreed' };
  return { owner, pause: owner === undefined && !story.unownedRuns ? 'unowned' : undefined };
}

/** The first call of Ann; one before the hand-off counts from there on where she is who then took the lead. */
function firstCall(story: Story): number | undefined {
  const { start, waitingSince, now } = story;
  const isHers = ownerIn(story, start) === ann;
  const calls = story.touches.flatMap((touch) => {
    if (touch > now || touch < waitingSince || (touch < start && !isHers)) return [];
    return [Math.max(start, touch)];
  });
  return calls.length === 0 ? undefined : Math.min(...calls);
}

/** Lives through a hand-off minute by minute: the plainest way to say what a clock does. */
export function step(story: Story, open: Uint8Array): Stepped {
  const stop = firstCall(story);
  const end = Math.min(stop ?? Infinity, story.now);
  const human: Record<string, number> = {};
  let system = 0;
  for (let minute = story.waitingSince; minute < end; minute++) {
    const { owner, pause } = at(story, minute);
    if (!open[minute] || pause === 'agreed' || pause === 'frozen') continue;
    if (owner === undefined) system++;
    else human[owner] = (human[owner] ?? 0) + 1;
  }
  const { due, left } = countDown(story, open, end, stop !== undefined);
  const isPaused = at(story, story.now).pause !== undefined;
  const state =
    stop !== undefined && (due === undefined || stop <= due)
      ? 'kept'
      : due !== undefined && due < story.now
        ? 'missed'
        : isPaused
          ? 'paused'
          : 'running';
  return { state, due, left, system, human };
}

const isPassedOn = (story: Story, from: string | undefined, to: string | undefined): boolean =>
  story.resetsAfterReassign && from !== undefined && to !== undefined && from !== to;

/** Uses up the minutes; after the end of a clock that is over the time just goes on. */
function countDown(story: Story, open: Uint8Array, end: number, isOver: boolean) {
  let left = story.minutes;
  let leftAtEnd: number | undefined;
  let lastOwner: string | undefined;
  let wasPaused = false;
  for (let minute = story.start; minute <= open.length; minute++) {
    if (minute === end) leftAtEnd = left;
    if (left === 0) return { due: minute, left: leftAtEnd ?? 0 };
    if (minute === open.length) break;
    const { owner, pause } = isOver && minute >= end ? { ...at(story, end), pause: undefined } : at(story, minute);
    if (pause === 'agreed') wasPaused = true;
    if (pause !== undefined) continue;
    const isReset = (wasPaused && story.resetsAfterPause) || isPassedOn(story, lastOwner, owner);
    if (isReset) left = story.minutes;
    lastOwner = owner ?? lastOwner;
    wasPaused = false;
    if (open[minute]) left--;
  }
  return { due: undefined, left: leftAtEnd ?? left };
}
