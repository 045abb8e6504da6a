import { type AppliedVersion, endOf } from '../replay/applied-version.ts';
import type { Stay } from '../replay/walk-versions.ts';
import { FieldRecord } from '../timeline/field-record.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import { type Episode, type HandOffAnswer, type HandOffStatus, isHeld } from './episode.ts';
import { firstMet } from './first-met.ts';
import type { HandOffRules } from './hand-off-rules.ts';

/** What a rep said by one tap. */
export type GivenAnswer = { readonly answer: HandOffAnswer; readonly at: number; readonly reason?: string };

/** A version with what it says of hand-offs; undefined where it says nothing. */
export type HandOffVersion = AppliedVersion & { readonly handOffs: HandOffRules | undefined };

export type HandOffCase = {
  /** The versions that applied, earliest first: each hands over who reaches the stage while it does. */
  readonly versions: readonly HandOffVersion[];
  readonly history: PersonHistory;
  /** The stages that the person went through under these versions. */
  readonly stays: readonly Stay[];
  /** Hand-offs that are on record, oldest first: they stay, whatever the rules of today make of the past. */
  readonly recorded: readonly Episode[];
  /** Answer to the last one on record. */
  readonly answer?: GivenAnswer | undefined;
  readonly now: number;
};

export type FollowedHandOffs = {
  readonly episodes: readonly Episode[];
  /** Next instant at which a definition of the version of today can turn a hand-off that is held; else Infinity. */
  readonly nextAt: number;
};

/**
 * Follows a person's hand-offs up to now: the recorded ones, the last as it stands now, and those that are new.
 *
 * Of all that tells what became of a hand-off the earliest wins. One that sales has accepted ends when it is recycled or
 * rejected; only then can the next one open, when the stage is reached again.
 */
export function followHandOffs(given: HandOffCase): FollowedHandOffs {
  const episodes = [...given.recorded];
  const last = episodes.at(-1);
  let nextAt = Infinity;
  const follow = (episode: Episode, answer?: GivenAnswer): Episode => {
    const settled = settle(episode, given, answer);
    nextAt = isHeld(settled.episode) ? settled.nextAt : Infinity;
    return settled.episode;
  };
  if (last && isHeld(last)) episodes[episodes.length - 1] = follow(last, given.answer);
  for (;;) {
    const before = episodes.at(-1);
    const opened = before && isHeld(before) ? undefined : openNext(before, given);
    if (!opened) return { episodes, nextAt };
    episodes.push(follow(opened));
  }
}

/** Rows keep whole seconds, so instants are compared by them. */
const second = (at: number): number => Math.floor(at / 1000);

function openNext(before: Episode | undefined, given: HandOffCase): Episode | undefined {
  const { versions, history, stays, now } = given;
  const after = before ? Math.max(second(before.decidedAt ?? before.openedAt), second(before.waitingSince) + 1) : 0;
  for (const [index, stay] of stays.entries()) {
    const { stage, from } = stay;
    const rules = entered(given, index);
    if (!rules || second(from) < after) continue;
    const left = stays.slice(index).find((each) => !isReached(versions, each, rules))?.from ?? Infinity;
    const until = Math.min(left, handsOverUntil(versions, stay)) - 1;
    const openedAt = rules.needsOwner ? ownedFrom(history, from, Math.min(until, now)) : from;
    if (openedAt !== undefined) return { stage, openedAt, waitingSince: from, status: 'Open' };
  }
  return undefined;
}

/** The rules that a stay hands over by: those under which the stage was reached, while they applied. */
function entered({ versions, stays }: HandOffCase, index: number): HandOffRules | undefined {
  const stay = stays[index] as Stay;
  const previous = stays[index - 1];
  const version = versionOf(versions, stay);
  const rules = version?.handOffs;
  // The first version also judges the time before it: what was reached then was not handed over.
  if (!version || !rules?.reached.has(stay.stage) || stay.from < version.from) return undefined;
  return previous && isReached(versions, previous, rules) ? undefined : rules;
}

const versionOf = (versions: readonly HandOffVersion[], { compiled }: Stay): HandOffVersion | undefined =>
  versions.find((each) => each.compiled === compiled);

/** Whether a stay is one past the hand-off, by the version that it began under or, where that hands nobody over, by others. */
const isReached = (versions: readonly HandOffVersion[], stay: Stay, others: HandOffRules): boolean =>
  (versionOf(versions, stay)?.handOffs ?? others).reached.has(stay.stage);

