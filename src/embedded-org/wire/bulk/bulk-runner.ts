import { OrgError } from '../../data/org-error.ts';
import type { Org } from '../../data/org-core.ts';
import { type BulkJob, isOver } from './bulk-job.ts';
import { CsvError } from './csv-parser.ts';
import type { OrgLimits } from '../../http/org-limits.ts';
import type { JobStore } from './job-store.ts';
import { runIngest } from './run-ingest.ts';
import { runQueryJob } from './run-query-job.ts';
import { WorkQueue } from '../work-queue.ts';

/** Runs bulk jobs one after the other, in slices between which other requests are served. */
export class BulkRunner {
  readonly #org: Org;
  readonly #jobs: JobStore;
  readonly #limits: OrgLimits;
  readonly #reportFault: (error: unknown) => void;
  readonly #stop = new AbortController();
  readonly #queue: WorkQueue;

  constructor(org: Org, jobs: JobStore, limits: OrgLimits, reportFault: (error: unknown) => void) {
    this.#org = org;
    this.#jobs = jobs;
    this.#limits = limits;
    this.#reportFault = reportFault;
    this.#queue = new WorkQueue(reportFault);
  }

  /** Takes up the jobs that a stop of the org interrupted. */
  resume(): void {
    const jobs = [...this.#jobs.list('query'), ...this.#jobs.list('ingest')];
    for (const job of jobs) if (job.state === 'UploadComplete' || job.state === 'InProgress') this.start(job.id);
  }

  start(jobId: string): void {
    this.#queue.add(() => this.#run(jobId));
  }

  /** Waits for the slice in hand; unfinished jobs go on at the next start of the org. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#queue.finish();
  }

  async #run(jobId: string): Promise<void> {
    const job = this.#jobs.find(jobId);
    if (!job || isOver(job) || this.#stop.signal.aborted) return;
    try {
      const context = {
        org: this.#org,
        jobs: this.#jobs,
        signal: this.#stop.signal,
        countBatch: () =>
          this.#limits.consume('DailyBulkApiBatches', 1, 'ApiBatchItems Limit exceeded.', 'ExceededQuota'),
      };
      if (job.kind === 'query') await runQueryJob(context, job);
      else await runIngest(context, job);
    } catch (error) {
      this.#fail(job, error);
    }
  }

  #fail(job: BulkJob, error: unknown): void {
    const isClients = error instanceof OrgError || error instanceof CsvError;
    if (!isClients) this.#reportFault(error);
    const current = this.#jobs.find(job.id);
    if (!current || isOver(current)) return;
    const text = error instanceof OrgError ? `${error.code}: ${error.message}` : (error as Error).message;
    const errorMessage = isClients ? text : 'UnknownException : The embedded org failed; its log has the details';
    this.#jobs.change(current, { state: 'Failed', errorMessage, modifiedAt: this.#org.core.clock.stamp() });
  }
}
