import { PortError } from '../app/ports.ts';
import { pause } from './pause.ts';
import type { Transport } from './transport.ts';

export type BulkJob = {
  readonly id: string;
  readonly state: 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted' | 'Failed';
  readonly errorMessage?: string;
  readonly numberRecordsProcessed?: number;
  readonly numberRecordsFailed?: number;
};

export type PollOptions = {
  readonly firstPoll: number;
  readonly longestPoll: number;
  /** Milliseconds without progress after which the job is given up. */
  readonly patience: number;
};

const jsonHeaders = { 'content-type': 'application/json' };

/** One job of Bulk API 2.0, kind `query` or `ingest`. */
export class BulkJobs {
  readonly #transport: Transport;
  readonly #kind: 'query' | 'ingest';
  readonly #polling: PollOptions;

  constructor(transport: Transport, kind: 'query' | 'ingest', polling: PollOptions) {
    this.#transport = transport;
    this.#kind = kind;
    this.#polling = polling;
  }

  /** Not repeated when its answer is lost: a job that nobody follows would count against the daily limit twice. */
  async create(doing: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#transport.send({
      doing,
      method: 'POST',
      path: `jobs/${this.#kind}`,
      headers: { ...jsonHeaders, ...headers },
      body: JSON.stringify(body),
    });
  }

  async setState(doing: string, id: string, state: 'UploadComplete' | 'Aborted'): Promise<void> {
    await this.#transport.json({
      doing,
      method: 'PATCH',
      path: `jobs/${this.#kind}/${id}`,
      headers: jsonHeaders,
      body: JSON.stringify({ state }),
      repeatable: true,
    });
  }

  read(doing: string, id: string): Promise<BulkJob> {
    return this.#transport.json<BulkJob>({ doing, method: 'GET', path: `jobs/${this.#kind}/${id}` });
  }

  /** Waits for the job's end, however long it takes while it makes progress, and returns it in whatever final state. */
  async wait(doing: string, id: string): Promise<BulkJob> {
    let progress = '';
    let since = performance.now();
    for (let attempt = 0; ; attempt += 1) {
      const job = await this.read(doing, id);
      if (job.state === 'JobComplete' || job.state === 'Failed' || job.state === 'Aborted') return job;
      const now = `${job.state} ${job.numberRecordsProcessed ?? 0}`;
      if (now !== progress) since = performance.now();
      progress = now;
      if (performance.now() - since > this.#polling.patience) {
        throw new PortError(
          'retryable',
          `${doing} failed: job ${id} made no progress for ${this.#polling.patience / 1000} s`,
        );
      }
      await pause(attempt, this.#polling.firstPoll, this.#polling.longestPoll);
    }
  }

  /** Gives a job up and removes it; failures do not matter, since the org removes jobs after seven days. */
  async discard(id: string, finished: boolean): Promise<void> {
    const doing = `Removing job ${id}`;
    try {
      if (!finished) await this.setState(doing, id, 'Aborted');
      await this.#transport.send({ doing, method: 'DELETE', path: `jobs/${this.#kind}/${id}` });
    } catch {
      return;
    }
  }
}
