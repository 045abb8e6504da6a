import { handOffRows } from '../hand-offs/hand-off-rows.ts';
import type { CrmRecord, OutboxItem, Store } from '../ports.ts';
import { leadStates } from './lead-states.ts';

/** An intent that the org has carried out, and the record that it wrote. */
export type Written = { readonly item: OutboxItem; readonly recordId: string };

/** Tells the mirror what was written, so that reading it back is no change and starts no evaluation. */
export async function mirrorWrites(store: Store, done: readonly Written[]): Promise<void> {
  const states = done.filter(({ item }) => item.object === leadStates.object);
  const upserts = states.filter(({ item }) => item.kind === 'upsert');
  await store.mirror.save(
    leadStates.object,
    leadStates.mirrored,
    upserts.map(({ item, recordId }) => leadStates.toMirrorRow(recordId, item.record)),
  );
  const deletes = states.filter(({ item }) => item.kind === 'delete');
  await store.mirror.remove(
    leadStates.object,
    deletes.map(({ recordId }) => recordId),
  );
  await mirrorHandOffs(
    store,
    done.filter(({ item }) => item.object === handOffRows.object),
  );
  await mirrorLeads(
    store,
    done.filter(({ item }) => item.object === 'Lead').map(({ item }) => item),
  );
}

async function mirrorLeads(store: Store, items: readonly OutboxItem[]): Promise<void> {
  const leads = await store.mirror.get(
    'Lead',
    items.map((item) => String(item.record['Id'])),
  );
  const written = new Map(items.map((item) => [item.record['Id'], item.record]));
  const [first] = leads;
  if (!first) return;
  const columns = Object.keys(first);
  const rows = leads.map((lead) => {
    const now = { ...lead, ...written.get(lead['Id'] ?? null) };
    return columns.map((column) => now[column] ?? null);
  });
  await store.mirror.save('Lead', columns, rows);
}

/** What a rep has answered stays as it was last read. */
async function mirrorHandOffs(store: Store, done: readonly Written[]): Promise<void> {
  if (done.length === 0) return;
  const ids = done.map(({ recordId }) => recordId);
  const known = new Map((await store.mirror.get(handOffRows.object, ids)).map((row) => [row['Id'], row]));
  const rows = done.map(({ item, recordId }) => {
    const now: CrmRecord = { IsDeleted: false, ...known.get(recordId), ...item.record, Id: recordId };
    return handOffRows.mirrored.map((field) => now[field] ?? null);
  });
  await store.mirror.save(handOffRows.object, handOffRows.mirrored, rows);
}
