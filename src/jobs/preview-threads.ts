import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { IdRange, PreviewTask } from '../app/preview/preview-task.ts';
import { prepareTask } from '../app/preview/preview-task.ts';
import type { CountOptions, SliceCounter } from '../app/preview/slice-counter.ts';
import { mergeTally, newTally, type Tally } from '../domain/preview/tally.ts';

/** What a thread tells. */
export type PreviewAnswer =
  | { readonly kind: 'advanced'; readonly leads: number }
  | { readonly kind: 'counted'; readonly tally: Tally }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Counts ranges in a thread for each processor; a stop ends the threads, which hold nothing but what they read. */
export const previewThreads = (path: string, threads = availableParallelism()): SliceCounter => ({
  async count(task, ranges, options) {
    options.stop.throwIfAborted();
    const { stages, clauses } = prepareTask(task);
    const total = newTally(stages.length, clauses.length);
    const waiting = [...ranges];
    const work = { path, task, waiting, total, options };
    const running = Array.from({ length: Math.min(threads, ranges.length) }, () => new Thread(work));
    const end = async (): Promise<void> => void (await Promise.all(running.map((each) => each.end())));
    try {
      await Promise.all(running.map((each) => each.done));
    } finally {
      await end();
    }
    return total;
  },
});

type Work = {
  readonly path: string;
  readonly task: PreviewTask;
  /** Ranges that no thread has taken yet; who is done takes the next one. */
  readonly waiting: IdRange[];
  readonly total: Tally;
  readonly options: CountOptions;
};

class Thread {
  /** Settles when no range is left. */
  readonly done: Promise<void>;
  readonly #worker: Worker;

  constructor(work: Work) {
    const file = import.meta.url.endsWith('.ts') ? './preview-worker.ts' : './preview-worker.js';
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: { path: work.path, task: work.task } });
    this.done = this.#run(work);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #run({ waiting, total, options }: Work): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const next = (): void => {
      const range = waiting.shift();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      if (range) this.#worker.postMessage(range);
      else resolve();
    };
    const stopped = (): void => reject(options.stop.reason);
    options.stop.addEventListener('abort', stopped, { once: true });
    this.#worker.on('message', (answer: PreviewAnswer) => {
      if (answer.kind === 'advanced') options.advance(answer.leads);
      else if (answer.kind === 'failed') reject(answer.error);
      else {
        mergeTally(total, answer.tally);
        next();
      }
    });
    this.#worker.on('error', reject);
    this.#worker.on('exit', () => reject(new Error('A thread of the preview ended before its work.')));
    next();
    return promise.finally(() => options.stop.removeEventListener('abort', stopped));
  }
}
