import { dayMs, type DayNumber } from './local-date.ts';
import type { ZoneSpan } from './zone-spans.ts';

/** The span in which an instant lies; the last one for an instant after all of them. */
const spanOf = (at: number, spans: readonly ZoneSpan[]): ZoneSpan =>
  spans.find((span) => at < span.to) ?? (spans.at(-1) as ZoneSpan);

/** Milliseconds since 1970-01-01T00:00 that a clock on the wall shows. */
export const wallTimeOf = (at: number, spans: readonly ZoneSpan[]): number => at + spanOf(at, spans).offset;

/** The date on the wall at an instant. */
export const wallDateOf = (at: number, spans: readonly ZoneSpan[]): DayNumber =>
  Math.floor(wallTimeOf(at, spans) / dayMs);

/** Cuts an open interval where the date on the wall changes, and where the clocks do. */
export function* byWallDate(
  from: number,
  to: number,
  spans: readonly ZoneSpan[],
): Iterable<{ from: number; to: number }> {
  for (let at = from; at < to;) {
    const span = spanOf(at, spans);
    const midnight = (Math.floor((at + span.offset) / dayMs) + 1) * dayMs - span.offset;
    const end = Math.min(to, midnight, span.to);
    yield { from: at, to: end };
    at = end;
  }
}
