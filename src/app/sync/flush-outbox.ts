import { PortError, type Crm, type OutboxItem, type Progress, type Store, type WriteResult } from '../ports.ts';
import { findRowIds } from './find-row-ids.ts';
import { leadStates } from './lead-states.ts';
import { mirrorWrites, type Written } from './mirror-writes.ts';

export type Flushed = {
  readonly written: number;
  /** Writes that the org refused, for good or for the moment. */
  readonly failed: number;
};

/** Intents taken from the outbox at a time, and how large their records may be together: they are held in memory. */
const chunk = { intents: 10_000, bytes: 32_000_000 };

/** A lead whose write was given up is judged again after this long: what stood in the way may be gone. */
const secondChanceMs = 3_600_000;

/**
 * Sends the outbox until it is empty or only intents are left that must wait.
 *
 * Every intent is keyed (upsert, update and delete by id), so sending one again after a crash changes nothing. What the
 * org did not get, for want of a session, of calls or of a line, stays as it was, and the failure is thrown.
 */
export async function flushOutbox(crm: Crm, store: Store, progress: Progress, now: number): Promise<Flushed> {
  const total = { written: 0, failed: 0 };
  const pending = await store.outbox.pending();
  if (pending === 0) return total;
  progress.start('Writing', pending);
  for (;;) {
    const items = await store.outbox.next(chunk.intents, chunk.bytes);
    if (items.length === 0) break;
    let blocked: PortError | undefined;
    for (const group of Map.groupBy(items, groupOf).values()) {
      const outcome = sort(group, await send(crm, group));
      await settle(store, outcome, now);
      total.written += outcome.done.length;
      total.failed += outcome.failed.length;
      progress.advance(outcome.done.length);
      blocked ??= outcome.blocked;
    }
    if (blocked) throw blocked;
  }
  progress.finish(`${total.written} written${total.failed > 0 ? `, ${total.failed} refused` : ''}`);
  return total;
}

const groupOf = (item: OutboxItem): string => `${item.object} ${item.kind}`;

async function send(crm: Crm, group: readonly OutboxItem[]): Promise<readonly WriteResult[]> {
  const [first] = group;
  if (!first) throw new PortError('bug', 'An empty group of writes was about to be sent.');
  const { object, kind, keyField } = first;
  const ids = kind === 'delete' ? await findRowIds(crm, group) : new Map<string, string>();
  const toRecord = ({ key, record }: OutboxItem): OutboxItem['record'] =>
    ids.has(key) ? { Id: ids.get(key) ?? null } : record;
  const records = group.map(toRecord);
  if (kind !== 'delete') return crm.write({ kind, object, ...(keyField && { key: keyField }), records });
  const there = records.filter((record) => record['Id'] !== null);
  const results = there.length > 0 ? await crm.write({ kind, object, records: there }) : [];
  const resultOf = new Map(there.map((record, index) => [record, results[index]]));
  return records.map((record) => resultOf.get(record) ?? { success: true, id: '', created: false });
}

type Outcome = {
  readonly done: Written[];
  readonly failed: { key: string; reason: string; retryable: boolean }[];
  /** Why some of the intents could not be tried; they stay as they were. */
  blocked: PortError | undefined;
};

function sort(group: readonly OutboxItem[], results: readonly WriteResult[]): Outcome {
  const outcome: Outcome = { done: [], failed: [], blocked: undefined };
  for (const [index, item] of group.entries()) {
    const result = results[index];
    if (!result) outcome.failed.push({ key: item.key, reason: 'The org gave no answer.', retryable: true });
    else if (result.success) outcome.done.push({ item, recordId: result.id });
    else if (isGone(item, result)) outcome.done.push({ item, recordId: String(item.record['Id']) });
    else if (result.unsent || result.code === 'limit') outcome.blocked ??= new PortError(result.code, result.reason);
    else outcome.failed.push({ key: item.key, reason: result.reason, retryable: result.code === 'retryable' });
  }
  return outcome;
}

/** Deleting what is deleted already is what was wanted. */
const isGone = (item: OutboxItem, result: WriteResult): boolean =>
  item.kind === 'delete' && !result.success && result.code === 'missing' && !result.unsent;

async function settle(store: Store, { done, failed }: Outcome, now: number): Promise<void> {
  await store.transaction(async () => {
    await mirrorWrites(store, done);
    await store.outbox.confirm(done.map(({ item }) => item.key));
    const buried = await store.outbox.fail(failed);
    await store.schedule.hasten(buried.map(leadStates.leadOf), now + secondChanceMs);
  });
}
