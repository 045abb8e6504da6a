import { setImmediate } from 'node:timers/promises';
import { inTransaction } from '../../data/dml/run-batch.ts';
import type { InputRow, ObjectDef, SaveResult, UserContext } from '../../data/types.ts';
import { DELIMITERS, type IngestJob, type IngestOperation } from './bulk-job.ts';
import type { BulkContext } from './bulk-context.ts';
import { CsvError } from './csv-parser.ts';
import type { RowResult } from './job-store.ts';
import { checkUpload } from './check-upload.ts';
import { readCsv } from './read-csv.ts';
import { toInputRow } from './upload-row.ts';

/** Rows handed to one write, as the platform's own chunks. */
const ROWS_PER_WRITE = 200;
/** What counts as one batch against the daily limit. A multiple of the rows of a write. */
const ROWS_PER_BATCH = 10_000;
/** How long other requests may wait for a slice of an upload. */
const SLICE_MILLISECONDS = 50;

/**
 * Writes an upload row by row into the org.
 *
 * Each slice is one transaction that holds the records, their outcomes and the job's progress, so that a job that was cut
 * off goes on behind its last slice and no row is written twice. A job that was aborted stays as the last slice left it.
 */
export async function runIngest(context: BulkContext, start: IngestJob): Promise<void> {
  const { org, jobs, signal } = context;
  const object = org.core.schema.find(start.object);
  if (!object) throw new CsvError(`InvalidBatch : Entity ${start.object} not found`);
  let job = jobs.change(start, { state: 'InProgress', modifiedAt: org.core.clock.stamp() });
  if (job?.columns.length === 0) {
    const columns = await checkUpload(context, job, object);
    job = columns && jobs.change(job, { columns });
  }
  if (!job) return;
  // The header stands before the first record.
  let position = -1;
  const format = { delimiter: DELIMITERS[job.columnDelimiter], lineEnding: job.lineEnding };
  for await (const rows of readCsv(jobs.uploadPath(job.id), format)) {
    const todo = rows.slice(Math.max(0, job.processed - position));
    position += rows.length;
    job = await writeRows(context, job, object, todo);
    if (signal.aborted || !job) return;
  }
  jobs.change(job, { state: 'JobComplete', modifiedAt: org.core.clock.stamp() });
}

/** The job behind its rows, or undefined when it was stopped on the way. */
async function writeRows(
  context: BulkContext,
  start: IngestJob,
  object: ObjectDef,
  rows: readonly string[][],
): Promise<IngestJob | undefined> {
  let job = start;
  for (let at = 0; at < rows.length;) {
    const from = at;
    const began = Date.now();
    const slice = inTransaction(context.org.core, () => {
      // Changed first: that fails where the job was aborted while the last slice's rows were awaited.
      let next = context.jobs.change(job, { modifiedAt: context.org.core.clock.stamp() });
      if (!next) return { job: next, keep: true };
      while (at < rows.length && (at === from || Date.now() - began < SLICE_MILLISECONDS)) {
        next = writeChunk(context, next, object, rows.slice(at, at + ROWS_PER_WRITE));
        at += ROWS_PER_WRITE;
      }
      const millisecondsSpent = next.millisecondsSpent + Date.now() - began;
      return { job: context.jobs.change(next, { ...next, millisecondsSpent }), keep: true };
    });
    if (!slice.job) return undefined;
    job = slice.job;
    await setImmediate();
    if (context.signal.aborted) return undefined;
  }
  return job;
}

function writeChunk(
  { org, jobs, countBatch }: BulkContext,
  job: IngestJob,
  object: ObjectDef,
  rows: readonly string[][],
): IngestJob {
  if (job.processed % ROWS_PER_BATCH === 0) countBatch();
  const user = org.user(job.createdById);
  const inputs = rows.map((row) => toInputRow(job.columns, row, org.core.schema, object));
  const results = save(org, user, job, inputs);
  const outcomes = results.map((result, i) => toOutcome(result, inputs[i] ?? {}, job.processed + i));
  jobs.addResults(job.id, outcomes);
  return {
    ...job,
    processed: job.processed + rows.length,
    failed: job.failed + results.filter((each) => !each.success).length,
    modifiedAt: org.core.clock.stamp(),
  };
}

function save(
  org: BulkContext['org'],
  user: UserContext,
  job: IngestJob,
  rows: readonly InputRow[],
): readonly SaveResult[] {
  const options = { allOrNone: false, autoAssign: job.assignmentRuleId ?? false, apiVersion: job.apiVersion };
  const writes: Record<IngestOperation, () => readonly SaveResult[]> = {
    insert: () => org.insert(user, job.object, rows, options),
    update: () => org.update(user, job.object, rows, options),
    upsert: () => org.upsert(user, job.object, job.externalIdFieldName ?? 'Id', rows, options),
    delete: () => org.remove(user, rows.map(idOf), options),
    hardDelete: () => org.hardDelete(user, rows.map(idOf), options),
  };
  return writes[job.operation]();
}

/** `CODE:message:field field --`, the form of errors in result files. */
function toOutcome(result: SaveResult, row: InputRow, position: number): RowResult {
  const error = result.errors
    .map(
      ({ statusCode, message, fields }) =>
        `${statusCode}:${message}:${fields.length > 0 ? `${fields.join(' ')} ` : ''}--`,
    )
    .join(';');
  return { row: position, id: result.id ?? idOf(row), created: result.created, error };
}

function idOf(row: InputRow): string {
  const id = Object.entries(row).find(([name]) => name.toLowerCase() === 'id')?.[1];
  return typeof id === 'string' ? id : '';
}
