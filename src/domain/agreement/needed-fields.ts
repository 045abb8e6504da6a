import type { EventKind } from '../timeline/timeline.ts';
import { factEvents, factField, fieldName } from './fact-source.ts';
import type { Agreement } from './schema.ts';

/** Names the fields that the agreement's facts read: object → field API names, sorted. */
export function neededFields(agreement: Agreement): ReadonlyMap<string, readonly string[]> {
  const paths = Object.values(agreement.facts).flatMap((fact) => factField(fact) ?? []);
  return new Map([['Lead', [...new Set(paths.map(fieldName))].sort()]]);
}

/** Names the kinds of event that the agreement's facts count or date: other kinds need not be read. */
export function usesEvents(agreement: Agreement): ReadonlySet<EventKind> {
  return new Set(Object.values(agreement.facts).flatMap((fact) => factEvents(fact) ?? []));
}
