import type { CrmRecord, ObservedChange, Store } from '../ports.ts';
import { handOffRows } from './hand-off-rows.ts';

export type KnownHandOffs = { readonly rows: readonly CrmRecord[]; readonly observed: readonly ObservedChange[] };

/** Reads the rows that the org holds of each lead, and when their answers were seen. */
export async function readHandOffs(
  store: Store,
  leadIds: readonly string[],
): Promise<(leadId: string) => KnownHandOffs> {
  const rows = await store.mirror.children(handOffRows.object, handOffRows.parent, leadIds);
  const observed = await store.observations.of(rows.map((row) => String(row['Id'])));
  const rowsOf = Map.groupBy(rows, (row) => row[handOffRows.parent]);
  return (leadId) => ({ rows: rowsOf.get(leadId) ?? [], observed });
}
