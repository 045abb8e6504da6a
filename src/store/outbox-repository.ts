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

type Failure = { readonly key: string; readonly reason: string; readonly retryable: boolean };

export type OutboxOptions = {
  /** Failed attempts after which an intent is given up. */
  readonly maxAttempts: number;
  /** Epoch milliseconds, for when to try again and for the time of a dead letter. */
  readonly now: () => number;
};

/** How long an intent waits after its first failure; the wait doubles with each further one. */
const firstWaitMs = 30_000;
const longestWaitMs = 3_600_000;

/** Holds while an intent is the one that was handed out, not its successor. */
const isAsSent = 'digest = coalesce(sent_digest, digest)';

/** Stores intended writes until the CRM has confirmed them. */
export class OutboxRepository implements OutboxStore {
  readonly #sql: Sql;
  readonly #options: OutboxOptions;

  constructor(sql: Sql, options: OutboxOptions) {
    this.#sql = sql;
    this.#options = options;
  }

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
      insert into outbox (key, object, kind, key_field, record, digest) values ($1, $2, $3, $4, $5, $6)
      on conflict (key) do update set
        object = excluded.object, kind = excluded.kind, key_field = excluded.key_field, record = excluded.record,
        digest = excluded.digest, attempts = 0, not_before = 0
      where outbox.digest <> excluded.digest`;
    return this.#sql.batch([{ text }], rows);
  }

  async pendingAmong(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const slice of inSlices(keys)) {
      const text = `select key from outbox where key in (${parameters(slice.length)})`;
      for (const { key } of await this.#sql.query<{ key: string }>(text, slice)) found.add(key);
    }
    return found;
  }

  async withdraw(keys: readonly string[]): Promise<void> {
    await this.#sql.atomic(async () => {
      for (const slice of inSlices(keys)) {
        const among = `key in (${parameters(slice.length)})`;
        await this.#sql.query(`delete from outbox where ${among}`, slice);
        await this.#sql.query(`delete from dead_letter where ${among}`, slice);
      }
    });
  }

  /** Remembers what was handed out, so that an intent that changes while it is being sent is not confirmed by mistake. */
  async next(limit: number, bytes: number): Promise<readonly OutboxItem[]> {
    const rows = await this.#sql.atomic(async () => {
      const handed = `
        select seq from (
          select seq, own, sum(own) over (order by seq) as upto
          from (
            select seq, octet_length(record) as own from outbox where not_before <= $1 order by seq limit $2
          ) as ready
        ) as measured where upto - own < $3`;
      const found = await this.#sql.query<{ seq: number }>(handed, [this.#options.now(), limit, bytes]);
      const last = found.reduce((most, { seq }) => Math.max(most, seq), 0);
      const these = 'not_before <= $1 and seq <= $2';
      const params = [this.#options.now(), last];
      await this.#sql.query(`update outbox set sent_digest = digest where ${these}`, params);
      return this.#sql.query<OutboxRow>(
        `select key, object, kind, key_field, record, digest, attempts from outbox where ${these} order by seq`,
        params,
      );
    });
    const groups = Map.groupBy(rows, (row) => `${row.object} ${row.kind} ${row.key_field ?? ''}`);
    return [...groups.values()].flat().map(toItem);
  }

  async confirm(keys: readonly string[]): Promise<void> {
    await this.#sql.batch(
      [
        { text: 'delete from dead_letter where key = $1' },
        { text: `delete from outbox where key = $1 and ${isAsSent}` },
      ],
      keys.map((key) => [key]),
    );
  }

  /** An intent that was replaced while its predecessor failed stays: the failure says nothing about it. */
  async fail(failed: readonly Failure[]): Promise<readonly string[]> {
    return this.#sql.atomic(async () => {
      const attempts = await this.#attemptsOf(failed.map(({ key }) => key));
      const known = failed.filter(({ key }) => attempts.has(key));
      const isOver = ({ key, retryable }: Failure): boolean =>
        !retryable || (attempts.get(key) ?? 0) + 1 >= this.#options.maxAttempts;
      await this.#delay(
        known.filter((each) => !isOver(each)),
        attempts,
      );
      return this.#bury(known.filter(isOver));
    });
  }

  async #attemptsOf(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (const slice of inSlices(keys)) {
      const text = `select key, attempts from outbox where key in (${parameters(slice.length)}) and ${isAsSent}`;
      const rows = await this.#sql.query<{ key: string; attempts: number }>(text, slice);
      for (const { key, attempts } of rows) found.set(key, attempts);
    }
    return found;
  }

  async #delay(failed: readonly Failure[], attempts: ReadonlyMap<string, number>): Promise<void> {
    const now = this.#options.now();
    const rows = failed.map(({ key }) => {
      const before = attempts.get(key) ?? 0;
      return [key, before + 1, now + Math.min(longestWaitMs, firstWaitMs * 2 ** before)];
    });
    await this.#sql.batch([{ text: 'update outbox set attempts = $2, not_before = $3 where key = $1' }], rows);
  }

  async #bury(failed: readonly Failure[]): Promise<readonly string[]> {
    const at = new Date(this.#options.now()).toISOString();
    const bury = `
      insert into dead_letter (key, object, reason, at) select key, object, $2, $3 from outbox where key = $1
      on conflict (key) do update set object = excluded.object, reason = excluded.reason, at = excluded.at`;
    await this.#sql.batch(
      [{ text: bury }, { text: 'delete from outbox where key = $1', take: [0] }],
      failed.map(({ key, reason }) => [key, reason, at]),
    );
    return failed.map(({ key }) => key);
  }

  async pending(): Promise<number> {
    const rows = await this.#sql.query<{ n: number }>('select count(*) as n from outbox');
    return rows[0]?.n ?? 0;
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#sql.query<DeadLetter>('select key, object, reason, at from dead_letter order by at, key');
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
