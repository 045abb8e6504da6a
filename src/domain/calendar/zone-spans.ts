import { IANAZone } from 'luxon';

/** A stretch of time during which a zone keeps one offset from UTC. */
export type ZoneSpan = {
  /** Epoch milliseconds, half-open. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds that the wall clock is ahead of UTC. */
  readonly offset: number;
};

/** Changes of a zone are looked for at this distance: no zone has ever changed its clocks twice within it and back. */
const stepMs = 6 * 3_600_000;

/** Cuts `[from, to)` at every change of the zone's clocks, found to the millisecond. */
export function zoneSpans(timeZone: string, from: number, to: number): readonly ZoneSpan[] {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid)
    throw new RangeError(`${timeZone} is no time zone: write an IANA name such as "America/New_York".`);
  // luxon gives whole minutes; no zone has had seconds in its offset since 1972.
  const offsetAt = (at: number): number => zone.offset(at) * 60_000;
  const spans: ZoneSpan[] = [];
  let start = from;
  let offset = offsetAt(from);
  for (let at = from; at < to;) {
    const next = Math.min(at + stepMs, to);
    const after = offsetAt(next);
    if (after !== offset) {
      const change = findChange(offsetAt, offset, at, next);
      spans.push({ from: start, to: change, offset });
      start = change;
      offset = offsetAt(change);
      at = change;
    } else at = next;
  }
  if (start < to) spans.push({ from: start, to, offset });
  return spans;
}

/** The first instant in `(low, high]` with another offset than `low` has. */
function findChange(offsetAt: (at: number) => number, offset: number, low: number, high: number): number {
  let before = low;
  let after = high;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}
