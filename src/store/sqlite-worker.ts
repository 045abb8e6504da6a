/** The thread that owns the database: a scan of seconds never holds up the event loop of the service. */
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteExecutor } from './sqlite-executor.ts';
import type { SqliteAnswer, SqliteRequest } from './sqlite-protocol.ts';

const { path } = workerData as { readonly path: string };
const port = parentPort;
if (!port) throw new Error('sqlite-worker runs as a worker thread only');

const executor = new SqliteExecutor(path);

function answer({ id, task }: SqliteRequest): SqliteAnswer {
  try {
    return { id, result: executor.perform(task) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { id, error: { message, errcode } };
  }
}

port.on('message', (request: SqliteRequest) => {
  port.postMessage(answer(request));
  if (request.task.kind === 'close') port.close();
});
