import type { PersonHistory, Timeline } from '../timeline/timeline.ts';
import type { CompiledAgreement } from '../verdict/compile-agreement.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { walkHistory } from './walk-history.ts';

export type StageNow = {
  /** What is known now, with the stage and the entries into stages that the history led to. */
  readonly timeline: Timeline;
  /** Next instant at which the answer can change; Infinity when it cannot. */
  readonly nextAt: number;
};

/** Goes through the whole history up to now: what decides now is `timeline`, whose `previous` tells the stage and its begin. */
export function stageNow(
  compiled: CompiledAgreement,
  history: PersonHistory,
  now: number,
  judgement: Judgement,
): StageNow {
  let timeline: Timeline = history;
  const range = { from: Math.min(history.createdAt, now), to: now };
  // A clock that is behind the org's must not leave a new person without a stage.
  const person = history.createdAt > now ? { ...history, createdAt: now } : history;
  const nextAt = walkHistory(compiled, person, range, judgement, (_, reached) => (timeline = reached));
  return { timeline, nextAt };
}
