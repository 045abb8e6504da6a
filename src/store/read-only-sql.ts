import { PortError } from '../app/ports.ts';
import type { SqlDatabase, SqlValue } from './sql.ts';
import { SqliteExecutor } from './sqlite-executor.ts';

/**
 * SQLite for reading only, in the thread of the caller.
 *
 * For threads that do nothing else: a row that is read here is not copied from thread to thread.
 */
export class ReadOnlySql implements SqlDatabase {
  readonly #executor: SqliteExecutor;

  constructor(path: string) {
    this.#executor = new SqliteExecutor(path, { readOnly: true });
  }

  async query<Row>(text: string, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return this.#executor.perform({ kind: 'query', text, params }) as readonly Row[];
  }

  async batch(): Promise<number> {
    throw readsOnly();
  }

  async load(): Promise<number> {
    throw readsOnly();
  }

  /** What makes tables and indexes where they are missing does nothing: whoever opened the store to write has made them. */
  async exec(): Promise<void> {}

  atomic<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  inTransaction(): boolean {
    return false;
  }

  close(): void {
    this.#executor.perform({ kind: 'close' });
  }
}

const readsOnly = (): PortError => new PortError('bug', 'A store that was opened for reading was to be written');
