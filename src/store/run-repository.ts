import type { RunKind, RunStore } from '../app/ports.ts';
import type { Sql } from './sql.ts';

/** Stores when syncs ran and what they did. */
export class RunRepository implements RunStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async begin(kind: RunKind, at: string): Promise<number> {
    const rows = await this.#sql.query<{ id: number }>(
      'insert into run (kind, started_at) values ($1, $2) returning id',
      [kind, at],
    );
    return (rows[0] as { id: number }).id;
  }

  async finish(id: number, at: string, totals: { read: number; written: number; failed: number }): Promise<void> {
    await this.#sql.query('update run set finished_at = $2, read = $3, written = $4, failed = $5 where id = $1', [
      id,
      at,
      totals.read,
      totals.written,
      totals.failed,
    ]);
  }

  async lastFinished(): Promise<string | undefined> {
    const rows = await this.#sql.query<{ at: string | null }>('select max(finished_at) as at from run');
    return rows[0]?.at ?? undefined;
  }
}
