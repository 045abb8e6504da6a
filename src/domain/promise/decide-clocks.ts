import type { Clock, ClockCase, ClockContext, ClockNote, ClockPause } from './clock.ts';
import type { ClockPromise, TouchRules, Trigger } from './clock-promise.ts';
import { delaysOf } from './delays.ts';
import { distinctTouches } from './distinct-touches.ts';
import { findStop } from './find-stop.ts';
import { isHeld } from '../hand-off/episode.ts';
import { judgeClock, type Facts, type Judged } from './judge-clock.ts';
import { metSpansOf } from './met-spans.ts';
import { firstMoment, type MomentSource, earlier } from './moments.ts';
import { ownershipOf, type Ownership } from './ownership.ts';
import { pausesOf } from './pauses.ts';
import { layOut, type Stretch } from './stretches.ts';
import { type Contacts, contactsOf } from './touches.ts';
import { nextChange } from './next-change.ts';
import { walkClock } from './walk-clock.ts';
import { clockTime, type WorkTime } from './work-time.ts';

/**
 * Decides the clocks of a hand-off at `context.now`: one for each promise whose clock has started.
 *
 * Pure: the same evidence, in whatever order it came and however often, gives the same answer. Evidence that comes to
 * light later gives another answer of the same past: what was missed can turn out to have been kept.
 */
export function decideClocks(given: ClockCase, context: ClockContext): readonly Clock[] {
  const owners = ownershipOf(given.history, context);
  const met = metSpansOf(given.history, context.now);
  let rules: TouchRules | undefined;
  let contacts: Contacts = { touches: [], replies: [] };
  const clocks: Clock[] = [];
  for (const promise of given.promises) {
    // The promises of one version share their rules of what a touch is.
    if (promise.touches !== rules) contacts = contactsOf(given, promise.touches, owners, context);
    rules = promise.touches;
    const clock = decideClock({ given, promise, contacts, owners, met, now: context.now }, context);
    if (clock) clocks.push(clock);
  }
  return clocks;
}

function decideClock(source: MomentSource, context: ClockContext): Clock | undefined {
  const startedAt = startOf(source);
  if (startedAt === undefined || startedAt > overAt(source)) return undefined;
  const facts = factsOf(source, startedAt, context);
  const judged = judgeClock(source, facts, context);
  return toClock(source, facts, judged, context);
}

const anchored: ReadonlySet<string> = new Set(['qualified', 'assignment']);
const isAnchored = (trigger: Trigger): boolean => trigger.kind === 'moment' && anchored.has(trigger.word);

/** What happens to the person starts a clock from the hand-off on; waiting for an owner can be part of what is measured. */
function startOf(source: MomentSource): number | undefined {
  const { promise, given } = source;
  const { waitingSince, openedAt } = given.episode;
  const early = firstMoment(promise.starts.filter(isAnchored), waitingSince, source, 'sure');
  const late = firstMoment(
    promise.starts.filter((each) => !isAnchored(each)),
    openedAt,
    source,
    'sure',
  );
  return earlier(early, late)?.at;
}

function factsOf(source: MomentSource, startedAt: number, context: ClockContext): Facts {
  const { given, promise, now } = source;
  const stop = findStop(source, startedAt, 'sure');
  const claimed = findStop(source, startedAt, 'claimed');
  const cancelledAt = cancellation(source, startedAt);
  const end = Math.min(stop?.at ?? Infinity, cancelledAt ?? Infinity, now);
  const begin = startedAt <= given.episode.openedAt ? Math.min(given.episode.waitingSince, startedAt) : startedAt;
  const pauses = pausesOf(source, startedAt, context);
  const stretches = layOut(begin, startedAt, {
    owners: known(source.owners, end),
    pauses,
    waitsUnowned: promise.waitsUnowned,
    timeOf: timeOf(source, context),
  });
  const isOver = stop !== undefined || cancelledAt !== undefined;
  const dueAt = walkClock(promise, isOver ? ranOn(stretches, end) : stretches, startedAt, Infinity).usedUpAt;
  return { startedAt, stop, claimed, cancelledAt, end, stretches, dueAt };
}

/** Owners who came after the end have no part in a clock. */
const known = (owners: readonly Ownership[], end: number): readonly Ownership[] =>
  owners.filter(({ from }, index) => index === 0 || from <= end);

