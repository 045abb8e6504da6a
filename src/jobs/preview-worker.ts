/** A thread that counts ranges of leads for a preview, reading the store by itself. */
import { parentPort, workerData } from 'node:worker_threads';
import { countSlice } from '../app/preview/count-slice.ts';
import { type IdRange, prepareTask, type PreviewTask } from '../app/preview/preview-task.ts';
import type { PreviewAnswer } from './preview-threads.ts';
import { openReader } from '../store/open-reader.ts';

const port = parentPort;
if (!port) throw new Error('preview-worker runs as a worker thread only');
const { path, task } = workerData as { readonly path: string; readonly task: PreviewTask };
const reader = openReader(path);
const rules = prepareTask(task);
const answer = (given: PreviewAnswer): void => port.postMessage(given);

port.on('message', (range: IdRange) => {
  void countSlice(reader, task.plan, rules, range, (leads) => answer({ kind: 'advanced', leads })).then(
    (tally) => answer({ kind: 'counted', tally }),
    (error: unknown) => answer({ kind: 'failed', error }),
  );
});
