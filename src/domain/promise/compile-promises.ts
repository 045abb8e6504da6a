import { parseDuration } from '../agreement/duration.ts';
import {
  isClock,
  type WrittenCounted,
  type WrittenMoment,
  type WrittenPause,
  type WrittenTimed,
  type WrittenTouches,
} from '../agreement/promise-schema.ts';
import { usualApart } from '../agreement/promise-problems.ts';
import { parsePercent, parsePromiseSpan, parseShare } from '../agreement/promise-span.ts';
import type { Agreement, Definition } from '../agreement/schema.ts';
import { judgedAlone } from '../hand-off/hand-off-rules.ts';
import { compileAgreement, type CompiledAgreement } from '../verdict/compile-agreement.ts';
import type { ClockPromise, TouchRules, TouchSource, Trigger } from './clock-promise.ts';
import { promiseTitle } from './promise-title.ts';

/** An entry made later than this needs the manager, where the agreement does not say. */
const usualBackdating = '24 hours';

const usualCancels: readonly WrittenMoment[] = ['rejected', 'recycled', 'converted'];

/** Prepares the promises of a checked agreement that run on clocks. */
export function compileClocks(agreement: Agreement): readonly ClockPromise[] {
  const touches = compileTouches(agreement.touches ?? {});
  const dispositions = (agreement.process?.dispositions ?? []).flatMap(({ when }) =>
    when ? [compileAlone(agreement, when)] : [],
  );
  return (agreement.promises ?? [])
    .filter(isClock)
    .map((promise) => compileClock(agreement, promise, touches, dispositions));
}

type WrittenClock = WrittenTimed | WrittenCounted;

function compileClock(
  agreement: Agreement,
  promise: WrittenClock,
  touches: TouchRules,
  dispositions: readonly CompiledAgreement[],
): ClockPromise {
  const triggers = compileTriggers(agreement, promise);
  const count = 'count' in promise ? promise.atLeast : undefined;
  const byDisposition = triggers.stops.some((each) => each.kind === 'moment' && each.word === 'disposition');
  return {
    id: promise.id,
    title: promiseTitle(promise),
    by: promise.by,
    ...triggers,
    ...compileTime(promise),
    count,
    keep: promise.keep === undefined ? undefined : parseShare(promise.keep),
    steps: (promise.steps ?? []).map((step) => ({ ...step, share: parsePercent(step.at) ?? 1 })),
    keptBy: new Set((agreement.process?.reasons ?? []).flatMap(({ id, keeps }) => (keeps === promise.id ? [id] : []))),
    needsActivity: count !== undefined || triggers.stops.some(isActivity),
    dispositions: byDisposition ? dispositions : [],
    touches,
  };
}

function compileTriggers(
  agreement: Agreement,
  { starts, stops, pauses, resumes, cancels }: WrittenClock,
): Pick<ClockPromise, 'starts' | 'stops' | 'pauses' | 'resumes' | 'cancels'> {
  const compile = (triggers: readonly (WrittenMoment | WrittenPause)[] | undefined): readonly Trigger[] =>
    (triggers ?? []).map((each) => compileTrigger(agreement, each));
  return {
    starts: compile(starts ?? ['hand-off']),
    stops: compile(stops),
    pauses: compile(pauses),
    resumes: compile(resumes),
    cancels: compile(cancels ?? usualCancels),
  };
}

function compileTime(
  promise: WrittenClock,
): Pick<
  ClockPromise,
  'span' | 'calendar' | 'calendarIn' | 'resetsAfterPause' | 'resetsAfterReassign' | 'waitsUnowned' | 'newOwners'
> {
  const { id, within, calendar, calendarIn, afterPause, afterReassign, unowned, exempt } = promise;
  const span = parsePromiseSpan(within);
  if (!span) throw new Error(`The promise "${id}" has no span: the agreement was not checked.`);
  return {
    span,
    calendar: span.kind === 'clock' ? undefined : calendar,
    calendarIn: calendarIn ?? {},
    resetsAfterPause: afterPause === 'reset',
    resetsAfterReassign: afterReassign === 'reset',
    waitsUnowned: unowned !== 'runs',
    newOwners: (exempt && parseDuration(exempt.newOwners)) ?? 0,
  };
}

const isActivity = (trigger: Trigger): boolean =>
  trigger.kind === 'touch' || (trigger.kind === 'moment' && activityWords.has(trigger.word));

const activityWords: ReadonlySet<string> = new Set(['touch', 'meeting', 'reply']);

function compileTrigger(agreement: Agreement, written: WrittenMoment | WrittenPause): Trigger {
  if (written === 'buyer-asked-later') return { kind: 'later' };
  if (written === 'owner-away') return { kind: 'away' };
  if (typeof written === 'string') return { kind: 'moment', word: written };
  if ('stage' in written) return { kind: 'stage', stage: written.stage };
  if ('touch' in written) return { kind: 'touch', types: new Set(written.touch.map((type) => type.toLowerCase())) };
  return { kind: 'when', compiled: compileAlone(agreement, written.when) };
}

const compileAlone = (agreement: Agreement, when: Definition): CompiledAgreement =>
  compileAgreement(judgedAlone(agreement, when));

const sources: readonly TouchSource[] = ['task', 'event', 'email'];

export function compileTouches({ from, by, apart, backdating }: WrittenTouches): TouchRules {
  const types = (given: readonly string[] | 'all'): ReadonlySet<string> | 'all' =>
    given === 'all' ? given : new Set(given.map((type) => type.toLowerCase()));
  return {
    from:
      from &&
      Object.fromEntries(
        sources.flatMap((source) => {
          const given = from[source];
          return given === undefined ? [] : [[source, types(given)]];
        }),
      ),
    byOwner: by === 'owner',
    apart: parseDuration(apart ?? usualApart) ?? 0,
    backdating: parseDuration(backdating ?? usualBackdating) ?? 0,
  };
}
