import type { PersonHistory } from '../timeline/timeline.ts';
import type { CompiledAgreement, CompiledStage } from '../verdict/compile-agreement.ts';
import { newJudgement } from '../verdict/decide.ts';
import { type Range, walkHistory } from './walk-history.ts';

/** A stay in a stage; `to` is undefined where it goes on past the end of the replay. */
export type Span = {
  readonly stage: string;
  /** The segment that the person was in when the stay began; absent for none. */
  readonly segment?: string;
  readonly from: number;
  readonly to: number | undefined;
};

/**
 * The stages that a person went through under an agreement: the stays that reach into `range`, first to last.
 *
 * Judges from the creation on, by the same rules as live, so a stay that began before the range has its true begin. With
 * `history.previous` it goes on from there at the begin of the range.
 */
export function replay(
  compiled: CompiledAgreement,
  history: PersonHistory,
  range: Range,
  judgement = newJudgement(compiled),
): readonly Span[] {
  const spans: Span[] = [];
  let stage = history.previous?.stage;
  let segment: string | undefined;
  let from = history.previous?.since ?? history.createdAt;
  const close = (to: number | undefined): void => {
    const reaches = to === undefined || to > range.from;
    if (stage !== undefined && reaches) spans.push({ stage, ...(segment !== undefined && { segment }), from, to });
  };
  walkHistory(compiled, history, range, judgement, (at) => {
    const { id } = compiled.stages[judgement.stage] as CompiledStage;
    if (id === stage) return;
    if (stage !== undefined) close(at);
    stage = id;
    segment = compiled.segments[judgement.segment]?.id;
    from = at;
  });
  const ended = history.endedAt !== undefined && history.endedAt <= range.to;
  close(ended ? history.endedAt : undefined);
  return spans;
}
