import type { ClockContext } from './clock.ts';
import type { Facts, Judged } from './judge-clock.ts';
import { nextTurn } from './met-spans.ts';
import type { MomentSource } from './moments.ts';

/**
 * The next instant at which a clock can say something else although nothing happens; undefined when there is none.
 *
 * That is the first instant past the due time, the begin or end of a pause, an activity that lies ahead, or the time at
 * which a condition turns.
 */
export function nextChange(
  source: MomentSource,
  { stop, cancelledAt, dueAt, stretches }: Facts,
  { state }: Judged,
  { now }: ClockContext,
): number | undefined {
  if (stop !== undefined || cancelledAt !== undefined) return undefined;
  let next = Infinity;
  const consider = (at: number | undefined): void => {
    if (at !== undefined && at > now && at < next) next = at;
  };
  for (const { kind, at } of source.given.history.events) if (kind === 'activity') consider(at);
  if (state === 'running' || state === 'paused') {
    consider(dueAt === undefined ? undefined : dueAt + 1);
    for (const { from } of stretches) consider(from);
  }
  for (const at of turns(source, now)) consider(at);
  return next === Infinity ? undefined : next;
}

/** When the conditions that move the clock can turn next. */
function* turns({ promise, given }: MomentSource, now: number): Iterable<number> {
  const { starts, stops, pauses, resumes, cancels, dispositions } = promise;
  for (const triggers of [starts, stops, pauses, resumes, cancels]) {
    for (const trigger of triggers) if (trigger.kind === 'when') yield nextTurn(trigger.compiled, given.history, now);
  }
  for (const compiled of dispositions) yield nextTurn(compiled, given.history, now);
}
