import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { makeId } from '../../data/ids.ts';
import type { BulkJob } from './bulk-job.ts';

const KEY_PREFIX = '750';
const UNFINISHED = '.part';

export type RowResult = {
  readonly row: number;
  readonly id: string;
  readonly created: boolean;
  readonly error: string;
};

/** Bulk jobs and their outcome per row, in the org's database; uploads and query results are files beside it. */
export class JobStore {
  readonly #db: DatabaseSync;
  readonly #spoolDir: string;

  constructor(db: DatabaseSync, spoolDir: string) {
    this.#db = db;
    this.#spoolDir = spoolDir;
    // Uploads that were under way when the org was killed belong to no job.
    const unfinished = readdirSync(spoolDir).filter((name) => name.endsWith(UNFINISHED));
    for (const name of unfinished) rmSync(join(spoolDir, name));
    db.exec(`create table if not exists wire_bulk_job (
               seq integer primary key autoincrement, id text unique, kind text not null, job text not null);
             create table if not exists wire_bulk_result (
               job_id text not null, row integer not null, id text not null, created integer not null,
               error text not null, primary key (job_id, row)) without rowid`);
  }

  /** Adds a job under a new id. */
  add<Job extends BulkJob>(job: Omit<Job, 'id'> & { readonly kind: Job['kind'] }): Job {
    const { lastInsertRowid } = this.#db.prepare(`insert into wire_bulk_job (kind, job) values (?, '')`).run(job.kind);
    const added = { ...job, id: makeId(KEY_PREFIX, Number(lastInsertRowid)) } as Job;
    this.#db
      .prepare('update wire_bulk_job set id = ?, job = ? where seq = ?')
      .run(added.id, JSON.stringify(added), lastInsertRowid);
    return added;
  }

  find(id: string): BulkJob | undefined {
    const row = this.#db.prepare('select job from wire_bulk_job where id = ?').get(id);
    return row && (JSON.parse(row['job'] as string) as BulkJob);
  }

  /**
   * Changes a job if it still is in the state that the caller saw; answers undefined when it has moved on.
   *
   * Only the given fields are written, so that nobody puts back what another has changed meanwhile.
   */
  change<Job extends BulkJob>(job: Job, changes: Partial<Job>): Job | undefined {
    const row = this.#db
      .prepare("update wire_bulk_job set job = json_patch(job, ?) where id = ? and job ->> '$.state' = ? returning job")
      .get(JSON.stringify(changes), job.id, job.state);
    return row && (JSON.parse(row['job'] as string) as Job);
  }

  /** Removes a job with its outcomes and files. */
  remove(id: string): void {
    this.#db.prepare('delete from wire_bulk_result where job_id = ?').run(id);
    this.#db.prepare('delete from wire_bulk_job where id = ?').run(id);
    for (const path of [this.uploadPath(id), this.resultPath(id), this.indexPath(id)]) rmSync(path, { force: true });
  }

  /** Removes jobs that were created before an instant. */
  removeOlder(instant: number): void {
    const rows = this.#db
      .prepare("select id from wire_bulk_job where json_extract(job, '$.createdAt') < ?")
      .all(instant) as unknown as readonly { id: string }[];
    for (const { id } of rows) this.remove(id);
  }

  /** Jobs of a kind, oldest first. */
  list(kind: BulkJob['kind']): readonly BulkJob[] {
    const rows = this.#db.prepare('select job from wire_bulk_job where kind = ? order by seq').all(kind);
    return rows.map((row) => JSON.parse(row['job'] as string) as BulkJob);
  }

  addResults(jobId: string, results: readonly RowResult[]): void {
    const insert = this.#db.prepare(
      'insert into wire_bulk_result (job_id, row, id, created, error) values (?, ?, ?, ?, ?)',
    );
    for (const { row, id, created, error } of results) insert.run(jobId, row, id, created ? 1 : 0, error);
  }

  /** Outcomes of rows `from` to `to`, in order. */
  results(jobId: string, from: number, to: number): readonly RowResult[] {
    const rows = this.#db
      .prepare(
        'select row, id, created, error from wire_bulk_result where job_id = ? and row >= ? and row < ? order by row',
      )
      .all(jobId, from, to) as unknown as readonly StoredResult[];
    return rows.map((each) => ({ ...each, created: each.created === 1 }));
  }

  uploadPath(jobId: string): string {
    return join(this.#spoolDir, `${jobId}.upload.csv`);
  }

  /** Where one upload is kept until it is complete; each has its own. */
  unfinishedUploadPath(jobId: string): string {
    return join(this.#spoolDir, `${jobId}.${randomUUID()}${UNFINISHED}`);
  }

  resultPath(jobId: string): string {
    return join(this.#spoolDir, `${jobId}.result.csv`);
  }

  /** Eight bytes a row: where the row begins in the result file; one more entry for its end. */
  indexPath(jobId: string): string {
    return join(this.#spoolDir, `${jobId}.result.idx`);
  }
}

type StoredResult = { readonly row: number; readonly id: string; readonly created: number; readonly error: string };
