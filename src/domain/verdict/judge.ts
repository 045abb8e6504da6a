import type { Timeline } from '../timeline/timeline.ts';
import { definitionOf, type CompiledAgreement, type CompiledStage } from './compile-agreement.ts';
import type { CompiledClause, CompiledDefinition } from './compile-definition.ts';
import { Judgement } from './judgement.ts';
import { met, unknown, type OutcomeCode } from './outcome-code.ts';
import { outcomeOf } from './outcome-of.ts';

/** Makes the place that `judge` writes to; one serves for any number of people. */
export const newJudgement = (compiled: CompiledAgreement): Judgement =>
  new Judgement(
    compiled.stages.map(({ clauses, inSegment }) =>
      Math.max(clauses.length, ...inSegment.map((each) => each.clauses.length)),
    ),
    compiled.segments.map(({ clauses }) => clauses.length),
  );

/** Judges every clause and stage into `judgement` without allocating: for going through many people. */
export function judge(compiled: CompiledAgreement, timeline: Timeline, now: number, judgement: Judgement): void {
  const { stages, segments } = compiled;
  judgement.validUntil = Infinity;
  judgement.sharedValidUntil = Infinity;
  judgement.segment = -1;
  judgement.openSegments.length = 0;
  for (let position = 0; position < segments.length; position++) {
    const codes = judgement.segmentClauses[position] as OutcomeCode[];
    const code = judgeInto(segments[position] as CompiledDefinition, timeline, now, judgement, codes);
    if (code === unknown) judgement.openSegments.push(position);
    if (code !== met) continue;
    judgement.segment = position;
    break;
  }
  for (let position = 0; position < stages.length; position++) {
    const stage = stages[position] as CompiledStage;
    const definition = definitionOf(stage, judgement.segment);
    const codes = judgement.clauses[position] as OutcomeCode[];
    const code = judgeInto(definition, timeline, now, judgement, codes);
    judgement.stages[position] = isAgreed(stage, definition, code, timeline, now, judgement) ? code : unknown;
  }
  choose(stages, timeline.previous?.stage, judgement);
}

/** Whether the definitions of the segments that the person may be in come to the same. */
function isAgreed(
  stage: CompiledStage,
  { clauses }: CompiledDefinition,
  code: OutcomeCode,
  timeline: Timeline,
  now: number,
  judgement: Judgement,
): boolean {
  for (const segment of judgement.openSegments) {
    const other = definitionOf(stage, segment);
    if (other.clauses === clauses) continue;
    if (judgeInto(other, timeline, now, judgement, judgement.besides) !== code) return false;
  }
  return true;
}

/** Judges one definition of an agreement, such as what a hand-off is accepted by; lowers `validUntil` of `judgement`. */
export function judgeDefinition(
  definition: CompiledDefinition,
  timeline: Timeline,
  now: number,
  judgement: Judgement = new Judgement([]),
): OutcomeCode {
  const codes = definition.clauses.map((): OutcomeCode => unknown);
  return judgeInto(definition, timeline, now, judgement, codes);
}

function judgeInto(
  { node, clauses }: CompiledDefinition,
  timeline: Timeline,
  now: number,
  judgement: Judgement,
  codes: OutcomeCode[],
): OutcomeCode {
  for (let index = 0; index < clauses.length; index++) {
    const clause = clauses[index] as CompiledClause;
    judgement.isRestricted = clause.restricted;
    codes[index] = clause.judge(timeline, now, judgement);
  }
  return node ? outcomeOf(node, codes) : met;
}

/**
 * Picks the stage: the first side stage that is met, else the highest one of the ladder that is met.
 *
 * A stage without a way back is a floor for whoever is in it or above it; a side stage without one is left for another
 * side stage only.
 */
function choose(stages: readonly CompiledStage[], previous: string | undefined, judgement: Judgement): void {
  let ladder = 0;
  let side = -1;
  let before = -1;
  for (let position = 0; position < stages.length; position++) {
    const stage = stages[position] as CompiledStage;
    if (stage.id === previous) before = position;
    if (judgement.stages[position] !== met) continue;
    if (!stage.side) ladder = position;
    else if (side < 0) side = position;
  }
  const kept = before < 0 ? -1 : keptAt(stages, before);
  const isSideKept = kept >= 0 && stages[kept]?.side === true;
  judgement.stage = side >= 0 ? side : isSideKept ? kept : Math.max(ladder, kept);
  judgement.isKept = judgement.stages[judgement.stage] !== met;
}

/** The stage that cannot be lost by whoever is in the stage `before`; -1 where there is none. */
function keptAt(stages: readonly CompiledStage[], before: number): number {
  const from = stages[before] as CompiledStage;
  if (from.side) return from.back ? -1 : before;
  for (let position = before; position >= 0; position--) {
    const stage = stages[position] as CompiledStage;
    if (!stage.side && !stage.back) return position;
  }
  return -1;
}
