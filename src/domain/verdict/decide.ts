import type { Timeline, TimelineEvent } from '../timeline/timeline.ts';
import type { CompiledAgreement, CompiledClause, CompiledSource, CompiledStage } from './compile-agreement.ts';
import { isInWindow } from './compile-fact.ts';
import type { ClauseResult, ClauseSource, Decision, StageVerdict } from './decision.ts';
import { Judgement } from './judgement.ts';
import { met, outcomes, type OutcomeCode } from './outcome-code.ts';
import { outcomeOf } from './outcome-of.ts';

/** Makes the place that `judge` writes to; one serves for any number of people. */
export const newJudgement = (compiled: CompiledAgreement): Judgement =>
  new Judgement(compiled.clauses.length, compiled.stages.length);

/**
 * Decides what the agreement says of a person at an instant (epoch milliseconds), with the evidence of every clause.
 *
 * Pure: the same timeline, in any order of events, gives the same decision. `judgement` only saves allocations.
 */
export function decide(
  compiled: CompiledAgreement,
  timeline: Timeline,
  now: number,
  judgement = newJudgement(compiled),
): Decision {
  judge(compiled, timeline, now, judgement);
  return explain(compiled, timeline, now, judgement);
}

/** Judges every clause and stage into `judgement` without allocating: for going through many people. */
export function judge(compiled: CompiledAgreement, timeline: Timeline, now: number, judgement: Judgement): void {
  const { clauses, stages } = compiled;
  judgement.validUntil = Infinity;
  for (let index = 0; index < clauses.length; index++) {
    judgement.clauses[index] = (clauses[index] as CompiledClause).judge(timeline, now, judgement);
  }
  for (let index = 0; index < stages.length; index++) {
    const { node } = stages[index] as CompiledStage;
    const code = node ? outcomeOf(node, judgement.clauses) : met;
    judgement.stages[index] = code;
    if (code === met) judgement.stage = index;
  }
}

/** Expands what `judge` found for the same person and instant into a decision with sentences and sources. */
export function explain(compiled: CompiledAgreement, timeline: Timeline, now: number, judgement: Judgement): Decision {
  return {
    stage: (compiled.stages[judgement.stage] as CompiledStage).id,
    verdicts: compiled.stages.map((stage, index) =>
      explainStage(compiled, stage, outcomeAt(judgement.stages, index), timeline, now, judgement),
    ),
    validUntil: judgement.validUntil === Infinity ? undefined : judgement.validUntil,
  };
}

function explainStage(
  compiled: CompiledAgreement,
  stage: CompiledStage,
  outcome: StageVerdict['outcome'],
  timeline: Timeline,
  now: number,
  judgement: Judgement,
): StageVerdict {
  const clauses: ClauseResult[] = [];
  for (let index = stage.firstClause; index < stage.endClause; index++) {
    const clause = compiled.clauses[index] as CompiledClause;
    clauses.push({
      clause: clause.id,
      sentence: clause.sentence,
      fact: clause.fact,
      outcome: outcomeAt(judgement.clauses, index),
      source: clause.source.kind === 'field' ? clause.source : findEvidence(clause.source, timeline, now),
      restricted: clause.restricted,
    });
  }
  return { stage: stage.id, title: stage.title, outcome, clauses };
}

const outcomeAt = (codes: Uint8Array, index: number): StageVerdict['outcome'] => outcomes[codes[index] as OutcomeCode];

function findEvidence(
  source: Extract<CompiledSource, { kind: 'events' }>,
  timeline: Timeline,
  now: number,
): ClauseSource {
  const { event, filter, latestOnly } = source;
  const found: TimelineEvent[] = [];
  if (!timeline.unread?.includes(filter.kind)) {
    for (const each of timeline.events) if (isInWindow(filter, each, now)) found.push(each);
  }
  if (found.length > 1) found.sort(byInstantThenId);
  const latest = found.at(-1);
  if (!latest) return { kind: 'events', event, recordIds: [] };
  const recordIds = latestOnly ? [latest.recordId] : found.map((each) => each.recordId);
  return { kind: 'events', event, recordIds, latestAt: latest.at };
}

const byInstantThenId = (a: TimelineEvent, b: TimelineEvent): number =>
  a.at - b.at || (a.recordId < b.recordId ? -1 : 1);
