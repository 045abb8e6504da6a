import { parseDuration } from '../agreement/duration.ts';
import { factEvents, factField, fieldName } from '../agreement/fact-source.ts';
import type { Comparison, Fact, Where } from '../agreement/schema.ts';
import type { EventKind, FactValue, Timeline, TimelineEvent } from '../timeline/timeline.ts';
import type { Judgement } from './judgement.ts';

/** Reads a fact of a person at `now` and lowers `judgement.validUntil` to when time could change what it says. */
export type FactReader = (timeline: Timeline, now: number, judgement: Judgement) => FactValue;

export type EventFilter = {
  readonly kind: EventKind;
  readonly matches: (event: TimelineEvent) => boolean;
  /** Length of the window that ends now; Infinity looks at everything so far. */
  readonly within: number;
};

const dayMs = 86_400_000;

/** Compiles how a fact's value is read; the comparison tells at which ages of a date the answer changes. */
export function compileFact(fact: Fact, comparison: Comparison): FactReader {
  const filter = eventFilter(fact);
  if (filter) return 'count' in fact ? countReader(filter) : daysSinceEventReader(filter, comparison);
  const field = fieldName(factField(fact) ?? '');
  if ('emailDomain' in fact) return emailDomainReader(field);
  return 'field' in fact ? fieldReader(field, fact.blank ?? []) : daysSinceFieldReader(field, comparison);
}

/** Which events a fact is about; undefined for facts about fields. */
export function eventFilter(fact: Fact): EventFilter | undefined {
  const kind = factEvents(fact);
  if (kind === undefined) return undefined;
  const within = 'within' in fact && fact.within !== undefined ? parseDuration(fact.within) : Infinity;
  if (within === undefined) throw new Error('A window is no span of time: the agreement was not checked.');
  return { kind, matches: compileWhere('where' in fact ? fact.where : undefined), within };
}

/** The events that a fact counts at `now`: after the start of its window, up to now, never later. */
export function isInWindow(filter: EventFilter, event: TimelineEvent, now: number): boolean {
  return event.kind === filter.kind && event.at <= now && event.at > now - filter.within && filter.matches(event);
}

function compileWhere(where: Where | undefined): (event: TimelineEvent) => boolean {
  const tests = Object.entries(where ?? {}).flatMap(([attribute, wanted]) =>
    wanted === undefined ? [] : [{ attribute, values: new Set([wanted].flat().map(foldAttribute)) }],
  );
  const [only] = tests;
  if (!only) return () => true;
  if (tests.length === 1) return (event) => only.values.has(foldAttribute(event.attributes[only.attribute]));
  return (event) => tests.every(({ attribute, values }) => values.has(foldAttribute(event.attributes[attribute])));
}

const foldAttribute = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined ? '' : String(value).toLowerCase();

function fieldReader(field: string, blank: readonly string[]): FactReader {
  const blanks = new Set(blank.map((value) => value.trim().toLowerCase()));
  if (blanks.size === 0) return (timeline) => presentValue(timeline.fields[field]);
  return (timeline) => {
    const value = presentValue(timeline.fields[field]);
    return typeof value === 'string' && blanks.has(value.trim().toLowerCase()) ? undefined : value;
  };
}

/** Blank text is as unknown as null: the CRM does not tell them apart. */
function presentValue(value: string | number | boolean | null | undefined): FactValue {
  if (value === null) return undefined;
  if (typeof value !== 'string' || value.charCodeAt(0) > 32) return value;
  return value.trim() === '' ? undefined : value;
}

function emailDomainReader(field: string): FactReader {
  return (timeline) => {
    const email = timeline.fields[field];
    if (typeof email !== 'string') return undefined;
    const at = email.lastIndexOf('@');
    const domain = email.slice(at + 1).trim();
    return at >= 0 && domain !== '' ? domain : undefined;
  };
}

function countReader(filter: EventFilter): FactReader {
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    let count = 0;
    for (const event of timeline.events) {
      if (event.kind !== filter.kind || event.at <= now - filter.within || !filter.matches(event)) continue;
      const counts = event.at <= now;
      if (counts) count++;
      judgement.changesAt(counts ? event.at + filter.within : event.at);
    }
    return count;
  };
}

/** A person without such an event is infinitely many days after it, so `atLeast: 30` also finds who was never contacted. */
function daysSinceEventReader(filter: EventFilter, comparison: Comparison): FactReader {
  const ages = changingAges(comparison);
  return (timeline, now, judgement) => {
    if (timeline.unread?.includes(filter.kind)) return undefined;
    let latest = -Infinity;
    for (const event of timeline.events) {
      if (event.kind !== filter.kind || !filter.matches(event)) continue;
      if (event.at > now) judgement.changesAt(event.at);
      else if (event.at > latest) latest = event.at;
    }
    return daysSince(latest, ages, now, judgement);
  };
}

function daysSinceFieldReader(field: string, comparison: Comparison): FactReader {
  const ages = changingAges(comparison);
  return (timeline, now, judgement) => {
    const value = timeline.fields[field];
    const at = typeof value === 'string' ? Date.parse(value) : NaN;
    return Number.isNaN(at) ? undefined : daysSince(at, ages, now, judgement);
  };
}

/** Whole days from `at` to `now`; negative for an instant to come. */
function daysSince(at: number, ages: readonly number[], now: number, judgement: Judgement): number {
  const days = Math.floor((now - at) / dayMs);
  const next = ages.find((age) => age > days);
  if (next !== undefined && at !== -Infinity) judgement.changesAt(at + next * dayMs);
  return days;
}

/** The ages in whole days, ascending, on reaching which a comparison of an age can change. */
function changingAges({ atLeast, atMost, above, below, ...rest }: Comparison): readonly number[] {
  const listed = [rest.is, rest.isNot, rest.in, rest.notIn].flat().filter((value) => typeof value === 'number');
  const ages = [
    ...[atLeast, below].flatMap((bound) => (bound === undefined ? [] : [Math.ceil(bound)])),
    ...[atMost, above].flatMap((bound) => (bound === undefined ? [] : [Math.floor(bound) + 1])),
    ...listed.flatMap((value) => [Math.ceil(value), Math.floor(value) + 1]),
  ];
  return [...new Set(ages)].sort((a, b) => a - b);
}
