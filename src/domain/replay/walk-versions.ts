import type { PersonHistory, Timeline } from '../timeline/timeline.ts';
import type { CompiledAgreement, CompiledStage } from '../verdict/compile-agreement.ts';
import { newJudgement } from '../verdict/judge.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { type AppliedVersion, endOf } from './applied-version.ts';
import type { Span } from './replay.ts';
import { walkHistory } from './walk-history.ts';

/** A stay in a stage together with the version that it began under. */
export type Stay = Span & { readonly compiled: CompiledAgreement };

/** What became of a person under the versions that applied, up to an instant. */
export type Life = {
  /** The stays from the creation on, without gaps: first to last. */
  readonly stays: readonly Stay[];
  /** What is known at the end, with the stage and the entries into stages that the history led to. */
  readonly timeline: Timeline;
  /** Next instant at which the last version's answer can change; Infinity when it cannot. */
  readonly nextAt: number;
};

export type WalkOptions = {
  readonly to: number;
  /** Goes on from where the person is known to have stood. */
  readonly start?: PersonHistory['start'];
  /** A place of the last version to judge in. */
  readonly judgement?: Judgement;
};

/**
 * Goes through a person's history once, each version judging while it applied, earliest first.
 *
 * The first version also judges the time before it applied: what was in force then is not known or was nothing. While no
 * version applies nobody is judged: a stay goes on, and who came in such a time is judged when the next version begins.
 */
export function walkVersions(
  versions: readonly AppliedVersion[],
  history: PersonHistory,
  { to, start, judgement }: WalkOptions,
): Life {
  const first = start ? Math.min(start.at, to) : -Infinity;
  let person: PersonHistory = start ? { ...history, previous: { stage: start.stage, since: start.since } } : history;
  const stays: OpenStay[] = [];
  let timeline: Timeline = person;
  let nextAt = Infinity;
  for (const [index, { compiled, from }] of versions.entries()) {
    const begin = Math.max(index === 0 ? -Infinity : from, first);
    const end = Math.min(endOf(versions, index) - 1, to);
    if (end < history.createdAt || end < begin) continue;
    const { previous } = person;
    if (stays.length === 0 && previous)
      stays.push({ stage: previous.stage, from: previous.since, to: undefined, compiled });
    const place = (index === versions.length - 1 && judgement) || newJudgement(compiled);
    // Whoever came while no version applied is not judged for that time.
    const begun = previous ? person : { ...person, createdAt: Math.max(person.createdAt, begin) };
    nextAt = walkHistory(compiled, begun, { from: begin, to: end }, place, (at, reached) => {
      timeline = reached;
      noteStay(stays, compiled, place, at);
    });
    if (timeline.previous) person = { ...person, previous: timeline.previous, events: timeline.events };
  }
  return { stays: endedBy(history.endedAt ?? Infinity, to, stays), timeline, nextAt };
}

type OpenStay = { -readonly [Key in keyof Stay]: Stay[Key] };

/** Ends the last stay and begins the next one where a judgement leads to another stage. */
function noteStay(stays: OpenStay[], compiled: CompiledAgreement, judgement: Judgement, at: number): void {
  const { id } = compiled.stages[judgement.stage] as CompiledStage;
  const last = stays.at(-1);
  if (last?.stage === id) return;
  if (last) last.to = at;
  const segment = compiled.segments[judgement.segment]?.id;
  stays.push({ stage: id, ...(segment !== undefined && { segment }), from: at, to: undefined, compiled });
}

/** The last stay ends with the person. */
function endedBy(endedAt: number, to: number, stays: readonly Stay[]): readonly Stay[] {
  const last = stays.at(-1);
  return last && endedAt <= to ? [...stays.slice(0, -1), { ...last, to: endedAt }] : stays;
}
