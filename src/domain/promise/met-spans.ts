import type { Interval } from '../calendar/open-intervals.ts';
import { metStage } from '../hand-off/hand-off-rules.ts';
import { replay } from '../replay/replay.ts';
import { walkHistory } from '../replay/walk-history.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import type { CompiledAgreement } from '../verdict/compile-agreement.ts';
import { newJudgement } from '../verdict/decide.ts';

/** When each definition was met, found once for all the clocks of a person. */
export type MetSpans = (compiled: CompiledAgreement) => readonly Interval[];

/** The last span ends at Infinity where the definition still holds. */
export function metSpansOf(history: PersonHistory, now: number): MetSpans {
  const known = new Map<CompiledAgreement, readonly Interval[]>();
  const own = withoutStage(history);
  return (compiled) => {
    const found =
      known.get(compiled) ??
      replay(compiled, own, { from: own.createdAt, to: now })
        .filter(({ stage }) => stage === metStage)
        .map(({ from, to }) => ({ from, to: to ?? Infinity }));
    known.set(compiled, found);
    return found;
  };
}

/** The next instant at which a definition can turn by time alone; Infinity when it cannot. */
export function nextTurn(compiled: CompiledAgreement, history: PersonHistory, now: number): number {
  const range = { from: history.createdAt, to: now };
  return walkHistory(compiled, withoutStage(history), range, newJudgement(compiled), () => {});
}

/** The stage that the person is in is one of the agreement's, not one of those that a definition is judged by. */
function withoutStage(history: PersonHistory): PersonHistory {
  const { previous: _previous, ...own } = history;
  return own;
}
