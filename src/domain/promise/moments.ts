import type { MomentWord } from '../agreement/promise-schema.ts';
import type { HandOffStatus } from '../hand-off/episode.ts';
import { assignments, type Ownership } from './ownership.ts';
import type { ClockCase } from './clock.ts';
import type { ClockPromise, Trigger } from './clock-promise.ts';
import type { MetSpans } from './met-spans.ts';
import { type Certainty, type Contacts, instantOf, isOfType, type Touch } from './touches.ts';

export type Moment = { readonly at: number; readonly recordId?: string };

export type MomentSource = {
  readonly given: ClockCase;
  readonly promise: ClockPromise;
  readonly contacts: Contacts;
  readonly owners: readonly Ownership[];
  readonly met: MetSpans;
  readonly now: number;
};

/** The earliest moment from an instant on, up to now, at which one of the triggers happens. */
export function firstMoment(
  triggers: readonly Trigger[],
  from: number,
  source: MomentSource,
  certainty: Certainty,
): Moment | undefined {
  let first: Moment | undefined;
  for (const trigger of triggers) {
    const found = momentOf(trigger, from, source, certainty);
    if (found && found.at <= source.now) first = earlier(first, found);
  }
  return first;
}

/** Of one instant, the first: records come in one order, whatever order they were read in. */
export function earlier(a: Moment | undefined, b: Moment | undefined): Moment | undefined {
  if (!a || !b) return a ?? b;
  return a.at <= b.at ? a : b;
}

function momentOf(trigger: Trigger, from: number, source: MomentSource, certainty: Certainty): Moment | undefined {
  switch (trigger.kind) {
    case 'moment':
      return wordMoments[trigger.word](from, source, certainty);
    case 'touch':
      return firstTouch(source, from, certainty, (touch) => isOfType(touch, trigger.types));
    case 'stage':
      return instant(source.given.spans.find((span) => span.stage === trigger.stage && span.from >= from)?.from);
    case 'when':
      return instant(source.met(trigger.compiled).find((span) => span.to > from)?.from, from);
    default:
      return undefined;
  }
}

type FindMoment = (from: number, source: MomentSource, certainty: Certainty) => Moment | undefined;

const wordMoments: Readonly<Record<MomentWord, FindMoment>> = {
  'hand-off': (from, { given }) => after(given.episode.openedAt, from),
  qualified: (from, { given }) => after(given.episode.waitingSince, from),
  assignment: (from, { owners, given }) =>
    instant(assignments(owners, given.episode.waitingSince).find((at) => at >= from)),
  accepted: (from, { given }) => after(given.episode.acceptedAt, from),
  touch: (from, source, certainty) => firstTouch(source, from, certainty, () => true),
  meeting: (from, source, certainty) => firstTouch(source, from, certainty, (touch) => touch.source === 'event'),
  reply: (from, { contacts }) => contacts.replies.find(({ at }) => at >= from),
  rejected: (from, source) => after(decidedAs(source, 'Rejected'), from),
  recycled: (from, source) => after(decidedAs(source, 'Recycled'), from),
  converted: (from, source) => after(conversionFrom(source, from), from),
  disposition: (from, source) => disposition(from, source),
};

const decidedAs = ({ given: { episode } }: MomentSource, status: HandOffStatus): number | undefined =>
  episode.status === status ? episode.decidedAt : undefined;

function conversionFrom({ given: { history } }: MomentSource, from: number): number | undefined {
  const conversions = history.changes.filter(
    ({ field, to, at }) => field === 'IsConverted' && to === true && at >= from,
  );
  return conversions.length === 0 ? undefined : Math.min(...conversions.map(({ at }) => at));
}

/** Sales is done with the person: rejected, recycled, or one of the agreed dispositions. */
function disposition(from: number, source: MomentSource): Moment | undefined {
  const decidedAt = decidedAs(source, 'Rejected') ?? decidedAs(source, 'Recycled');
  const agreed = source.promise.dispositions.map((compiled) =>
    instant(source.met(compiled).find((span) => span.from >= from)?.from),
  );
  return [after(decidedAt, from), ...agreed].reduce(earlier, undefined);
}

function firstTouch(
  { contacts }: MomentSource,
  from: number,
  certainty: Certainty,
  counts: (touch: Touch) => boolean,
): Moment | undefined {
  let first: Moment | undefined;
  for (const touch of contacts.touches) {
    const at = Math.max(from, instantOf(touch, certainty));
    if (touch.countsFrom >= from && at !== Infinity && counts(touch)) {
      first = earlier(first, { at, recordId: touch.recordId });
    }
  }
  return first;
}

const instant = (at: number | undefined, from = -Infinity): Moment | undefined =>
  at === undefined ? undefined : { at: Math.max(at, from) };

const after = (at: number | undefined, from: number): Moment | undefined =>
  at === undefined || at < from ? undefined : { at };
