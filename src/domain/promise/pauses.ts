import type { ClockContext, ClockPause, PauseReason } from './clock.ts';
import type { Trigger } from './clock-promise.ts';
import { firstMoment, type MomentSource } from './moments.ts';

/** When the time of a clock that began at `from` does not run, in any order and overlapping; what is not known to end ends at Infinity. */
export function pausesOf(source: MomentSource, from: number, context: ClockContext): readonly ClockPause[] {
  const { promise } = source;
  const frozen = (context.frozen ?? []).map((each): ClockPause => ({ ...each, why: 'frozen' }));
  if (promise.pauses.length === 0) return frozen;
  const agreed = promise.pauses.flatMap((trigger) => pausesBy(trigger, source, from, context));
  return [...frozen, ...agreed.map((pause) => endedEarly(pause, source))];
}

function pausesBy(trigger: Trigger, source: MomentSource, from: number, context: ClockContext): readonly ClockPause[] {
  switch (trigger.kind) {
    case 'later':
      return asPauses(source.given.remarks?.later ?? [], 'buyer-asked-later');
    case 'away':
      return absences(source, context);
    case 'when':
      return asPauses(source.met(trigger.compiled), 'agreed');
    case 'stage':
      return source.given.spans
        .filter(({ stage }) => stage === trigger.stage)
        .map((span): ClockPause => ({ from: span.from, to: span.to ?? Infinity, why: 'agreed' }));
    default:
      return openPauses(trigger, source, from);
  }
}

const asPauses = (intervals: readonly { from: number; to: number }[], why: PauseReason): readonly ClockPause[] =>
  intervals.map(({ from, to }) => ({ from, to, why }));

/** An owner is away only while owning the person. */
const absences = ({ owners }: MomentSource, { away }: ClockContext): readonly ClockPause[] =>
  owners.flatMap(({ from, owner }, index) => {
    const to = owners[index + 1]?.from ?? Infinity;
    return (owner === undefined ? [] : (away?.get(owner) ?? []))
      .map((each): ClockPause => ({ from: Math.max(from, each.from), to: Math.min(to, each.to), why: 'owner-away' }))
      .filter((each) => each.from < each.to);
  });

/** Begins with each moment after the last pause has ended, and ends when something resumes. */
function openPauses(trigger: Trigger, source: MomentSource, start: number): readonly ClockPause[] {
  const pauses: ClockPause[] = [];
  for (let from = start; ;) {
    const begin = firstMoment([trigger], from, source, 'sure');
    // A moment found again would be one that stands for all that come after.
    if (!begin || begin.at < from) return pauses;
    const end = firstMoment(source.promise.resumes, begin.at + 1, source, 'sure');
    pauses.push({ from: begin.at, to: end?.at ?? Infinity, why: 'agreed' });
    if (!end) return pauses;
    from = end.at + 1;
  }
}

function endedEarly(pause: ClockPause, source: MomentSource): ClockPause {
  const end = firstMoment(source.promise.resumes, pause.from + 1, source, 'sure');
  return end && end.at < pause.to ? { ...pause, to: end.at } : pause;
}
