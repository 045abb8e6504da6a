import type { EventKind, PersonObject } from '../timeline/timeline.ts';
import { eventKinds } from './fact-schema.ts';
import type { Fact, Where } from './schema.ts';

/** The field that a fact reads, with its object, such as `Lead.Industry`; undefined for facts about anything else. */
export function factField(fact: Fact): string | undefined {
  if ('field' in fact) return fact.field;
  if ('emailDomain' in fact) return fact.emailDomain;
  return 'daysSince' in fact && !isEventKind(fact.daysSince) ? fact.daysSince : undefined;
}

/** The kind of event that a fact counts, adds up, reads or dates; undefined for facts about anything else. */
export function factEvents(fact: Fact): EventKind | undefined {
  if ('count' in fact) return fact.count;
  if ('sum' in fact) return fact.sum;
  if ('latest' in fact) return fact.latest;
  if ('distinct' in fact) return fact.distinct;
  return 'daysSince' in fact && isEventKind(fact.daysSince) ? fact.daysSince : undefined;
}

/** What the events of a fact must have; nothing for all events of the kind. */
export const factWhere = (fact: Fact): Where => ('where' in fact ? fact.where : undefined) ?? {};

/** The attributes of events that a fact tests or reads. */
export const factAttributes = (fact: Fact): readonly string[] => [
  ...Object.keys(factWhere(fact)),
  ...('of' in fact ? [fact.of] : []),
];

/** `Lead.Industry` → `Industry`. */
export const fieldName = (path: string): string => path.slice(path.indexOf('.') + 1);

/** `Lead.Industry` → `Lead`. */
export const objectName = (path: string): PersonObject => path.slice(0, path.indexOf('.')) as PersonObject;

const isEventKind = (source: string): source is EventKind => (eventKinds as readonly string[]).includes(source);
