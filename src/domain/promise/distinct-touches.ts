import type { Moment } from './moments.ts';
import { type Certainty, instantOf, type Touch } from './touches.ts';

/**
 * The touches of a time that count as different ones: each at least `apart` after the one that counted before it.
 *
 * Dials in one minute are one touch, and a chain of touches that are each too close to the last is not one touch for ever.
 */
export function distinctTouches(
  touches: readonly Touch[],
  from: number,
  apart: number,
  certainty: Certainty,
  to: number,
): readonly Moment[] {
  const instants = touches
    .filter((touch) => touch.countsFrom >= from && instantOf(touch, certainty) <= to)
    .map((touch): Moment => ({ at: instantOf(touch, certainty), recordId: touch.recordId }))
    .toSorted((a, b) => a.at - b.at || ((a.recordId ?? '') < (b.recordId ?? '') ? -1 : 1));
  const counted: Moment[] = [];
  for (const touch of instants) {
    const last = counted.at(-1);
    if (!last || touch.at - last.at >= apart) counted.push(touch);
  }
  return counted.map((touch) => ({ ...touch, at: Math.max(from, touch.at) }));
}
