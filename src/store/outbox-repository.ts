import type { CrmRecord, DeadLetter, OutboxEntry, OutboxItem, OutboxStore, WriteKind } from '../app/ports.ts';
import { inSlices, parameters } from './in-slices.ts';
import type { Sql } from './sql.ts';

type OutboxRow = {
  key: string;
  object: string;
  kind: WriteKind;
  key_field: string | null;
  record: string;
  digest: string;
  attempts: number;
};

type Confirmed = { readonly digest: string; readonly recordId: string };

export type OutboxOptions = {
  /** Failed attempts after which an intent is given up. */
  readonly maxAttempts: number;
  /** Epoch milliseconds, for the time of a dead letter. */
  readonly now: () => number;
};

/** Stores intended writes until the CRM has confirmed them. */
export class OutboxRepository implements OutboxStore {
  readonly #sql: Sql;
  readonly #options: OutboxOptions;

  constructor(sql: Sql, options: OutboxOptions) {
    this.#sql = sql;
    this.#options = options;
  }

  /** An intent that is already pending is replaced even when the CRM once confirmed the new digest: the pending one may be on its way. */
  async enqueue(entries: readonly OutboxEntry[]): Promise<number> {
    const newest = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
    const rows = newest.map((entry) => [
      entry.key,
      entry.object,
      entry.kind,
      entry.keyField ?? null,
      JSON.stringify(entry.record),
      entry.digest,
    ]);
    const text = `
      insert into outbox (key, object, kind, key_field, record, digest)
      select $1, $2, $3, $4, $5, $6
      where not exists (select 1 from outbox_confirmed where key = $1 and digest = $6)
         or exists (select 1 from outbox where key = $1)
      on conflict (key) do update set
        object = excluded.object, kind = excluded.kind, key_field = excluded.key_field, record = excluded.record,
        digest = excluded.digest, attempts = 0
      where outbox.digest <> excluded.digest`;
    return this.#sql.batch([{ text }], rows);
  }

  /** Remembers what was handed out, so that an intent that changes while it is being sent is not confirmed by mistake. */
  async next(limit: number): Promise<readonly OutboxItem[]> {
    const rows = await this.#sql.atomic(async () => {
      await this.#sql.query(
        'update outbox set sent_digest = digest where seq in (select seq from outbox order by seq limit $1)',
        [limit],
      );
      return this.#sql.query<OutboxRow>(
        'select key, object, kind, key_field, record, digest, attempts from outbox order by seq limit $1',
        [limit],
      );
    });
    const groups = Map.groupBy(rows, (row) => `${row.object} ${row.kind} ${row.key_field ?? ''}`);
    return [...groups.values()].flat().map(toItem);
  }

  async confirm(done: readonly { readonly key: string; readonly recordId: string }[]): Promise<void> {
    const remember = `
      insert into outbox_confirmed (key, digest, record_id)
      select key, coalesce(sent_digest, digest), $2 from outbox where key = $1
      on conflict (key) do update set digest = excluded.digest, record_id = excluded.record_id`;
    await this.#sql.batch(
      [
        { text: remember },
        { text: 'delete from dead_letter where key = $1', take: [0] },
        { text: 'delete from outbox where key = $1 and digest = coalesce(sent_digest, digest)', take: [0] },
      ],
      done.map(({ key, recordId }) => [key, recordId]),
    );
  }

  /** An intent that was replaced while its predecessor failed stays: the failure says nothing about it. */
  async fail(
    failed: readonly { readonly key: string; readonly reason: string; readonly retryable: boolean }[],
  ): Promise<void> {
    const at = new Date(this.#options.now()).toISOString();
    const givenUp = `key = $1 and digest = coalesce(sent_digest, digest) and attempts >= $3`;
    const bury = `
      insert into dead_letter (key, object, reason, at) select key, object, $2, '${at}' from outbox where ${givenUp}
      on conflict (key) do update set object = excluded.object, reason = excluded.reason, at = excluded.at`;
    await this.#sql.batch(
      [
        {
          text: 'update outbox set attempts = attempts + 1 where key = $1 and digest = coalesce(sent_digest, digest)',
          take: [0],
        },
        { text: bury },
        { text: `delete from outbox where ${givenUp.replace('$3', '$2')}`, take: [0, 2] },
      ],
      failed.map(({ key, reason, retryable }) => [key, reason, retryable ? this.#options.maxAttempts : 0]),
    );
  }

  async pending(): Promise<number> {
    const rows = await this.#sql.query<{ n: number }>('select count(*) as n from outbox');
    return rows[0]?.n ?? 0;
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#sql.query<DeadLetter>('select key, object, reason, at from dead_letter order by at, key');
  }

  async confirmed(keys: readonly string[]): Promise<ReadonlyMap<string, Confirmed>> {
    const found = new Map<string, Confirmed>();
    for (const slice of inSlices(keys)) {
      const rows = await this.#sql.query<{ key: string; digest: string; record_id: string }>(
        `select key, digest, record_id from outbox_confirmed where key in (${parameters(slice.length)})`,
        slice,
      );
      for (const row of rows) found.set(row.key, { digest: row.digest, recordId: row.record_id });
    }
    return found;
  }

  async forget(keys: readonly string[]): Promise<void> {
    await this.#sql.batch(
      [{ text: 'delete from outbox_confirmed where key = $1' }],
      keys.map((key) => [key]),
    );
  }
}

const toItem = (row: OutboxRow): OutboxItem => ({
  key: row.key,
  object: row.object,
  kind: row.kind,
  ...(row.key_field === null ? {} : { keyField: row.key_field }),
  record: JSON.parse(row.record) as CrmRecord,
  digest: row.digest,
  attempts: row.attempts,
});
