import { factField, fieldName, objectName } from '../agreement/fact-source.ts';
import type { Fact } from '../agreement/schema.ts';
import type { FactValue, Scalar, Timeline, TimelineEvent } from '../timeline/timeline.ts';
import { daysSince, type Steps } from './age-steps.ts';
import type { ComparisonContext } from './compile-comparison.ts';
import { DecayingSum, fallsThrough } from './decay.ts';
import { eventFilter, foldAttribute, halfLife, type EventFilter } from './event-filter.ts';
import { EventIndex } from './event-index.ts';
import type { Judgement } from './judgement.ts';

/** Reads a fact of a person at `now` and lowers `judgement.validUntil` to when time could change what it says. */
export type FactReader = (timeline: Timeline, now: number, judgement: Judgement) => FactValue;

/** Compiles how a fact's value is read; `steps` are the numbers at which an answer changes. Scores have no one value. */
export function compileFact(
  fact: Exclude<Fact, { score: unknown }>,
  steps: Steps,
  context: ComparisonContext,
): FactReader {
  const filter = eventFilter(fact, context);
  if (filter) return eventsReader(fact, filter, steps);
  if ('owner' in fact) return ({ owner }) => owner?.[fact.owner];
  if ('daysInStage' in fact) return daysInStageReader(steps);
  const path = factField(fact) ?? '';
  if ('field' in fact && fact.blank === undefined && objectName(path) === 'Lead') return leadFieldReader(path);
  const read = fieldValue(path);
  if ('emailDomain' in fact) return emailDomainReader(read);
  return 'field' in fact ? fieldReader(read, fact.blank ?? []) : daysSinceFieldReader(read, steps);
}

/** The most common fact, with as few calls as can be. */
function leadFieldReader(path: string): FactReader {
  const field = fieldName(path);
  return (timeline) => presentValue(timeline.fields[field]);
}

function eventsReader(fact: Fact, filter: EventFilter, steps: Steps): FactReader {
  const decay = halfLife(fact);
  if ('latest' in fact) return latestReader(filter, fact.of);
  if ('distinct' in fact) return distinctReader(filter, fact.of);
  if ('daysSince' in fact) return daysSinceEventReader(filter, steps);
  const amountOf = 'sum' in fact ? numberOf(fact.of) : undefined;
  if (decay !== undefined) return decayReader(filter, amountOf ?? (() => 1), decay, steps);
  return amountOf ? sumReader(filter, amountOf) : countReader(filter);
}

type ReadField = (timeline: Timeline) => Scalar | undefined;

/** Undefined for a field of an object that does not exist for this person or cannot be read. */
function fieldValue(path: string): ReadField {
  const field = fieldName(path);
  const object = objectName(path);
  if (object === 'Lead') return (timeline) => timeline.fields[field];
  return (timeline) => timeline.related?.[object]?.[field];
}

function fieldReader(read: ReadField, blank: readonly string[]): FactReader {
  const blanks = new Set(blank.map((value) => value.trim().toLowerCase()));
  return (timeline) => {
    const value = presentValue(read(timeline));
    return typeof value === 'string' && blanks.has(value.trim().toLowerCase()) ? undefined : value;
  };
}

/** Blank text is as unknown as null: the CRM does not tell them apart. */
function presentValue(value: Scalar | undefined): FactValue {
  if (value === null) return undefined;
  if (typeof value !== 'string' || value.charCodeAt(0) > 32) return value;
  return value.trim() === '' ? undefined : value;
}

function emailDomainReader(read: ReadField): FactReader {
  return (timeline) => {
    const email = read(timeline);
    if (typeof email !== 'string') return undefined;
    const at = email.lastIndexOf('@');
    const domain = email.slice(at + 1).trim();
    return at >= 0 && domain !== '' ? domain : undefined;
  };
}

/** Whether an event counts now; notes when it will begin or cease to. */
function counts(filter: EventFilter, event: TimelineEvent, now: number, judgement: Judgement): boolean {
  if (event.kind !== filter.kind || event.at <= now - filter.within || !filter.matches(event)) return false;
  const isPast = event.at <= now;
  judgement.changesAt(isPast ? event.at + filter.within : event.at);
  return isPast;
}

