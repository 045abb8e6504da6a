import type { Range } from '../replay/walk-history.ts';
import { stageEvent } from '../replay/walk-history.ts';
import type { Stay } from '../replay/walk-versions.ts';
import { baseTimeline, FieldRecord } from '../timeline/field-record.ts';
import type { PersonHistory, Timeline, TimelineEvent } from '../timeline/timeline.ts';
import type { CompiledAgreement, CompiledStage } from '../verdict/compile-agreement.ts';
import { judge, newJudgement } from '../verdict/judge.ts';
import { metStage } from './hand-off-rules.ts';

/** The first instant at which a definition is met; without `at` it is not met yet and can be from `nextAt` on. */
export type FirstMet = { readonly at: number | undefined; readonly nextAt: number };

/** Looks for the first instant of a range at which a compiled definition is met, with the stages that the person was in. */
export function firstMet(
  compiled: CompiledAgreement,
  history: PersonHistory,
  stays: readonly Stay[],
  { from, to }: Range,
): FirstMet {
  const record = new FieldRecord(history);
  const judgement = newJudgement(compiled);
  const known: Timeline = { ...baseTimeline(history), events: [...history.events, ...entriesOf(history, stays)] };
  const end = Math.min(to, (history.endedAt ?? Infinity) - 1);
  let at = from;
  while (at <= end) {
    record.forwardTo(at);
    judge(compiled, { ...known, ...valuesOf(record), ...previousAt(stays, at + 1) }, at, judgement);
    const { id } = compiled.stages[judgement.stage] as CompiledStage;
    if (id === metStage) return { at, nextAt: Infinity };
    const entered = stays.find((stay) => stay.from > at)?.from ?? Infinity;
    at = Math.max(at + 1, Math.min(judgement.validUntil, record.nextAt(), entered));
  }
  return { at: undefined, nextAt: history.endedAt === undefined ? at : Infinity };
}

/** What was known of a person at an instant, with the stages that the person went through until then. */
export function knownAt(history: PersonHistory, stays: readonly Stay[], at: number): Timeline {
  const record = new FieldRecord(history);
  record.forwardTo(at);
  const events = [...history.events, ...entriesOf(history, stays)].filter((event) => event.at <= at);
  return { ...baseTimeline(history), events, ...valuesOf(record), ...previousAt(stays, at) };
}

const valuesOf = ({ fields, related, owner }: FieldRecord): Pick<Timeline, 'fields' | 'related' | 'owner'> => ({
  fields,
  ...(related && { related }),
  ...(owner && { owner }),
});

/** The stage that began last before an instant; one that begins at it is what is judged, not what is known. */
function previousAt(stays: readonly Stay[], before: number): Pick<Timeline, 'previous'> {
  const last = stays.findLast(({ from }) => from < before);
  return last ? { previous: { stage: last.stage, since: last.from } } : {};
}

const entriesOf = ({ personId }: PersonHistory, stays: readonly Stay[]): readonly TimelineEvent[] =>
  stays.map(({ stage, from }, index) => stageEvent(personId, stage, stays[index - 1]?.stage, from + 1));
