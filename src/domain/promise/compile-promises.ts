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

function compileClock(
  agreement: Agreement,
  promise: WrittenTimed | WrittenCounted,
  touches: TouchRules,
  dispositions: readonly CompiledAgreement[],
): ClockPromise {
  const compile = (triggers: readonly (WrittenMoment | WrittenPause)[]): readonly Trigger[] =>
    triggers.map((each) => compileTrigger(agreement, each));
  const span = parsePromiseSpan(promise.within);
  if (!span) throw new Error(`The promise "${promise.id}" has no span: the agreement was not checked.`);
  const stops = compile(promise.stops ?? []);
  const count = 'count' in promise ? promise.atLeast : undefined;
  return {
    id: promise.id,
    title: promiseTitle(promise),
    by: promise.by,
    starts: compile(promise.starts ?? ['hand-off']),
    stops,
    pauses: compile(promise.pauses ?? []),
    resumes: compile(promise.resumes ?? []),
    cancels: compile(promise.cancels ?? usualCancels),
    span,
    calendar: span.kind === 'clock' ? undefined : promise.calendar,
    calendarIn: promise.calendarIn ?? {},
    count,
    keep: promise.keep === undefined ? undefined : parseShare(promise.keep),
    resetsAfterPause: promise.afterPause === 'reset',
    resetsAfterReassign: promise.afterReassign === 'reset',
    waitsUnowned: promise.unowned !== 'runs',
    newOwners: (promise.exempt && parseDuration(promise.exempt.newOwners)) ?? 0,
    steps: (promise.steps ?? []).map((step) => ({ ...step, share: parsePercent(step.at) ?? 1 })),
    keptBy: new Set((agreement.process?.reasons ?? []).flatMap(({ id, keeps }) => (keeps === promise.id ? [id] : []))),
    needsActivity: count !== undefined || stops.some(isActivity),
    dispositions: stops.some((each) => each.kind === 'moment' && each.word === 'disposition') ? dispositions : [],
    touches,
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
