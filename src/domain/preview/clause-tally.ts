import { stageEvent } from '../replay/walk-history.ts';
import type { PersonHistory, Timeline, TimelineEvent } from '../timeline/timeline.ts';
import { timelineAt } from '../timeline/timeline-at.ts';
import { judge } from '../verdict/decide.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { met, notMet, type OutcomeCode, unknown } from '../verdict/outcome-code.ts';
import { outcomeOf } from '../verdict/outcome-of.ts';
import type { ClauseView } from './clause-views.ts';
import type { PreviewRules } from './preview-rules.ts';
import type { Stay } from './stays.ts';
import { standingOf, type Success } from './success.ts';
import type { ClauseTally } from './tally.ts';

/** What became of a person under the proposed version and the current one. */
export type Course = {
  readonly stays: readonly Stay[];
  readonly proposed: number | undefined;
  readonly current: number | undefined;
  readonly success: Success | undefined;
};

/**
 * Adds how each clause of the proposed version judged a person who came in the period, at the one instant that decides.
 *
 * That is when the person reached the stage that counts, under the proposed version or else the current one, and for the
 * others the end of the period, but always before their success: what came after it must not seem to have led to it.
 * Only the people who came in the period are compared, and all have had since their creation to succeed: those who were
 * there before and did not reach the stage until now are another kind of people.
 */
export function tallyClauses(
  rules: PreviewRules,
  history: PersonHistory,
  course: Course,
  tallies: readonly ClauseTally[],
): void {
  if (history.createdAt < rules.from) return;
  const at = decidingInstant(rules, history, course);
  const judgement = rules.judgement;
  judge(rules.proposed, timelineOf(rules, history, course.stays, at), at, judgement);
  const succeeded = successOf(rules, history, course);
  for (let position = 0; position < rules.clauses.length; position++) {
    const view = rules.clauses[position] as ClauseView;
    if (view.segments.has(judgement.segment)) addClause(view, judgement, succeeded, tallies[position] as ClauseTally);
  }
}

function decidingInstant(
  { to }: PreviewRules,
  { createdAt, endedAt }: PersonHistory,
  { proposed, current, success }: Course,
): number {
  const at = Math.min(proposed ?? current ?? to, (endedAt ?? Infinity) - 1, (success?.at ?? Infinity) - 1);
  return Math.max(at, createdAt);
}

/** What the rules knew at the instant, with the stage that the person was in until then and those entered before. */
function timelineOf({ proposed }: PreviewRules, history: PersonHistory, stays: readonly Stay[], at: number): Timeline {
  const before = stays.findLast((stay) => stay.from < at);
  const timeline = history.changes.length === 0 && !history.relatedSince ? history : timelineAt(history, at);
  if (!before) return timeline;
  const previous = { stage: before.stage, since: before.from };
  if (!proposed.followsStages) return { ...timeline, previous };
  return { ...timeline, previous, events: [...timeline.events, ...entriesOf(history.personId, stays, at)] };
}

/** Entries into stages before an instant, known from the millisecond after, as in a replay. */
const entriesOf = (personId: string, stays: readonly Stay[], at: number): readonly TimelineEvent[] =>
  stays.flatMap(({ stage, from }, index) =>
    from < at ? [stageEvent(personId, stage, stays[index - 1]?.stage, from + 1)] : [],
  );

/** Undefined where nobody can tell yet. */
function successOf(rules: PreviewRules, history: PersonHistory, { success }: Course): boolean | undefined {
  if (!rules.success || !success) return undefined;
  const standing = standingOf(rules.success, history, success, history.createdAt, rules.asOf);
  if (standing === 'succeeded') return true;
  return standing === 'failed' ? false : undefined;
}

function addClause(
  { stage, index, node }: ClauseView,
  judgement: Judgement,
  succeeded: boolean | undefined,
  tally: ClauseTally,
): void {
  const codes = judgement.clauses[stage] as OutcomeCode[];
  const code = codes[index] as OutcomeCode;
  const isMet = judgement.stages[stage] === met;
  const turned = turn(codes, index, code, () => outcomeOf(node, codes) === met);
  tally.judged += 1;
  if (code !== unknown) tally.known += 1;
  if (isMet && !turned.always) tally.admits += 1;
  const excludes = !isMet && turned.ever;
  if (excludes) tally.excludes += 1;
  if (succeeded === undefined) return;
  if (code === met) {
    tally.met += 1;
    if (succeeded) tally.metSucceeded += 1;
  } else if (code === notMet) {
    tally.notMet += 1;
    if (succeeded) tally.notMetSucceeded += 1;
  }
  if (isMet) {
    tally.admitted += 1;
    if (succeeded) tally.admittedSucceeded += 1;
  }
  if (!excludes) return;
  tally.excluded += 1;
  if (succeeded) tally.excludedSucceeded += 1;
}

/** Whether the definition would hold if the clause had turned out otherwise; an unknown one could turn out either way. */
function turn(
  codes: OutcomeCode[],
  index: number,
  code: OutcomeCode,
  holds: () => boolean,
): { readonly always: boolean; readonly ever: boolean } {
  const others: readonly OutcomeCode[] = code === unknown ? [notMet, met] : [code === met ? notMet : met];
  let always = true;
  let ever = false;
  for (const other of others) {
    codes[index] = other;
    const held = holds();
    always &&= held;
    ever ||= held;
  }
  codes[index] = code;
  return { always, ever };
}
