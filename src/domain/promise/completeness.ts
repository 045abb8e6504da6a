import type { WrittenCompleteness } from '../agreement/promise-schema.ts';
import type { Agreement } from '../agreement/schema.ts';
import { judgedAlone, metStage } from '../hand-off/hand-off-rules.ts';
import { timelineAt } from '../timeline/timeline-at.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import { compileAgreement, type CompiledAgreement } from '../verdict/compile-agreement.ts';
import { decide } from '../verdict/decide.ts';

/** Prepares the question whether all facts of a brief are known. */
export const compileBrief = (agreement: Agreement, { complete }: WrittenCompleteness): CompiledAgreement =>
  compileAgreement(judgedAlone(agreement, { all: complete.map((fact) => ({ [fact]: { known: true } })) }));

/** Whether all facts of a brief were known of a person at an instant, such as that of the hand-off. */
export function isComplete(brief: CompiledAgreement, history: PersonHistory, at: number): boolean {
  const { previous: _previous, ...timeline } = timelineAt(history, at);
  return decide(brief, timeline, at).stage === metStage;
}
