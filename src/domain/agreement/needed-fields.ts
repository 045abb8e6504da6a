import type { EventKind, PersonObject } from '../timeline/timeline.ts';
import { factAttributes, factEvents, factField, fieldName, objectName } from './fact-source.ts';
import { isClock } from './promise-schema.ts';
import type { Agreement } from './schema.ts';

/** Names the fields that the agreement's facts and outcome read: object → field API names, sorted; always with Lead. */
export function neededFields(agreement: Agreement): ReadonlyMap<PersonObject, readonly string[]> {
  const paths = [
    ...Object.values(agreement.facts).flatMap((fact) => factField(fact) ?? []),
    ...outcomeFields(agreement),
  ];
  const needed = new Map<PersonObject, Set<string>>([['Lead', new Set()]]);
  for (const path of paths) {
    const object = objectName(path);
    const fields = needed.get(object) ?? new Set();
    needed.set(object, fields.add(fieldName(path)));
  }
  return new Map([...needed].map(([object, fields]) => [object, [...fields].sort()]));
}

function outcomeFields({ outcome }: Agreement): readonly string[] {
  if (!outcome) return [];
  const value = outcome.value === undefined ? [] : [outcome.value];
  if (outcome.success === 'converted') return ['Lead.IsConverted', ...value];
  return outcome.success === 'won' ? ['Opportunity.IsWon', ...value] : value;
}

/** Names the kinds of event that facts are about and that promises wait for, with the attributes that they test: no others need be read. */
export function neededEvents(agreement: Agreement): ReadonlyMap<EventKind, ReadonlySet<EventAttribute>> {
  const needed = new Map<EventKind, Set<EventAttribute>>();
  for (const fact of Object.values(agreement.facts)) {
    const kind = factEvents(fact);
    if (kind === undefined) continue;
    const attributes = needed.get(kind) ?? new Set();
    for (const attribute of factAttributes(fact)) attributes.add(attribute);
    needed.set(kind, attributes);
  }
  if (agreement.promises?.some(isClock)) {
    needed.set('activity', new Set([...(needed.get('activity') ?? []), 'type', 'subtype']));
  }
  return needed;
}

/** Whether facts read the owner of the lead. */
export const needsOwner = (agreement: Agreement): boolean =>
  Object.values(agreement.facts).some((fact) => 'owner' in fact);

export type EventAttribute = string;
