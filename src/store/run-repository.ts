import type { RunKind, RunRecord, RunStore } from '../app/ports.ts';
import type { Sql } from './sql.ts';

type RunRow = {
  id: number;
  kind: RunKind;
  started_at: string;
  finished_at: string | null;
  read: number;
  written: number;
  failed: number;
};

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

  async last(): Promise<RunRecord | undefined> {
    const rows = await this.#sql.query<RunRow>('select * from run order by id desc limit 1');
    return rows[0] && toRun(rows[0]);
  }
}

const toRun = (row: RunRow): RunRecord => ({
  id: row.id,
  kind: row.kind,
  startedAt: row.started_at,
  finishedAt: row.finished_at ?? undefined,
  read: row.read,
  written: row.written,
  failed: row.failed,
});