/** What would have come after the end: time goes on as it was, without pauses that were still to come. */
function ranOn(stretches: readonly Stretch[], end: number): readonly Stretch[] {
  const before = stretches.filter(({ from }) => from < end);
  const last = stretches.findLast(({ from }) => from <= end);
  return [
    ...before.map((each) => (each.to > end ? { ...each, to: end } : each)),
    ...(last ? [{ ...last, from: end, to: Infinity, why: undefined }] : []),
  ];
}

function cancellation(source: MomentSource, startedAt: number): number | undefined {
  const { given, promise, now } = source;
  const { episode, history, nextOpenedAt } = given;
  const agreed = firstMoment(promise.cancels, startedAt, source, 'sure')?.at;
  const ended = episode.status === 'Ended' ? episode.decidedAt : undefined;
  const at = earliest(agreed, ended, history.endedAt, nextOpenedAt);
  return at <= now ? at : undefined;
}

/** When sales was done with the person, or the person was gone: no clock starts after that. */
function overAt({ given: { episode, history, nextOpenedAt } }: MomentSource): number {
  return earliest(isHeld(episode) ? undefined : episode.decidedAt, history.endedAt, nextOpenedAt);
}

const earliest = (...instants: readonly (number | undefined)[]): number =>
  Math.min(...instants.map((at) => at ?? Infinity));

/** The calendar of whoever owns the person, else that of the promise for the person's segment. */
function timeOf({ given, promise }: MomentSource, { times, calendarOf }: ClockContext): (owner?: string) => WorkTime {
  if (promise.calendar === undefined) return () => clockTime;
  const { openedAt } = given.episode;
  const segment = given.spans.find(({ from, to }) => from <= openedAt && openedAt < (to ?? Infinity))?.segment;
  const usual = (segment !== undefined && promise.calendarIn[segment]) || promise.calendar;
  return (owner) => {
    const name = (owner !== undefined && calendarOf?.get(owner)) || usual;
    const time = times.get(name);
    if (!time) throw new Error(`The calendar "${name}" of the promise "${promise.id}" was not laid out.`);
    return time;
  };
}

function toClock(source: MomentSource, facts: Facts, judged: Judged, context: ClockContext): Clock {
  const { promise, contacts } = source;
  const { startedAt, stop, cancelledAt, dueAt, stretches, end } = facts;
  const isDone = stop !== undefined && stop.at <= (cancelledAt ?? Infinity);
  const counted =
    promise.count === undefined
      ? undefined
      : distinctTouches(contacts.touches, startedAt, promise.touches.apart, 'sure', end).length;
  return {
    promise: promise.id,
    state: judged.state,
    ...(judged.outcome && { outcome: judged.outcome }),
    startedAt,
    dueAt,
    ...(isDone && { stoppedAt: stop.at, ...(stop.recordId !== undefined && { evidence: stop.recordId }) }),
    ...(judged.state === 'cancelled' && cancelledAt !== undefined && { cancelledAt }),
    remaining: remainingOf(promise, facts),
    ...(dueAt !== undefined && judged.isLate && { lateBy: end - dueAt }),
    ...(counted !== undefined && { counted }),
    ...delaysOf(stretches, end),
    pauses: pausesUntil(stretches, startedAt, end),
    steps: promise.steps.map(({ share }) => walkClock(promise, stretches, startedAt, Infinity, share).usedUpAt),
    validUntil: nextChange(source, facts, judged, context),
    notes: notesOf(judged, dueAt),
  };
}

const remainingOf = (promise: ClockPromise, { stretches, startedAt, end, dueAt }: Facts): number =>
  dueAt !== undefined && dueAt <= end ? 0 : finite(walkClock(promise, stretches, startedAt, end).left);

const finite = (ms: number): number => (Number.isFinite(ms) ? ms : 0);

function pausesUntil(stretches: readonly Stretch[], start: number, end: number): readonly ClockPause[] {
  const pauses: { from: number; to: number; why: ClockPause['why'] }[] = [];
  for (const { from, to, why } of stretches) {
    if (from < start || from >= end || why === undefined) continue;
    const last = pauses.at(-1);
    if (last && last.to === from && last.why === why) last.to = to;
    else pauses.push({ from, to, why });
  }
  return pauses;
}

function notesOf({ state, notes }: Judged, dueAt: number | undefined): readonly ClockNote[] {
  return state === 'running' && dueAt === undefined ? [...notes, { kind: 'beyond-calendar' }] : notes;
}
