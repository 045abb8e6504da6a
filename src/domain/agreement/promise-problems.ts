import { parseDuration } from './duration.ts';
import { nearestName } from './nearest-name.ts';
import { type Problem, withSuggestion } from './problem.ts';
import { isClock, type WrittenCounted, type WrittenPromise, type WrittenTimed } from './promise-schema.ts';
import { parsePercent, parsePromiseSpan } from './promise-span.ts';
import { triggersOf } from './promise-triggers.ts';
import type { Agreement } from './schema.ts';
import { reachedFacts, restrictedFacts, usesOf } from './uses.ts';

type Clock = WrittenTimed | WrittenCounted;
type Path = Problem['path'];

/** Touches that are closer together are one, where the agreement does not say. */
export const usualApart = '30 minutes';

/** Finds promises that cannot be told apart, measured or kept. */
export function promiseProblems(agreement: Agreement): readonly Problem[] {
  const { promises = [] } = agreement;
  return [
    ...promises.flatMap((promise, index) => [
      ...sameId(promises, index),
      ...(needsHandOff(agreement) ? [noHandOff(index)] : []),
      ...stageNames(agreement, promise, index),
      ...secrets(agreement, promise, index),
      ...(isClock(promise) ? clockProblems(agreement, promise, ['promises', index]) : []),
    ]),
    ...keptReasons(agreement),
  ];
}

function sameId(promises: readonly WrittenPromise[], index: number): Problem[] {
  const id = promises[index]?.id;
  if (promises.findIndex((each) => each.id === id) === index) return [];
  const message = `Two promises have the id "${id}"; each needs its own.`;
  return [{ severity: 'error', path: ['promises', index, 'id'], message, code: 'duplicate' }];
}

const needsHandOff = ({ process }: Agreement): boolean => process?.handOff === undefined;

const noHandOff = (index: number): Problem => ({
  severity: 'error',
  path: ['promises', index],
  message:
    'Promises are measured on hand-offs, and the agreement does not say what is handed over: add process.handOff.',
  code: 'missing',
});

function stageNames({ stages }: Agreement, promise: WrittenPromise, index: number): Problem[] {
  const ids = stages.map(({ id }) => id);
  return triggersOf(promise).flatMap(({ key, at, trigger }): Problem[] => {
    if (typeof trigger !== 'object' || !('stage' in trigger) || ids.includes(trigger.stage)) return [];
    const path = ['promises', index, key, at, 'stage'];
    const message = `There is no stage "${trigger.stage}".`;
    return [
      withSuggestion({ severity: 'error', path, message, code: 'unknown-stage' }, nearestName(trigger.stage, ids)),
    ];
  });
}

/** Everyone who may see the lead sees its clock, so what moves it must not be a secret. */
function secrets(agreement: Agreement, promise: WrittenPromise, index: number): Problem[] {
  const restricted = restrictedFacts(agreement);
  return triggersOf(promise).flatMap(({ key, at, trigger }): Problem[] => {
    if (typeof trigger !== 'object' || !('when' in trigger)) return [];
    const secret = reachedFacts(agreement, usesOf(trigger.when)).find((fact) => restricted.has(fact));
    if (secret === undefined) return [];
    const message = `"${secret}" is restricted, and everyone would see it in the clock. Use another fact.`;
    return [{ severity: 'error', path: ['promises', index, key, at, 'when'], message, code: 'wrong-value' }];
  });
}

function clockProblems(agreement: Agreement, promise: Clock, path: Path): Problem[] {
  return [
    ...calendarNeeds(promise, path),
    ...segmentNames(agreement, promise, path),
    ...endlessPauses(promise, path),
    ...repeatedSteps(promise, path),
    ...tooManyTouches(agreement, promise, path),
    ...stopsAtStart(promise, path),
  ];
}

function calendarNeeds({ within, calendar }: Clock, path: Path): Problem[] {
  const isBusiness = parsePromiseSpan(within)?.kind !== 'clock';
  if (isBusiness === (calendar !== undefined)) return [];
  const message = isBusiness
    ? 'Business hours and days need a calendar: name one of "calendars".'
    : '"within" is time on the clock, so the calendar has no effect. Write business hours to use it.';
  const severity = isBusiness ? 'error' : 'warning';
  return [{ severity, path: [...path, isBusiness ? 'within' : 'calendar'], message, code: 'wrong-value' }];
}

