import type { Episode } from '../hand-off/episode.ts';
import type { TimelineEvent } from '../timeline/timeline.ts';
import type { ClockCase, ClockContext } from './clock.ts';
import type { TouchRules, TouchSource } from './clock-promise.ts';
import { ownerAt, type Ownership } from './ownership.ts';

/** Contact by a human. */
export type Touch = {
  readonly recordId: string;
  /** When it is said to have happened. */
  readonly at: number;
  /** When it counts without a doubt; Infinity where only the manager can tell. */
  readonly sureAt: number;
  /** The latest start of a clock for which it counts: its own instant, or the hand-off that it came before. */
  readonly countsFrom: number;
  readonly source: TouchSource;
  readonly type: string;
  readonly subtype: string;
};

/** A message from the buyer. */
export type Reply = { readonly recordId: string; readonly at: number };

export type Contacts = { readonly touches: readonly Touch[]; readonly replies: readonly Reply[] };

/**
 * Finds in a timeline who contacted whom, earliest first, each record once.
 *
 * An activity is a touch when a human made it: `by` names its author, `automated` and `bulk` tell what machines send,
 * `direction: in` makes it a reply of the buyer, and `logged` is the instant of the entry (epoch milliseconds).
 */
export function contactsOf(
  { history, remarks, episode }: Pick<ClockCase, 'history' | 'remarks' | 'episode'>,
  rules: TouchRules,
  owners: readonly Ownership[],
  context: ClockContext,
): Contacts {
  const activities = history.events.filter(({ kind, at }) => kind === 'activity' && at <= context.now);
  if (activities.length === 0) return none;
  const unique = onceEach(activities);
  const replies = unique.filter(isReply).map(({ recordId, at }): Reply => ({ recordId, at }));
  const firstReply = replies[0]?.at ?? Infinity;
  const touches = unique.flatMap((event): readonly Touch[] => {
    if (isReply(event) || !isHuman(event, firstReply, context)) return [];
    const isEarly = comesBefore(event, episode, owners);
    const touch = toTouch(event, rules, remarks?.confirmed?.get(event.recordId), isEarly ? episode.openedAt : event.at);
    const byOwner = isEarly || event.attributes['by'] === ownerAt(owners, event.at);
    return touch && comesFrom(touch, rules) && (byOwner || !rules.byOwner) ? [touch] : [];
  });
  return { touches, replies };
}

const none: Contacts = { touches: [], replies: [] };

/** Each record by its earliest instant, in order, whatever order and however often they came. */
function onceEach(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const sorted = events.toSorted((a, b) => a.at - b.at || (a.recordId < b.recordId ? -1 : 1));
  const seen = new Set<string>();
  return sorted.filter(({ recordId }) => !seen.has(recordId) && seen.add(recordId));
}

/** Who takes a lead after calling it has called it: what the first owner did while it waited for one counts. */
const comesBefore = ({ at, attributes }: TimelineEvent, episode: Episode, owners: readonly Ownership[]): boolean =>
  at >= episode.waitingSince && at < episode.openedAt && attributes['by'] === ownerAt(owners, episode.openedAt);

const isReply = ({ attributes }: TimelineEvent): boolean => attributes['direction'] === 'in';

/** What is sent to many is a touch only as an answer: after the buyer has written. */
function isHuman({ at, attributes }: TimelineEvent, firstReply: number, { users }: ClockContext): boolean {
  if (attributes['automated'] === true) return false;
  const isBulk = attributes['bulk'] === true || attributes['subtype'] === 'listemail';
  if (isBulk && firstReply >= at) return false;
  const { by } = attributes;
  const author = typeof by === 'string' ? users?.get(by) : undefined;
  return author?.automated !== true && (author?.inactiveSince ?? Infinity) > at;
}

/** Undefined where the manager says that it was not so. */
function toTouch(
  { recordId, at, attributes }: TimelineEvent,
  { backdating }: TouchRules,
  confirmed: boolean | undefined,
  countsFrom: number,
): Touch | undefined {
  if (confirmed === false) return undefined;
  const logged = typeof attributes['logged'] === 'number' ? attributes['logged'] : at;
  const isLate = logged - at > backdating;
  const isKnown = typeof attributes['by'] === 'string';
  const sureAt = confirmed ? at : !isKnown ? Infinity : isLate ? logged : at;
  const [type, subtype] = [attributes['type'], attributes['subtype']].map((each) => String(each ?? '').toLowerCase());
  return { recordId, at, sureAt, countsFrom, source: sourceOf(attributes), type: type ?? '', subtype: subtype ?? '' };
}

function sourceOf({ source, subtype }: TimelineEvent['attributes']): TouchSource {
  if (source === 'email' || source === 'event' || source === 'task') return source;
  return subtype === 'event' ? 'event' : 'task';
}

function comesFrom(touch: Touch, { from }: TouchRules): boolean {
  if (!from) return true;
  const types = from[touch.source];
  return types === 'all' || (types !== undefined && isOfType(touch, types));
}

export const isOfType = ({ type, subtype }: Touch, types: ReadonlySet<string>): boolean =>
  types.has(type) || types.has(subtype);

/** `sure`: what nobody can doubt; `claimed`: also what the manager has yet to confirm, as it is said to have been. */
export type Certainty = 'sure' | 'claimed';

export const instantOf = (touch: Touch, certainty: Certainty): number =>
  certainty === 'sure' ? touch.sureAt : touch.at;
