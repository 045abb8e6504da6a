import { type CrmRecord, PortError, type WriteRequest } from '../../app/ports.ts';
import { type BulkJob, BulkJobs } from '../bulk-job.ts';
import type { Transport } from '../transport.ts';
import { columnsOf, toUploads, type Upload } from './ingest-csv.ts';
import { readJobRows } from './ingest-results.ts';
import { matchRows } from './match-rows.ts';
import { type RowOutcome, unknownOutcome } from './row-outcome.ts';
import { writeHeaders } from './write-headers.ts';
import type { WriteOptions } from './write-options.ts';

/** Writes records by ingest jobs of Bulk API 2.0, one after the other: parallel ones would lock each other's parents. */
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
      if (!(error instanceof PortError) || outcomes.length === 0) throw error;
      outcomes.push(...records.slice(outcomes.length).map(() => unfinished(request, error)));
      break;
    }
  }
  return outcomes;
}

const unfinished = ({ kind }: WriteRequest, { message, code }: PortError): RowOutcome =>
  kind === 'insert' ? unknownOutcome(message) : { success: false, salesforceCode: '', message, fields: [], code };

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
  await start(transport, jobs, doing, id, upload);
  const job = await jobs.wait(doing, id);
  if (job.state !== 'JobComplete' && !job.numberRecordsProcessed) {
    await jobs.discard(id, true);
    throw new PortError('invalid', `${doing} failed: ${job.errorMessage ?? `job ${id} ended as ${job.state}`}`);
  }
  const rows = await readJobRows(transport, doing, id);
  await jobs.discard(id, true);
  return matchRows(request, records, columns, rows);
}

/** Nothing is written before the upload is declared complete, so until then a failed job can be thrown away. */
async function start(transport: Transport, jobs: BulkJobs, doing: string, id: string, upload: Upload): Promise<void> {
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
  await jobs.setState(doing, id, 'UploadComplete');
}

const toJob = ({ kind, object, key }: WriteRequest): object => ({
  object,
  operation: kind,
  contentType: 'CSV',
  lineEnding: 'LF',
  columnDelimiter: 'COMMA',
  ...(kind === 'upsert' ? { externalIdFieldName: key } : {}),
});
