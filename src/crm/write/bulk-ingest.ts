import { type CrmRecord, PortError, type WriteRequest } from '../../app/ports.ts';
import { type BulkJob, BulkJobs } from '../bulk-job.ts';
import type { Transport } from '../transport.ts';
import { columnsOf, toUploads, type Upload } from './ingest-csv.ts';
import { readJobRows } from './ingest-results.ts';
import { matchRows, type ResultRow } from './match-rows.ts';
import { type RowOutcome, unknownOutcome, unsentOutcome } from './row-outcome.ts';
import { writeHeaders } from './write-headers.ts';
import type { WriteOptions } from './write-options.ts';

/**
 * Writes records by ingest jobs of Bulk API 2.0, one after the other: parallel ones would lock each other's parents.
 *
 * A job that fails as a whole leaves its rows and those after it unsent; only when nothing was written is the failure
 * thrown. Inserts of a job whose end is not known are never called unsent, since sending them again could double them.
 */
export async function writeByBulk(
  transport: Transport,
  request: WriteRequest,
  options: WriteOptions,
): Promise<readonly RowOutcome[]> {
  const records = request.kind === 'delete' ? request.records.map(({ Id }) => ({ Id: Id ?? null })) : request.records;
  const columns = columnsOf(records);
  const outcomes: RowOutcome[] = [];
  for (const upload of toUploads(records, columns, options.uploadBytes)) {
    const part = records.slice(upload.first, upload.first + upload.count);
    try {
      outcomes.push(...(await runJob(transport, request, part, columns, upload, options)));
    } catch (error) {
      const lost = error instanceof EndUnknown && request.kind === 'insert';
      const failure = error instanceof EndUnknown ? error.failure : error;
      if (!(failure instanceof PortError) || (outcomes.length === 0 && !lost)) throw failure;
      if (lost) outcomes.push(...part.map(() => unknownOutcome(failure.message)));
      outcomes.push(...records.slice(outcomes.length).map(() => unsentOutcome(failure)));
      break;
    }
  }
  return outcomes;
}

/** The job was handed over to the org, and what it did cannot be read. */
class EndUnknown extends Error {
  readonly failure: unknown;

  constructor(failure: unknown) {
    super('The end of the job is not known', { cause: failure });
    this.failure = failure;
  }
}

async function runJob(
  transport: Transport,
  request: WriteRequest,
  records: readonly CrmRecord[],
  columns: readonly string[],
  upload: Upload,
  options: WriteOptions,
): Promise<readonly RowOutcome[]> {
  const doing = `Writing ${records.length} rows of ${request.object}`;
  const jobs = new BulkJobs(transport, 'ingest', options.polling);
  const created = await jobs.create(doing, toJob(request), writeHeaders);
  const { id } = (await created.json()) as BulkJob;
  await fill(transport, jobs, doing, id, upload);
  const { job, rows } = await finish(transport, jobs, doing, id).catch((error: unknown) => {
    throw error instanceof NotStarted ? error.cause : new EndUnknown(error);
  });
  await jobs.discard(id, true);
  if (rows) return matchRows(request, records, columns, rows);
  throw new PortError('invalid', `${doing} failed: ${job.errorMessage ?? `job ${id} ended as ${job.state}`}`);
}

/** The job is still open, so it has written nothing; `cause` is why it was not started. */
class NotStarted extends Error {}

/** Lets the job run and reads what became of its rows; no rows when it ended without trying any. */
async function finish(
  transport: Transport,
  jobs: BulkJobs,
  doing: string,
  id: string,
): Promise<{ readonly job: BulkJob; readonly rows?: readonly ResultRow[] }> {
  try {
    await jobs.setState(doing, id, 'UploadComplete');
  } catch (error) {
    // The answer alone may be lost, and a second request is then refused because the job runs: its state decides.
    if ((await jobs.read(doing, id)).state === 'Open') {
      await jobs.discard(id, false);
      throw new NotStarted('The job was not started', { cause: error });
    }
  }
  const job = await jobs.wait(doing, id);
  if (job.state !== 'JobComplete' && !job.numberRecordsProcessed) return { job };
  return { job, rows: await readJobRows(transport, doing, id) };
}

/** Nothing is written before the upload is declared complete, so until then a failed job can be thrown away. */
async function fill(transport: Transport, jobs: BulkJobs, doing: string, id: string, upload: Upload): Promise<void> {
  try {
    await transport.send({
      doing,
      method: 'PUT',
      path: `jobs/ingest/${id}/batches`,
      headers: { 'content-type': 'text/csv' },
      body: upload.csv,
      timeout: 600_000,
    });
  } catch (error) {
    await jobs.discard(id, false);
    throw error;
  }
}

const toJob = ({ kind, object, key }: WriteRequest): object => ({
  object,
  operation: kind,
  contentType: 'CSV',
  lineEnding: 'LF',
  columnDelimiter: 'COMMA',
  ...(kind === 'upsert' ? { externalIdFieldName: key } : {}),
});