function segmentNames({ segments = [] }: Agreement, { calendarIn = {} }: Clock, path: Path): Problem[] {
  const ids = segments.map(({ id }) => id);
  return Object.keys(calendarIn).flatMap((id): Problem[] => {
    if (ids.includes(id)) return [];
    const at = [...path, 'calendarIn', id];
    const problem: Problem = {
      severity: 'error',
      path: at,
      message: `There is no segment "${id}".`,
      code: 'unknown-segment',
    };
    return [withSuggestion(problem, nearestName(id, ids))];
  });
}

const lasting: ReadonlySet<unknown> = new Set(['buyer-asked-later', 'owner-away']);

/** What happens in a moment pauses until something resumes; states end by themselves. */
function endlessPauses({ pauses = [], resumes }: Clock, path: Path): Problem[] {
  if (resumes) return pauses.length > 0 ? [] : [nothingToResume(path)];
  return pauses.flatMap((trigger, index): Problem[] => {
    const endsByItself = lasting.has(trigger) || (typeof trigger === 'object' && !('touch' in trigger));
    if (endsByItself) return [];
    const message = 'This pause would never end: say in "resumes" what ends it.';
    return [{ severity: 'error', path: [...path, 'pauses', index], message, code: 'missing' }];
  });
}

const nothingToResume = (path: Path): Problem => ({
  severity: 'warning',
  path: [...path, 'resumes'],
  message: 'Nothing pauses this promise, so nothing resumes it.',
  code: 'wrong-value',
});

function repeatedSteps({ steps = [] }: Clock, path: Path): Problem[] {
  const written = steps.map((step) => `${parsePercent(step.at)} ${step.notify} ${step.with} ${step.offer}`);
  return written.flatMap((step, index): Problem[] => {
    if (written.indexOf(step) === index) return [];
    const message = 'This step stands in the list twice.';
    return [{ severity: 'warning', path: [...path, 'steps', index], message, code: 'duplicate' }];
  });
}

/** Touches that have to be apart need at least the time between them. */
function tooManyTouches({ touches }: Agreement, promise: Clock, path: Path): Problem[] {
  if (!('count' in promise)) return [];
  const apart = parseDuration(touches?.apart ?? usualApart) ?? 0;
  const span = parsePromiseSpan(promise.within);
  const least = (promise.atLeast - 1) * apart;
  if (!span || span.kind === 'days' || span.kind === 'business' || least <= span.ms) return [];
  const message = `${promise.atLeast} touches that are ${touches?.apart ?? usualApart} apart do not fit into ${promise.within}.`;
  return [{ severity: 'error', path: [...path, 'within'], message, code: 'never-met' }];
}

/** A clock that is stopped by what starts it has nothing to measure. */
function stopsAtStart({ starts = ['hand-off'], stops = [] }: Clock, path: Path): Problem[] {
  return stops.flatMap((trigger, index): Problem[] => {
    if (typeof trigger !== 'string' || !starts.includes(trigger)) return [];
    const message = `"${trigger}" starts the clock and would stop it at once.`;
    return [{ severity: 'error', path: [...path, 'stops', index], message, code: 'wrong-value' }];
  });
}

/** Reasons by which a promise counts as kept; an agreement without promises may name those to come. */
function keptReasons({ promises, process }: Agreement): Problem[] {
  if (!promises) return [];
  const ids = promises.map(({ id }) => id);
  return (process?.reasons ?? []).flatMap(({ keeps }, index): Problem[] => {
    if (keeps === undefined || ids.includes(keeps)) return [];
    const path = ['process', 'reasons', index, 'keeps'];
    const problem: Problem = {
      severity: 'error',
      path,
      message: `There is no promise "${keeps}".`,
      code: 'unknown-promise',
    };
    return [withSuggestion(problem, nearestName(keeps, ids))];
  });
}
