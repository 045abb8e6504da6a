import { replay, type Span } from '../replay/replay.ts';
import { timelineAt } from '../timeline/timeline-at.ts';
import type { PersonHistory } from '../timeline/timeline.ts';
import { type Episode, type HandOffAnswer, type HandOffStatus, isHeld } from './episode.ts';
import { type HandOffRules, metStage } from './hand-off-rules.ts';

/** What a rep said by one tap. */
export type GivenAnswer = { readonly answer: HandOffAnswer; readonly at: number; readonly reason?: string };

export type HandOffCase = {
  readonly rules: HandOffRules;
  readonly history: PersonHistory;
  /** The stages that the person went through. */
  readonly spans: readonly Span[];
  /** Hand-offs that are on record, oldest first: they stay, whatever the rules of today make of the past. */
  readonly recorded: readonly Episode[];
  /** Answer to the last one on record. */
  readonly answer?: GivenAnswer | undefined;
  /** Since when the agreement is in force: what was reached before was not handed over. */
  readonly since: number;
  readonly now: number;
};

/**
 * Follows a person's hand-offs up to now: the recorded ones, the last as it stands now, and those that are new.
 *
 * Of all that tells what became of a hand-off the earliest wins. One that sales has accepted ends when it is recycled or
 * rejected; only then can the next one open, when the stage is reached again.
 */
export function followHandOffs(given: HandOffCase): readonly Episode[] {
  const episodes = [...given.recorded];
  const last = episodes.at(-1);
  if (last && isHeld(last)) episodes[episodes.length - 1] = settle(last, given, given.answer);
  for (;;) {
    const before = episodes.at(-1);
    if (before && isHeld(before)) return episodes;
    const opened = openNext(before, given);
    if (!opened) return episodes;
    episodes.push(settle(opened, given, undefined));
  }
}

/** Rows keep whole seconds, so instants are compared by them. */
const second = (at: number): number => Math.floor(at / 1000);

function openNext(
  before: Episode | undefined,
  { rules, history, spans, since, now }: HandOffCase,
): Episode | undefined {
  const after = before ? Math.max(second(before.decidedAt ?? before.openedAt), second(before.waitingSince) + 1) : 0;
  for (const [index, { stage, from }] of spans.entries()) {
    const previous = spans[index - 1];
    const enters = rules.reached.has(stage) && !(previous && rules.reached.has(previous.stage));
    if (!enters || from < since || second(from) < after) continue;
    const left = spans.slice(index).find((span) => !rules.reached.has(span.stage))?.from ?? Infinity;
    const openedAt = rules.needsOwner ? ownedFrom(history, from, Math.min(left - 1, now)) : from;
    if (openedAt !== undefined) return { stage, openedAt, waitingSince: from, status: 'Open' };
  }
  return undefined;
}

/** The first instant of a time at which a user owns the person. */
function ownedFrom(history: PersonHistory, from: number, to: number): number | undefined {
  const moves = history.changes.filter(({ field, at }) => field === 'OwnerId' && at > from && at <= to);
  const instants = [from, ...moves.map(({ at }) => at).toSorted((a, b) => a - b)];
  return instants.find((at) => timelineAt(history, at).owner?.kind === 'user');
}

type Turn = { readonly status: HandOffStatus; readonly at: number; readonly reason?: string | undefined };

function settle(episode: Episode, given: HandOffCase, answer: GivenAnswer | undefined): Episode {
  const turns = turnsOf(episode, given, answer);
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
  return current;
}

/** All that tells what became of a hand-off, earliest first; of one instant, the acceptance first. */
function turnsOf(episode: Episode, given: HandOffCase, answer: GivenAnswer | undefined): readonly Turn[] {
  const { rules, history, spans, now } = given;
  const { openedAt } = episode;
  const turns: Turn[] = answer ? [{ status: answer.answer, at: answer.at, reason: answer.reason }] : [];
  for (const [status, compiled] of Object.entries(rules.definitions)) {
    const met = replay(compiled, history, { from: openedAt, to: now }).find(({ stage }) => stage === metStage);
    if (met) turns.push({ status: status as HandOffStatus, at: Math.max(met.from, openedAt) });
  }
  for (const { stage, from } of spans) {
    const status = rules.sideStages.get(stage);
    if (status && from >= openedAt) turns.push({ status, at: from });
  }
  const taken = [touchedAt(history, openedAt, now), convertedAt(history, openedAt)];
  turns.push(...taken.flatMap((at): Turn[] => (at === undefined ? [] : [{ status: 'Accepted', at }])));
  return turns.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at || order(a) - order(b));
}

const order = ({ status }: Turn): number => (status === 'Accepted' ? 0 : 1);

/** The first activity of whoever owned the person then. */
function touchedAt(history: PersonHistory, from: number, to: number): number | undefined {
  return history.events
    .filter(({ kind, at, attributes }) => kind === 'activity' && at >= from && at <= to && attributes['by'] != null)
    .toSorted((a, b) => a.at - b.at)
    .find(({ at, attributes }) => timelineAt(history, at).owner?.id === attributes['by'])?.at;
}

function convertedAt({ changes }: PersonHistory, from: number): number | undefined {
  const at = changes.find(({ field, to }) => field === 'IsConverted' && to === true)?.at;
  return at === undefined ? undefined : Math.max(at, from);
}
