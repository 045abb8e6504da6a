import { factField, objectName } from '../agreement/fact-source.ts';
import type { Agreement, Comparison, Fact } from '../agreement/schema.ts';
import type { Timeline, TimelineEvent } from '../timeline/timeline.ts';
import { stepsOf } from './age-steps.ts';
import { eventChange, fieldChange, fieldOf, ownerChange, type Change } from './change.ts';
import { compileFact } from './compile-fact.ts';
import { exampleEvent } from './example-event.ts';
import { exampleValues } from './example-values.ts';
import { Judgement } from './judgement.ts';

/** A fact that changes could be made to, and what it is compared with. */
export type Wanted = {
  readonly fact: string;
  readonly comparisons: readonly Comparison[];
  /** How many more of it a score asks for. */
  readonly more: readonly number[];
};

const mostEvents = 100;

/** Lists changes of one fact that may make something of a difference; which of them do is for trying out. */
export function changeCandidates(
  { fact: name, comparisons, more }: Wanted,
  agreement: Agreement,
  timeline: Timeline,
  now: number,
): readonly Change[] {
  const fact = agreement.facts[name];
  if (!fact || 'score' in fact || 'daysInStage' in fact) return [];
  const values = [...new Set(comparisons.flatMap((each) => exampleValues(each, agreement)))];
  if ('owner' in fact) {
    return values.flatMap((value) =>
      typeof value === 'string' ? [ownerChange(name, ownerWith(fact.owner, value))] : [],
    );
  }
  const field = factField(fact);
  if (field === undefined) return eventCandidates(name, fact, { comparisons, more, values }, agreement, timeline, now);
  if ('daysSince' in fact || !canBeWritten(timeline, field)) return [];
  const current = fieldOf(timeline, field);
  return values.map((value) => {
    const written = 'emailDomain' in fact && typeof value === 'string' ? `person@${value}` : value;
    return fieldChange(name, field, written, current);
  });
}

/** A record that does not exist has no fields to fill: conversion makes it. */
const canBeWritten = (timeline: Timeline, field: string): boolean => {
  const object = objectName(field);
  return object === 'Lead' || timeline.related?.[object] !== undefined;
};

const ownerWith = (key: 'kind' | 'name' | 'id', value: string): NonNullable<Timeline['owner']> => ({
  id: key === 'id' ? value : 'another',
  kind: key === 'kind' && value.toLowerCase() === 'queue' ? 'queue' : 'user',
  name: key === 'name' ? value : 'another',
});

type Asked = Pick<Wanted, 'comparisons' | 'more'> & { readonly values: ReturnType<typeof exampleValues> };

function eventCandidates(
  name: string,
  fact: Exclude<Fact, { score: unknown }>,
  { comparisons, more, values }: Asked,
  agreement: Agreement,
  timeline: Timeline,
  now: number,
): readonly Change[] {
  if ('latest' in fact) {
    return values.flatMap((value) => changeOf(name, [exampleEvent(fact, agreement, now, { name: fact.of, value })]));
  }
  if ('daysSince' in fact) return changeOf(name, [exampleEvent(fact, agreement, now)]);
  const bounds = comparisons.flatMap((each) => {
    const steps = stepsOf(each);
    return 'wholesTo' in steps ? [] : steps.bounds;
  });
  const current = compileFact(fact, { bounds: [], ages: [] }, agreement)(timeline, now, new Judgement([]));
  if (typeof current !== 'number') return [];
  if ('sum' in fact) {
    return bounds
      .flatMap((bound) => [bound - current, Math.floor(bound - current) + 1])
      .flatMap((value) => changeOf(name, [exampleEvent(fact, agreement, now, { name: fact.of, value })]));
  }
  const counts = [...more, ...bounds.flatMap((bound) => [Math.ceil(bound - current), Math.floor(bound - current) + 1])];
  return [...new Set(counts)]
    .filter((count) => count > 0 && count <= mostEvents)
    .flatMap((count) => changeOf(name, examples(fact, agreement, now, count)));
}

/** So many events; of different values where a fact counts those. */
const examples = (fact: Fact, agreement: Agreement, now: number, count: number): (TimelineEvent | undefined)[] =>
  Array.from({ length: count }, (_, index) => {
    const value = 'distinct' in fact ? { name: fact.of, value: `another ${index}` } : undefined;
    return exampleEvent(fact, agreement, now, value);
  });

function changeOf(name: string, events: readonly (TimelineEvent | undefined)[]): readonly Change[] {
  const made = events.filter((event) => event !== undefined);
  return made.length < events.length ? [] : [eventChange(name, made)];
}
