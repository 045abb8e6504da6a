import type { ClockPause, PauseReason } from './clock.ts';
import { ownerAt, type Ownership } from './ownership.ts';
import type { WorkTime } from './work-time.ts';

/** A time during which nothing changes for a clock; the last one ends at Infinity. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly owner: string | undefined;
  /** Undefined while the time runs. */
  readonly why: PauseReason | undefined;
  readonly time: WorkTime;
};

export type StretchRules = {
  readonly owners: readonly Ownership[];
  readonly pauses: readonly ClockPause[];
  readonly waitsUnowned: boolean;
  readonly timeOf: (owner: string | undefined) => WorkTime;
};

/** Lays out the time from `begin` on, cut at `start`, and wherever the owner changes or a pause begins or ends. */
export function layOut(begin: number, start: number, rules: StretchRules): readonly Stretch[] {
  const { owners, pauses, waitsUnowned, timeOf } = rules;
  const cuts = new Set([begin, start]);
  for (const { from } of owners) if (from > begin) cuts.add(from);
  for (const { from, to } of pauses) {
    if (from > begin) cuts.add(from);
    if (to > begin && to !== Infinity) cuts.add(to);
  }
  const instants = [...cuts].toSorted((a, b) => a - b);
  return instants.map((from, index): Stretch => {
    const owner = ownerAt(owners, from);
    const pause = pauseAt(pauses, from);
    const why = pause ?? (waitsUnowned && owner === undefined ? 'unowned' : undefined);
    return { from, to: instants[index + 1] ?? Infinity, owner, why, time: timeOf(owner) };
  });
}

const weight: Readonly<Record<PauseReason, number>> = {
  frozen: 0,
  'buyer-asked-later': 1,
  agreed: 2,
  'owner-away': 3,
  unowned: 4,
};

/** Of several pauses at a time the one that is least anybody's doing. */
function pauseAt(pauses: readonly ClockPause[], at: number): PauseReason | undefined {
  let found: PauseReason | undefined;
  for (const { from, to, why } of pauses) {
    if (from <= at && at < to && (found === undefined || weight[why] < weight[found])) found = why;
  }
  return found;
}
