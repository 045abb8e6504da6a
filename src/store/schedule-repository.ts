import type { ScheduleStore } from '../app/ports.ts';
import type { Sql } from './sql.ts';

type Entry = { readonly id: string; readonly dueAt: number | undefined };

/** Stores when each person must be judged again. */
export class ScheduleRepository implements ScheduleStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async plan(entries: readonly Entry[]): Promise<void> {
    const newest = [...new Map(entries.map((entry) => [entry.id, entry.dueAt]))];
    const set = newest.filter(([, dueAt]) => dueAt !== undefined).map(([id, dueAt]) => [id, dueAt as number]);
    const gone = newest.filter(([, dueAt]) => dueAt === undefined).map(([id]) => [id]);
    const upsert = `insert into schedule (id, due_at) values ($1, $2)
      on conflict (id) do update set due_at = excluded.due_at where schedule.due_at <> excluded.due_at`;
    await this.#sql.atomic(async () => {
      await this.#sql.batch([{ text: upsert }], set);
      await this.#sql.batch([{ text: 'delete from schedule where id = $1' }], gone);
    });
  }

  async due(now: number, limit: number): Promise<readonly string[]> {
    const text = 'select id from schedule where due_at <= $1 order by due_at, id limit $2';
    return (await this.#sql.query<{ id: string }>(text, [now, limit])).map((row) => row.id);
  }

  async hasten(ids: readonly string[], dueAt: number): Promise<void> {
    const text = `insert into schedule (id, due_at) values ($1, $2)
      on conflict (id) do update set due_at = excluded.due_at where schedule.due_at > excluded.due_at`;
    await this.#sql.batch(
      [{ text }],
      [...new Set(ids)].map((id) => [id, dueAt]),
    );
  }
}
