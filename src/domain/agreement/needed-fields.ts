import type { EventKind } from '../timeline/timeline.ts';
import { factEvents, factField, fieldName } from './fact-source.ts';
import type { Agreement, Where } from './schema.ts';

/** Names the fields that the agreement's facts read: object → field API names, sorted. */
export function neededFields(agreement: Agreement): ReadonlyMap<string, readonly string[]> {
  const paths = Object.values(agreement.facts).flatMap((fact) => factField(fact) ?? []);
  return new Map([['Lead', [...new Set(paths.map(fieldName))].sort()]]);
}

/** Names the kinds of event that the agreement's facts count or date, with the attributes that they test: no others need be read. */
export function neededEvents(agreement: Agreement): ReadonlyMap<EventKind, ReadonlySet<EventAttribute>> {
  const needed = new Map<EventKind, Set<EventAttribute>>();
  for (const fact of Object.values(agreement.facts)) {
    const kind = factEvents(fact);
    if (kind === undefined) continue;
    const attributes = needed.get(kind) ?? new Set();
    const where = 'where' in fact ? (fact.where ?? {}) : {};
    for (const attribute of Object.keys(where)) attributes.add(attribute as EventAttribute);
    needed.set(kind, attributes);
  }
  return needed;
}

export type EventAttribute = keyof Where;
