import type { FieldChange } from '../../domain/timeline/timeline.ts';

/** The platform stamps a record whole seconds after its history at most. */
const stampsApartMs = 2_000;

/**
 * Joins what histories tell with what the service saw itself, oldest first.
 *
 * A change that a history tells too is taken from there: an observation knows no more than the record's stamp, which a
 * later change of another field may have moved.
 */
export function mergeChanges(told: readonly FieldChange[], observed: readonly FieldChange[]): readonly FieldChange[] {
  if (observed.length === 0) return told.toSorted(byInstant);
  const byField = Map.groupBy(told, fieldKey);
  const lastSeen = new Map<string, number>();
  const own = observed.toSorted(byInstant).filter((change) => {
    const after = lastSeen.get(fieldKey(change)) ?? -Infinity;
    lastSeen.set(fieldKey(change), change.at);
    const same = byField.get(fieldKey(change)) ?? [];
    return !same.some(({ at, to }) => to === change.to && at > after && at <= change.at + stampsApartMs);
  });
  return [...told, ...own].toSorted(byInstant);
}

const fieldKey = ({ object, field }: FieldChange): string => `${object}.${field}`;

const byInstant = (a: FieldChange, b: FieldChange): number => a.at - b.at;
