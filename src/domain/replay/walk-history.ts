import { baseTimeline, FieldRecord } from '../timeline/field-record.ts';
import type { PersonHistory, Timeline, TimelineEvent } from '../timeline/timeline.ts';
import type { CompiledAgreement, CompiledStage } from '../verdict/compile-agreement.ts';
import { judge } from '../verdict/decide.ts';
import type { Judgement } from '../verdict/judgement.ts';

/** Both ends in epoch milliseconds, both included. */
export type Range = { readonly from: number; readonly to: number };

/** Told of every instant that was judged. The timeline and the judgement are used again: copy what is to be kept. */
export type Visit = (at: number, timeline: Timeline, judgement: Judgement) => void;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The list of events grows in place: facts over many events keep an index of it. */
type WalkedTimeline = Mutable<Timeline> & { readonly events: TimelineEvent[] };

/**
 * Judges a person at every instant up to `range.to` at which the answer can change, and returns the next such instant.
 *
 * Those are the creation, the changes of fields, and what each judgement names as the end of its validity, which
 * includes events to come. A stage that has begun is known to the rules from the millisecond after, once: no judgement
 * counts its own outcome, and rules that contradict themselves do not keep anybody going back and forth. What `history` says of stages itself is of the time before `previous`, from which the walk goes on.
 */
export function walkHistory(
  compiled: CompiledAgreement,
  history: PersonHistory,
  range: Range,
  judgement: Judgement,
  visit: Visit,
): number {
  const record = new FieldRecord(history);
  const timeline: WalkedTimeline = {
    ...baseTimeline(history),
    fields: record.fields,
    events: [...history.events],
  };
  const end = Math.min(range.to, (history.endedAt ?? Infinity) - 1);
  let at = history.createdAt;
  if (history.previous) {
    timeline.previous = history.previous;
    at = Math.max(at, range.from);
  }
  let settled = true;
  while (at <= end) {
    record.forwardTo(at);
    if (record.related) timeline.related = record.related;
    if (record.owner) timeline.owner = record.owner;
    else delete timeline.owner;
    judge(compiled, timeline, at, judgement);
    visit(at, timeline, judgement);
    const moved = enter(compiled, timeline, at, judgement);
    const settles = moved && settled && compiled.followsStages;
    settled = !moved;
    const next = Math.min(judgement.validUntil, record.nextAt(), settles ? at + 1 : Infinity);
    at = next > at ? next : at + 1;
  }
  return history.endedAt === undefined ? at : Infinity;
}

/** Notes the entry into another stage; false where the person stays. */
function enter({ stages }: CompiledAgreement, timeline: WalkedTimeline, at: number, { stage }: Judgement): boolean {
  const { id } = stages[stage] as CompiledStage;
  const from = timeline.previous?.stage;
  if (id === from) return false;
  timeline.previous = { stage: id, since: at };
  timeline.events.push(stageEvent(timeline.personId, id, from, at + 1));
  return true;
}

/** The entry into a stage as an event that rules may count. */
export const stageEvent = (personId: string, stage: string, from: string | undefined, at: number): TimelineEvent => ({
  kind: 'stage',
  recordId: personId,
  at,
  attributes: { stage, from: from ?? null },
});
