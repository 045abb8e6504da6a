import type { EventKind } from '../timeline/timeline.ts';
import type { Agreement } from './schema.ts';

/** Names the fields that the agreement's facts read: object → field API names, sorted. */
export function neededFields(agreement: Agreement): ReadonlyMap<string, readonly string[]> {
  const paths = Object.values(agreement.facts).flatMap((fact) => {
    if ('field' in fact) return [fact.field];
    if ('emailDomain' in fact) return [fact.emailDomain];
    return 'daysSince' in fact && !isEventKind(fact.daysSince) ? [fact.daysSince] : [];
  });
  const fields = new Set(paths.map(fieldName));
  return new Map([['Lead', [...fields].sort()]]);
}

/** Names the kinds of event that the agreement's facts count or date: what need not be read otherwise. */
export function usesEvents(agreement: Agreement): ReadonlySet<EventKind> {
  const kinds = new Set<EventKind>();
  for (const fact of Object.values(agreement.facts)) {
    if ('count' in fact) kinds.add(fact.count);
    if ('daysSince' in fact && isEventKind(fact.daysSince)) kinds.add(fact.daysSince);
  }
  return kinds;
}

export const isEventKind = (source: string): source is EventKind => source === 'activity' || source === 'response';

/** `Lead.Industry` → `Industry`. */
export const fieldName = (path: string): string => path.slice(path.indexOf('.') + 1);
