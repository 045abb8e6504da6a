import type { Stretch } from './stretches.ts';

export type Delays = { readonly systemDelay: number; readonly humanDelay: Readonly<Record<string, number>> };

/** Splits the open time up to an instant by whose it was; pauses are nobody's. */
export function delaysOf(stretches: readonly Stretch[], end: number): Delays {
  let systemDelay = 0;
  const humanDelay: Record<string, number> = {};
  for (const { from, to, owner, why, time } of stretches) {
    if (from >= end) break;
    if (why !== undefined && why !== 'unowned') continue;
    const ms = time.elapsed(from, Math.min(to, end));
    if (owner === undefined) systemDelay += ms;
    else if (ms > 0) humanDelay[owner] = (humanDelay[owner] ?? 0) + ms;
  }
  return { systemDelay, humanDelay };
}
