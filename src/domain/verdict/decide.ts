import type { Timeline, TimelineEvent } from '../timeline/timeline.ts';
import type { CompiledAgreement, CompiledClause, CompiledStage } from './compile-agreement.ts';
import { isInWindow } from './compile-fact.ts';
import type { ClauseResult, Decision, StageVerdict } from './decision.ts';
import { Judgement } from './judgement.ts';
import { met, outcomes, type OutcomeCode } from './outcome-code.ts';
import { outcomeOf } from './outcome-of.ts';
import type { CompiledSource } from './prepared-clause.ts';

/** Makes the place that `judge` writes to; one serves for any number of people. */
export const newJudgement = (compiled: CompiledAgreement): Judgement =>
  new Judgement(compiled.stages.map((stage) => stage.clauses.length));

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
  judgement.validUntil = Infinity;
  judgement.sharedValidUntil = Infinity;
  for (let position = 0; position < compiled.stages.length; position++) {
    const { node, clauses } = compiled.stages[position] as CompiledStage;
    const codes = judgement.clauses[position] as OutcomeCode[];
    for (let index = 0; index < clauses.length; index++) {
      const clause = clauses[index] as CompiledClause;
      judgement.isRestricted = clause.restricted;
      codes[index] = clause.judge(timeline, now, judgement);
    }
    const outcome = node ? outcomeOf(node, codes) : met;
    judgement.stages[position] = outcome;
    if (outcome === met) judgement.stage = position;
  }
}

/** Expands what `judge` found for the same person and instant into a decision with sentences and sources. */
export function explain(
  compiled: CompiledAgreement,
  timeline: Timeline,
  now: number,
  { stage, stages, clauses, validUntil, sharedValidUntil }: Judgement,
): Decision {
  const verdicts = compiled.stages.map((each, position): StageVerdict => ({
    stage: each.id,
    title: each.title,
    outcome: outcomes[stages[position] as OutcomeCode],
    clauses: explainClauses(each.clauses, clauses[position] as OutcomeCode[], timeline, now),
  }));
  return {
    stage: (compiled.stages[stage] as CompiledStage).id,
    verdicts,
    validUntil: validUntil === Infinity ? undefined : validUntil,
    sharedValidUntil: sharedValidUntil === Infinity ? undefined : sharedValidUntil,
  };
}

function explainClauses(
  clauses: readonly CompiledClause[],
  codes: readonly OutcomeCode[],
  timeline: Timeline,
  now: number,
): readonly ClauseResult[] {
  const results: ClauseResult[] = [];
  for (let index = 0; index < clauses.length; index++) {
    const { source, results: prepared } = clauses[index] as CompiledClause;
    const result = prepared[codes[index] as OutcomeCode];
    results.push(source.kind === 'field' ? result : withEvidence(result, source, timeline, now));
  }
  return results;
}

type EventsSource = Extract<CompiledSource, { kind: 'events' }>;

/** Adds the events that the clause judged, in the order of their instants. */
function withEvidence(result: ClauseResult, source: EventsSource, timeline: Timeline, now: number): ClauseResult {
  const { event, filter, latestOnly } = source;
  const found: TimelineEvent[] = [];
  if (timeline.unread?.includes(filter.kind)) return result;
  for (const each of timeline.events) if (isInWindow(filter, each, now)) found.push(each);
  if (found.length > 1) found.sort(byInstantThenId);
  const latest = found.at(-1);
  if (!latest) return result;
  const recordIds = latestOnly ? [latest.recordId] : found.map((each) => each.recordId);
  const { clause, sentence, fact, outcome, restricted } = result;
  return {
    clause,
    sentence,
    fact,
    outcome,
    source: { kind: 'events', event, recordIds, latestAt: latest.at },
    restricted,
  };
}

const byInstantThenId = (a: TimelineEvent, b: TimelineEvent): number =>
  a.at - b.at || (a.recordId < b.recordId ? -1 : 1);
