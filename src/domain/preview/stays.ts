import type { AppliedVersion } from '../replay/at-begin.ts';
import { replay, type Span } from '../replay/replay.ts';
import { stageEvent } from '../replay/walk-history.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import type { CompiledAgreement } from '../verdict/compile-agreement.ts';

/** A stay in a stage together with the version that it began under. */
export type Stay = Span & { readonly compiled: CompiledAgreement };

/**
 * The stages of a person from the creation to `to`, each version judging while it applied.
 *
 * The first version also judges the time before it applied: what was in force then is not known or was nothing. A stay
 * that outlasts a change of version is one stay, as it is in the records of the service. With `start` it goes on from where
 * the person is known to have stood.
 */
export function staysOf(
  versions: readonly AppliedVersion[],
  person: PersonHistory,
  to: number,
  start?: PersonHistory['start'],
): readonly Stay[] {
  const [only] = versions;
  const known = start && start.at <= to ? start : undefined;
  const history = known ? { ...person, previous: { stage: known.stage, since: known.since } } : person;
  const first = known?.at ?? -Infinity;
  if (only && versions.length === 1) {
    return replay(only.compiled, history, { from: first, to }).map((span) => ({
      ...span,
      compiled: only.compiled,
    }));
  }
  let stays: readonly Stay[] = [];
  let events = history.events;
  for (const [index, { compiled, from }] of versions.entries()) {
    const end = Math.min((versions[index + 1]?.from ?? Infinity) - 1, to);
    const begin = Math.max(index === 0 ? -Infinity : from, first);
    const last = stays.at(-1);
    if (end < history.createdAt || end < begin || (stays.length > 0 && last?.to !== undefined)) continue;
    const reached = last
      ? { ...history, events, previous: { stage: last.stage, since: last.from } }
      : { ...history, events };
    const spans = replay(compiled, reached, { from: begin, to: end });
    stays = join(
      stays,
      spans.map((span) => ({ ...span, compiled })),
    );
    events = [...history.events, ...entriesOf(history.personId, stays)];
  }
  return stays;
}

/** The last stay either goes on under the next version, or ends where that one's first stay begins. */
function join(before: readonly Stay[], after: readonly Stay[]): readonly Stay[] {
  const last = before.at(-1);
  const [first, ...later] = after;
  if (!last || !first) return [...before, ...after];
  const goesOn = first.stage === last.stage && first.from === last.from;
  const ended = { ...last, to: goesOn ? first.to : first.from };
  return [...before.slice(0, -1), ended, ...(goesOn ? later : after)];
}

/** Entries into stages as events, known from the millisecond after, as in a replay. */
const entriesOf = (personId: string, stays: readonly Stay[]) =>
  stays.map(({ stage, from }, index) => stageEvent(personId, stage, stays[index - 1]?.stage, from + 1));
