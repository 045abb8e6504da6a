import type { EventKind } from '../timeline/timeline.ts';
import type { Fact } from './schema.ts';

/** The field that a fact reads, with its object, such as `Lead.Industry`; undefined for facts about events. */
export function factField(fact: Fact): string | undefined {
  if ('field' in fact) return fact.field;
  if ('emailDomain' in fact) return fact.emailDomain;
  return 'daysSince' in fact && !isEventKind(fact.daysSince) ? fact.daysSince : undefined;
}

/** The kind of event that a fact counts or dates; undefined for facts about fields. */
export function factEvents(fact: Fact): EventKind | undefined {
  if ('count' in fact) return fact.count;
  return 'daysSince' in fact && isEventKind(fact.daysSince) ? fact.daysSince : undefined;
}

/** `Lead.Industry` → `Industry`. */
export const fieldName = (path: string): string => path.slice(path.indexOf('.') + 1);

const isEventKind = (source: string): source is EventKind => source === 'activity' || source === 'response';
