import { PortError, type Crm, type OutboxItem, type Progress, type Store, type WriteResult } from '../ports.ts';
import { leadStates } from './lead-states.ts';

export type Flushed = { readonly written: number; readonly failed: number };

const chunk = 10_000;

/** A pass tries what the org refused for the moment this often; the rest waits for the next pass. */
const rounds = 3;

/**
 * Sends the outbox until it is empty or only refused intents are left.
 *
 * Every intent is keyed (upsert, update and delete by id), so sending one again after a crash changes nothing.
 */
export async function flushOutbox(crm: Crm, store: Store, progress: Progress): Promise<Flushed> {
  const total = { written: 0, failed: 0 };
  const pending = await store.outbox.pending();
  if (pending === 0) return total;
  progress.start('Writing', pending);
  for (let refusedRounds = 0; refusedRounds < rounds;) {
    const items = await store.outbox.next(chunk);
    if (items.length === 0) break;
    let refused = 0;
    for (const group of Map.groupBy(items, groupOf).values()) {
      const results = await send(crm, group);
      const outcome = await settle(store, group, results);
      total.written += outcome.written;
      total.failed += outcome.failed;
      refused += outcome.refused;
      progress.advance(group.length - outcome.refused);
    }
    if (refused > 0) refusedRounds += 1;
  }
  progress.finish(`${total.written} written${total.failed > 0 ? `, ${total.failed} failed` : ''}`);
  return total;
}

const groupOf = (item: OutboxItem): string => `${item.object} ${item.kind}`;

function send(crm: Crm, group: readonly OutboxItem[]): Promise<readonly WriteResult[]> {
  const [first] = group;
  if (!first) throw new PortError('bug', 'An empty group of writes was about to be sent.');
  const { object, kind, keyField } = first;
  return crm.write({ kind, object, ...(keyField && { key: keyField }), records: group.map((item) => item.record) });
}

async function settle(
  store: Store,
  group: readonly OutboxItem[],
  results: readonly WriteResult[],
): Promise<{ written: number; failed: number; refused: number }> {
  const done: { item: OutboxItem; recordId: string }[] = [];
  const failed: { key: string; reason: string; retryable: boolean }[] = [];
  for (const [index, item] of group.entries()) {
    const result = results[index];
    if (result?.success) done.push({ item, recordId: result.id });
    else if (result && isGone(item, result)) done.push({ item, recordId: String(item.record['Id']) });
    else
      failed.push({ key: item.key, reason: result?.reason ?? 'The org gave no answer.', retryable: retryable(result) });
  }
  await store.transaction(async () => {
    await mirrorOutcome(store, done);
    await store.outbox.confirm(done.map(({ item, recordId }) => ({ key: item.key, recordId })));
    await store.outbox.fail(failed);
  });
  const refused = failed.filter((each) => each.retryable).length;
  return { written: done.length, failed: failed.length - refused, refused };
}

/** Deleting what is deleted already is what was wanted. */
const isGone = (item: OutboxItem, result: WriteResult): boolean =>
  item.kind === 'delete' && !result.success && result.code === 'missing';

const retryable = (result: WriteResult | undefined): boolean =>
  !result || (!result.success && (result.code === 'retryable' || result.code === 'limit'));

/** The mirror learns what was written, so that reading it back is no change and starts no evaluation. */
async function mirrorOutcome(store: Store, done: readonly { item: OutboxItem; recordId: string }[]): Promise<void> {
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
