import type { CrmRecord } from '../ports.ts';
import type { MirrorPlan } from './mirrored-object.ts';

/** Records without the values of fields that are not read any more: those are old, and the user may not see them now. */
export function readable(records: readonly CrmRecord[], fields: readonly string[]): readonly CrmRecord[] {
  const known = new Set(fields);
  const stale = Object.keys(records[0] ?? {}).some((name) => !known.has(name));
  if (!stale) return records;
  return records.map((each) => Object.fromEntries(Object.entries(each).filter(([name]) => known.has(name))));
}

export const fieldsOf = ({ objects }: MirrorPlan, name: string): readonly string[] =>
  objects.find(({ object }) => object === name)?.fields ?? [];
