import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { PackedRows } from '../app/ports.ts';
import { CommitGroup } from './commit-group.ts';
import type { BatchRows, BatchStatement, SqlValue } from './sql.ts';
import type { SqliteTask } from './sqlite-protocol.ts';

const statementsKept = 200;

/** Performs tasks on a database file in the thread that it was made in. */
export class SqliteExecutor {
  readonly #db: DatabaseSync;
  readonly #group: CommitGroup;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(path: string, { readOnly = false } = {}) {
    this.#db = new DatabaseSync(path, { timeout: 5_000, readOnly });
    this.#db.exec('pragma cache_size = -16384; pragma foreign_keys = on');
    if (!readOnly) {
      // Large pages and rare checkpoints, because a full read writes hundreds of megabytes in one go.
      this.#db.exec('pragma page_size = 16384; pragma wal_autocheckpoint = 8000');
      // FULL, because a row that was answered for must survive a power cut.
      this.#db.exec('pragma journal_mode = wal; pragma synchronous = full');
    }
    this.#group = new CommitGroup(this.#db);
  }

  perform(task: SqliteTask): unknown {
    if (task.kind !== 'load') this.#group.commit();
    switch (task.kind) {
      case 'query':
        return this.#prepare(task.text).all(...task.params);
      case 'batch':
        return this.#atomically(() => this.#runStatements(task.statements, task.rows));
      case 'load':
        return this.#group.run(task.rows.ends.length, () =>
          this.#runStatements(task.statements, cellsOf(task.rows, task.also)),
        );
      case 'exec':
        this.#prepared.clear();
        this.#db.exec(task.text);
        break;
      case 'close':
        this.#db.close();
        break;
    }
    return undefined;
  }

  /** node:sqlite binds `$1` by name only, so the portable text is rewritten to `?1`, which binds by position. */
  #prepare(text: string): StatementSync {
    const known = this.#prepared.get(text);
    if (known) return known;
    if (this.#prepared.size >= statementsKept) this.#prepared.clear();
    const statement = this.#db.prepare(text.replaceAll(/\$(\d+)/g, '?$1'));
    this.#prepared.set(text, statement);
    return statement;
  }

  #atomically<T>(work: () => T): T {
    if (this.#db.isTransaction) return work();
    this.#db.exec('begin immediate');
    try {
      const result = work();
      this.#db.exec('commit');
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw error;
    }
  }

  #runStatements(statements: readonly BatchStatement[], rows: BatchRows): number {
    const changes = statements.map(({ text, take }) => runForEachRow(this.#prepare(text), take, rows));
    return changes[0] ?? 0;
  }
}

function runForEachRow(statement: StatementSync, take: readonly number[] | undefined, rows: BatchRows): number {
  let changes = 0;
  for (const row of rows) {
    const values = take ? take.map((index) => row[index] as SqlValue) : row;
    changes += Number(statement.run(...values).changes);
  }
  return changes;
}

/** The id and the text of each row; a row whose first value is no text has no id, and the table refuses it. */
function cellsOf({ bytes, ends }: PackedRows, also: number | undefined): BatchRows {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  return Array.from(ends, (end) => {
    const row = buffer.toString('utf8', start, end);
    start = end;
    const id = row[1] === '"' ? row.slice(2, row.indexOf('"', 2)) : null;
    return also === undefined ? [id, row] : [id, row, (JSON.parse(row) as SqlValue[])[also] ?? null];
  });
}