/** Until when versions handed over without a break from the one of this stay on. */
function handsOverUntil(versions: readonly HandOffVersion[], { compiled }: Stay): number {
  let index = versions.findIndex((each) => each.compiled === compiled);
  while (versions[index + 1]?.handOffs && endOf(versions, index) === versions[index + 1]?.from) index += 1;
  return endOf(versions, index);
}

/** The first instant of a time at which a user owns the person. */
function ownedFrom(history: PersonHistory, from: number, to: number): number | undefined {
  const moves = history.changes.filter(({ field, at }) => field === 'OwnerId' && at > from && at <= to);
  const instants = [from, ...moves.map(({ at }) => at).toSorted((a, b) => a - b)];
  const record = new FieldRecord(history);
  return instants.find((at) => {
    record.forwardTo(at);
    return record.owner?.kind === 'user';
  });
}

type Turn = { readonly status: HandOffStatus; readonly at: number; readonly reason?: string | undefined };

function settle(
  episode: Episode,
  given: HandOffCase,
  answer: GivenAnswer | undefined,
): { readonly episode: Episode; readonly nextAt: number } {
  const defined = definedTurns(episode, given);
  const turns = [...defined.turns, ...otherTurns(episode, given, answer)]
    .filter(({ at }) => at <= given.now)
    .toSorted((a, b) => a.at - b.at || order(a) - order(b));
  let current = episode;
  for (const { status, at, reason } of turns) {
    if (!isHeld(current)) break;
    if (status === current.status || second(at) < second(current.decidedAt ?? current.openedAt)) continue;
    const acceptedAt = status === 'Accepted' ? at : current.acceptedAt;
    current = {
      ...current,
      status,
      decidedAt: at,
      ...(acceptedAt !== undefined && { acceptedAt }),
      ...(reason !== undefined && { reason }),
    };
  }
  return { episode: current, nextAt: defined.nextAt };
}

/** Of one instant, the acceptance comes first. */
const order = ({ status }: Turn): number => (status === 'Accepted' ? 0 : 1);

/** What the definitions say became of a hand-off, those of each version while it applied. */
function definedTurns({ openedAt }: Episode, { versions, history, stays, now }: HandOffCase) {
  const turns: Turn[] = [];
  let nextAt = Infinity;
  for (const [index, version] of versions.entries()) {
    const range = { from: Math.max(version.from, openedAt), to: Math.min(endOf(versions, index) - 1, now) };
    for (const [status, compiled] of Object.entries(version.handOffs?.definitions ?? {})) {
      const met = firstMet(compiled, history, stays, range);
      if (met.at !== undefined) turns.push({ status: status as HandOffStatus, at: met.at });
      else if (index === versions.length - 1) nextAt = Math.min(nextAt, met.nextAt);
    }
  }
  return { turns, nextAt };
}

/** What the rep, the side stages, the owner's activities and the conversion say became of a hand-off. */
function otherTurns(
  { openedAt }: Episode,
  { versions, history, stays, now }: HandOffCase,
  answer: GivenAnswer | undefined,
): readonly Turn[] {
  const turns: Turn[] = answer ? [{ status: answer.answer, at: answer.at, reason: answer.reason }] : [];
  for (const stay of stays) {
    const status = versionOf(versions, stay)?.handOffs?.sideStages.get(stay.stage);
    if (status && stay.from >= openedAt) turns.push({ status, at: stay.from });
  }
  const taken = [touchedAt(history, openedAt, now), convertedAt(history, openedAt)];
  return [...turns, ...taken.flatMap((at): Turn[] => (at === undefined ? [] : [{ status: 'Accepted', at }]))];
}

/** The first activity of whoever owned the person then. */
function touchedAt(history: PersonHistory, from: number, to: number): number | undefined {
  const record = new FieldRecord(history);
  return history.events
    .filter(({ kind, at, attributes }) => kind === 'activity' && at >= from && at <= to && attributes['by'] != null)
    .toSorted((a, b) => a.at - b.at)
    .find(({ at, attributes }) => {
      record.forwardTo(at);
      return record.owner?.id === attributes['by'];
    })?.at;
}

function convertedAt({ changes }: PersonHistory, from: number): number | undefined {
  const at = changes.find(({ field, to }) => field === 'IsConverted' && to === true)?.at;
  return at === undefined ? undefined : Math.max(at, from);
}
