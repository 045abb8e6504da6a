/** The thread that owns the database: a scan of seconds never holds up the event loop of the service. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { PackedRows } from '../app/ports.ts';
import { CommitGroup } from './commit-group.ts';
import type { BatchRows, BatchStatement, SqlValue } from './sql.ts';
import type { SqliteAnswer, SqliteRequest, SqliteTask } from './sqlite-protocol.ts';

const statementsKept = 200;
const { path } = workerData as { readonly path: string };
const port = parentPort;
if (!port) throw new Error('sqlite-worker runs as a worker thread only');

const db = new DatabaseSync(path, { timeout: 5_000 });
// Large pages and rare checkpoints, because a full read writes hundreds of megabytes in one go.
db.exec('pragma page_size = 16384; pragma wal_autocheckpoint = 8000');
// FULL, because a row that was answered for must survive a power cut.
db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -16384');
const group = new CommitGroup(db);
const prepared = new Map<string, StatementSync>();

/** node:sqlite binds `$1` by name only, so the portable text is rewritten to `?1`, which binds by position. */
function prepare(text: string): StatementSync {
  const known = prepared.get(text);
  if (known) return known;
  if (prepared.size >= statementsKept) prepared.clear();
  const statement = db.prepare(text.replaceAll(/\$(\d+)/g, '?$1'));
  prepared.set(text, statement);
  return statement;
}

function atomically<T>(work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('begin immediate');
  try {
    const result = work();
    db.exec('commit');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}

const runBatch = (statements: readonly BatchStatement[], rows: BatchRows): number =>
  atomically(() => runStatements(statements, rows));

const runLoad = (statements: readonly BatchStatement[], rows: PackedRows, also: number | undefined): number =>
  group.run(rows.ends.length, () => runStatements(statements, cellsOf(rows, also)));

function runStatements(statements: readonly BatchStatement[], rows: BatchRows): number {
  const changes = statements.map(({ text, take }) => runForEachRow(prepare(text), take, rows));
  return changes[0] ?? 0;
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

function perform(task: SqliteTask): unknown {
  if (task.kind !== 'load') group.commit();
  switch (task.kind) {
    case 'query':
      return prepare(task.text).all(...task.params);
    case 'batch':
      return runBatch(task.statements, task.rows);
    case 'load':
      return runLoad(task.statements, task.rows, task.also);
    case 'exec':
      prepared.clear();
      db.exec(task.text);
      break;
    case 'close':
      db.close();
      break;
  }
  return undefined;
}

function answer({ id, task }: SqliteRequest): SqliteAnswer {
  try {
    return { id, result: perform(task) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { id, error: { message, errcode } };
  }
}

port.on('message', (request: SqliteRequest) => {
  port.postMessage(answer(request));
  if (request.task.kind === 'close') port.close();
});
