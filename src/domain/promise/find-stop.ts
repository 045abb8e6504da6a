import { earlier, firstMoment, type Moment, type MomentSource } from './moments.ts';
import { distinctTouches } from './distinct-touches.ts';
import type { Certainty } from './touches.ts';

/** When what was promised was done: the earliest of all that does it. */
export function findStop(source: MomentSource, from: number, certainty: Certainty): Moment | undefined {
  const { promise, given } = source;
  const stop = firstMoment(promise.stops, from, source, certainty);
  const counted = promise.count === undefined ? undefined : nthTouch(source, from, certainty, promise.count);
  return earlier(earlier(stop, counted), keptByReason(given.episode, promise.keptBy));
}

function nthTouch(source: MomentSource, from: number, certainty: Certainty, count: number): Moment | undefined {
  return distinctTouches(source.contacts.touches, from, source.promise.touches.apart, certainty, source.now)[count - 1];
}

/** A rejection for a reason that keeps the promise, such as sending the buyer to a better-suited seller. */
function keptByReason(
  { reason, decidedAt }: MomentSource['given']['episode'],
  keptBy: ReadonlySet<string>,
): Moment | undefined {
  const keeps = reason !== undefined && keptBy.has(reason) && decidedAt !== undefined;
  return keeps ? { at: decidedAt } : undefined;
}
