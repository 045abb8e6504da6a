import type { PersonHistory, Timeline } from '../timeline/timeline.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { type AppliedVersion, atBegin, startOf } from './at-begin.ts';
import { walkHistory } from './walk-history.ts';

export type StageNow = {
  /** What is known now, with the stage and the entries into stages that the history led to. */
  readonly timeline: Timeline;
  /** Next instant at which the answer can change; Infinity when it cannot. */
  readonly nextAt: number;
};

/**
 * Goes through the whole history up to now under the versions that applied, earliest first.
 *
 * What decides now is `timeline`, whose `previous` tells the stage and its begin. `judgement` is one of the last version.
 */
export function stageNow(
  versions: readonly AppliedVersion[],
  history: PersonHistory,
  now: number,
  judgement: Judgement,
): StageNow {
  const current = versions.at(-1);
  if (!current) throw new Error('Nobody can be judged without a version.');
  // A clock that is behind the org's must not leave a new person without a stage.
  const person = atBegin(versions, history.createdAt > now ? { ...history, createdAt: now } : history);
  let timeline: Timeline = person;
  const from = Math.max(current.from, startOf(versions, history)?.at ?? -Infinity);
  const range = { from: Math.min(from, now), to: now };
  const nextAt = walkHistory(current.compiled, person, range, judgement, (_, reached) => (timeline = reached));
  return { timeline, nextAt };
}