function countReader(filter: EventFilter): FactReader {
  const index = new EventIndex(filter);
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    if (index.find(timeline.events, now, judgement)) return index.count;
    let count = 0;
    for (const event of timeline.events) if (counts(filter, event, now, judgement)) count++;
    return count;
  };
}

type AmountOf = (event: TimelineEvent) => number;

/** An event without a number there adds nothing. */
const numberOf =
  (attribute: string): AmountOf =>
  (event) => {
    const value = event.attributes[attribute];
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  };

/** To six decimals: what rounding adds would otherwise depend on the order of the events. */
function sumReader(filter: EventFilter, amountOf: AmountOf): FactReader {
  const index = new EventIndex(filter);
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    const events = index.find(timeline.events, now, judgement) ? index.found() : timeline.events;
    let sum = 0;
    for (const event of events) if (counts(filter, event, now, judgement)) sum += amountOf(event);
    return Math.round(sum * 1e6) / 1e6;
  };
}

/** With steps of whole numbers only whole ones count: a score would otherwise change at every instant. */
function decayReader(filter: EventFilter, amountOf: AmountOf, halfLifeMs: number, steps: Steps): FactReader {
  const sum = new DecayingSum(halfLifeMs);
  const index = new EventIndex(filter);
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    const events = index.find(timeline.events, now, judgement) ? index.found() : timeline.events;
    sum.clear();
    for (const event of events) if (counts(filter, event, now, judgement)) sum.add(event.at, amountOf(event));
    const amount = sum.leftAt(now);
    fallsThrough(amount, halfLifeMs, steps, now, judgement);
    return 'wholesTo' in steps ? Math.trunc(amount) : amount;
  };
}

/** The attribute of the latest event that has it; of events at one instant the one with the greatest id. */
function latestReader(filter: EventFilter, attribute: string): FactReader {
  const index = new EventIndex(filter);
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    const events = index.find(timeline.events, now, judgement) ? index.found() : timeline.events;
    let latest: TimelineEvent | undefined;
    for (const event of events) {
      if (!counts(filter, event, now, judgement) || presentValue(event.attributes[attribute]) === undefined) continue;
      if (!latest || event.at > latest.at || (event.at === latest.at && event.recordId > latest.recordId))
        latest = event;
    }
    return latest && presentValue(latest.attributes[attribute]);
  };
}

function distinctReader(filter: EventFilter, attribute: string): FactReader {
  const seen = new Set<string>();
  const index = new EventIndex(filter);
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    const events = index.find(timeline.events, now, judgement) ? index.found() : timeline.events;
    seen.clear();
    for (const event of events) {
      if (counts(filter, event, now, judgement)) seen.add(foldAttribute(event.attributes[attribute]));
    }
    seen.delete('');
    return seen.size;
  };
}

/** A person without such an event is infinitely many days after it, so `atLeast: 30` also finds who was never contacted. */
function daysSinceEventReader(filter: EventFilter, steps: Steps): FactReader {
  const index = new EventIndex(filter);
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    if (index.find(timeline.events, now, judgement)) return daysSince(index.latestAt, steps, now, judgement);
    let latest = -Infinity;
    for (const event of timeline.events) {
      if (event.kind !== filter.kind || !filter.matches(event)) continue;
      if (event.at > now) judgement.changesAt(event.at);
      else if (event.at > latest) latest = event.at;
    }
    return daysSince(latest, steps, now, judgement);
  };
}

function daysSinceFieldReader(read: ReadField, steps: Steps): FactReader {
  return (timeline, now, judgement) => {
    const value = read(timeline);
    const at = typeof value === 'string' ? Date.parse(value) : NaN;
    return Number.isNaN(at) ? undefined : daysSince(at, steps, now, judgement);
  };
}

const daysInStageReader =
  (steps: Steps): FactReader =>
  ({ previous }, now, judgement) =>
    previous && daysSince(previous.since, steps, now, judgement);
