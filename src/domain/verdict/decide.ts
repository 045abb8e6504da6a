import type { Timeline, TimelineEvent } from '../timeline/timeline.ts';
import { definitionOf, type CompiledAgreement, type CompiledSegment, type CompiledStage } from './compile-agreement.ts';
import type { CompiledClause } from './compile-definition.ts';
import type { CompiledLine, Interval } from './compile-score.ts';
import type { ClauseResult, ClauseSource, Decision, OpenSegment, ScoreLineResult, StageVerdict } from './decision.ts';
import { isInWindow } from './event-filter.ts';
import { judge, newJudgement } from './judge.ts';
import { Judgement } from './judgement.ts';
import { outcomes, type OutcomeCode } from './outcome-code.ts';
import type { CompiledSource } from './prepared-clause.ts';

export { judge, newJudgement } from './judge.ts';

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

/** Expands what `judge` found for the same person and instant into a decision with sentences and sources. */
export function explain(compiled: CompiledAgreement, timeline: Timeline, now: number, judgement: Judgement): Decision {
  const { stage, segment, isKept, stages, clauses, validUntil, sharedValidUntil } = judgement;
  const verdicts = compiled.stages.map((each, position): StageVerdict => {
    const definition = definitionOf(each, segment);
    return {
      stage: each.id,
      title: each.title,
      outcome: outcomes[stages[position] as OutcomeCode],
      clauses: explainClauses(definition.clauses, clauses[position] as OutcomeCode[], timeline, now),
    };
  });
  // Reading a list at -1 is slow.
  const segmentId = segment < 0 ? undefined : compiled.segments[segment]?.id;
  const decision: Decision = {
    stage: (compiled.stages[stage] as CompiledStage).id,
    verdicts,
    validUntil: validUntil === Infinity ? undefined : validUntil,
    sharedValidUntil: sharedValidUntil === Infinity ? undefined : sharedValidUntil,
  };
  const isOpen = judgement.openSegments.length > 0;
  if (segmentId === undefined && !isKept && !isOpen) return decision;
  return {
    ...decision,
    ...(segmentId !== undefined && { segment: segmentId }),
    ...(isOpen && { openSegments: explainOpen(compiled, timeline, now, judgement) }),
    ...(isKept && { kept: true }),
  };
}

function explainOpen(
  { segments }: CompiledAgreement,
  timeline: Timeline,
  now: number,
  { openSegments, segmentClauses }: Judgement,
): readonly OpenSegment[] {
  return openSegments.map((position) => {
    const { id, clauses } = segments[position] as CompiledSegment;
    const codes = segmentClauses[position] as OutcomeCode[];
    return { segment: id, clauses: explainClauses(clauses, codes, timeline, now) };
  });
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
    if (source.kind === 'field' && timeline.fieldTimes === undefined) results.push(result);
    else results.push(withEvidence(result, source, timeline, now));
  }
  return results;
}

/** Adds what only this person's timeline tells: instants, events, points. */
function withEvidence(result: ClauseResult, source: CompiledSource, timeline: Timeline, now: number): ClauseResult {
  const evidence = evidenceOf(source, timeline, now);
  if (!evidence) return result;
  const { clause, sentence, fact, outcome, restricted } = result;
  return { clause, sentence, fact, outcome, source: evidence, restricted };
}

function evidenceOf(source: CompiledSource, timeline: Timeline, now: number): ClauseSource | undefined {
  if (source.kind === 'events') return eventsOf(source, timeline, now);
  if (source.kind === 'score') return pointsOf(source.lines, source.fields, timeline, now);
  if (source.kind === 'stage') return timeline.previous && { kind: 'stage', since: timeline.previous.since };
  if (!timeline.fieldTimes) return undefined;
  const changedAt = timeline.fieldTimes[`${source.object}.${source.field}`];
  return changedAt === undefined ? undefined : { ...source, changedAt };
}

type EventsSource = Extract<CompiledSource, { kind: 'events' }>;

/** The events that the clause judged, in the order of their instants. */
function eventsOf(
  { event, filter, latestOnly }: EventsSource,
  timeline: Timeline,
  now: number,
): ClauseSource | undefined {
  if (timeline.unread?.includes(filter.kind)) return undefined;
  const found: TimelineEvent[] = [];
  for (const each of timeline.events) if (isInWindow(filter, each, now)) found.push(each);
  if (found.length > 1) found.sort(byInstantThenId);
  const latest = found.at(-1);
  if (!latest) return undefined;
  const recordIds = latestOnly ? [latest.recordId] : found.map((each) => each.recordId);
  return { kind: 'events', event, recordIds, latestAt: latest.at };
}

function pointsOf(
  lines: readonly CompiledLine[],
  fields: readonly string[],
  timeline: Timeline,
  now: number,
): ClauseSource {
  const aside = new Judgement([]);
  const points: Interval = { low: 0, high: 0 };
  const results = lines.map(({ sentence, measure }): ScoreLineResult => {
    const code = measure(timeline, now, aside, points);
    const { low, high } = points;
    const most = Math.abs(high) > Math.abs(low) ? high : low;
    return { sentence, outcome: outcomes[code], points: Number.isFinite(most) ? most : 0 };
  });
  return { kind: 'score', lines: results, fields };
}

const byInstantThenId = (a: TimelineEvent, b: TimelineEvent): number =>
  a.at - b.at || (a.recordId < b.recordId ? -1 : 1);
