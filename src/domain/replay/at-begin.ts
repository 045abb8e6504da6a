import type { PersonHistory, Timeline } from '../timeline/timeline.ts';
import type { CompiledAgreement } from '../verdict/compile-agreement.ts';
import { newJudgement } from '../verdict/judge.ts';
import { walkHistory } from './walk-history.ts';

/** A version and the instant from which it applies, until the next one does. */
export type AppliedVersion = { readonly compiled: CompiledAgreement; readonly from: number };

/**
 * A person's history as the last of some versions takes it over: with the stage and the entries into stages that the
 * earlier ones led to, each judging while it applied. The first version also judges the time before it applied.
 */
export function atBegin(versions: readonly AppliedVersion[], history: PersonHistory): PersonHistory {
  const start = startOf(versions, history);
  let person = start ? { ...history, previous: { stage: start.stage, since: start.since } } : history;
  for (const [index, { compiled, from }] of versions.entries()) {
    const next = versions[index + 1];
    const begin = Math.max(index === 0 ? -Infinity : from, start?.at ?? -Infinity);
    const end = (next?.from ?? 0) - 1;
    if (!next || end < history.createdAt || end < begin) continue;
    let reached: Timeline | undefined;
    walkHistory(compiled, person, { from: begin, to: end }, newJudgement(compiled), (_, timeline) => {
      reached = timeline;
    });
    if (reached?.previous) person = { ...person, previous: reached.previous, events: reached.events };
  }
  return person;
}

/** Where the person is known to have stood matters only to rules that ask where people came from. */
export const startOf = (versions: readonly AppliedVersion[], { start }: PersonHistory): PersonHistory['start'] =>
  versions.at(-1)?.compiled.followsStages ? start : undefined;
