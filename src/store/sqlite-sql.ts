import { AsyncLocalStorage } from 'node:async_hooks';
import { type Transferable, Worker } from 'node:worker_threads';
import { type PackedRows, PortError } from '../app/ports.ts';
import type { BatchRows, BatchStatement, Sql, SqlValue } from './sql.ts';
import type { SqliteAnswer, SqliteRequest, SqliteTask } from './sqlite-protocol.ts';

/** Where a caller is: in a transaction, or in a rehearsal, whose transactions are parts of it. */
type Scope = { open: boolean; readonly rehearses: boolean };

type Waiting = { resolve(result: unknown): void; reject(error: Error): void };

/** SQLite in a thread of its own. Statements of others wait while a transaction is open: the connection is shared. */
export class SqliteSql implements Sql {
  readonly #path: string;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #scope = new AsyncLocalStorage<Scope>();
  #transaction: Promise<void> | undefined;
  #lastId = 0;
  #dead: PortError | undefined;

  constructor(path: string) {
    this.#path = path;
    const file = import.meta.url.endsWith('.ts') ? './sqlite-worker.ts' : './sqlite-worker.js';
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: { path } });
    this.#worker.on('message', (answer: SqliteAnswer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the database thread ended')));
    this.#worker.unref();
  }

  async query<Row>(text: string, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return (await this.#perform({ kind: 'query', text, params })) as readonly Row[];
  }

  async batch(statements: readonly BatchStatement[], rows: BatchRows): Promise<number> {
    if (rows.length === 0) return 0;
    return (await this.#perform({ kind: 'batch', statements, rows })) as number;
  }

  async load(statements: readonly BatchStatement[], rows: PackedRows, also?: number): Promise<number> {
    if (rows.ends.length === 0) return 0;
    return (await this.#perform({ kind: 'load', statements, rows, also })) as number;
  }

  /** Runs statements that take no parameters, several at once: migrations and tables of the mirror. */
  async exec(text: string): Promise<void> {
    await this.#perform({ kind: 'exec', text });
  }

  inTransaction(): boolean {
    return this.#scope.getStore()?.open === true;
  }

  async atomic<T>(work: () => Promise<T>): Promise<T> {
    if (this.inTransaction()) return work();
    return this.#alone({ open: true, rehearses: false }, async () => {
      const result = await work();
      await this.exec('commit');
      return result;
    });
  }

  /** Runs `work`, with all the transactions in it, and takes back all that it wrote. */
  async rehearse<T>(work: () => Promise<T>): Promise<T> {
    if (this.inTransaction()) throw new PortError('bug', 'A rehearsal was started inside a store transaction');
    return this.#alone({ open: true, rehearses: true }, async () => {
      const result = await work();
      await this.exec('rollback');
      return result;
    });
  }

  /** Like `atomic`, but refuses to run inside another transaction, where it could neither commit nor roll back by itself. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const scope = this.#scope.getStore();
    if (scope?.open && scope.rehearses) return this.#scope.run({ open: true, rehearses: false }, work);
    if (scope?.open) throw new PortError('bug', 'A store transaction was started inside another one');
    return this.atomic(work);
  }

  async close(): Promise<void> {
    if (this.#dead) return;
    await this.#perform({ kind: 'close' });
    this.#dead = new PortError('bug', `The store ${this.#path} is closed`);
    await this.#worker.terminate();
  }

  async #takeTurn(): Promise<() => void> {
    while (this.#transaction) await this.#transaction;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#transaction = promise;
    return resolve;
  }

  /** Begins a transaction that `work` ends; a failure rolls it back. */
  async #alone<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    const finished = await this.#takeTurn();
    try {
      return await this.#scope.run(scope, () => this.#orRollBack(work));
    } finally {
      scope.open = false;
      this.#transaction = undefined;
      finished();
    }
  }

  async #orRollBack<T>(work: () => Promise<T>): Promise<T> {
    await this.exec('begin immediate');
    try {
      return await work();
    } catch (error) {
      if (!this.#dead) await this.exec('rollback');
      throw error;
    }
  }

  async #perform(task: SqliteTask): Promise<unknown> {
    while (this.#transaction && !this.inTransaction()) await this.#transaction;
    if (this.#dead) throw this.#dead;
    return new Promise((resolve, reject) => {
      const request: SqliteRequest = { id: ++this.#lastId, task };
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.#worker.postMessage(request, transferred(task));
    });
  }

  #settle(answer: SqliteAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in answer) waiting?.reject(toPortError(this.#path, answer.error));
    else waiting?.resolve(answer.result);
  }

  #fail(error: Error): void {
    this.#dead ??= new PortError('retryable', `The store ${this.#path} stopped: ${error.message}`, { cause: error });
    for (const waiting of this.#waiting.values()) waiting.reject(this.#dead);
    this.#waiting.clear();
  }
}

/** Packed rows move to the other thread: copying them would cost as much as packing them did. */
const transferred = (task: SqliteTask): readonly Transferable[] =>
  task.kind === 'load' ? [task.rows.bytes.buffer, task.rows.ends.buffer] : [];

/** Primary result codes of SQLite that the caller can do something about; any other is a mistake of ours. */
const busy = new Set([5, 6]);
const unusable = new Set([8, 10, 11, 13, 14, 26]);

function toPortError(
  path: string,
  error: { readonly message: string; readonly errcode: number | undefined },
): PortError {
  const primary = (error.errcode ?? 0) & 0xff;
  if (busy.has(primary)) return new PortError('retryable', `The store ${path} is in use by another process; try again`);
  if (unusable.has(primary)) return new PortError('invalid', `The store ${path} cannot be used: ${error.message}`);
  return new PortError('bug', `The store ${path} refused a statement: ${error.message}`);
}
