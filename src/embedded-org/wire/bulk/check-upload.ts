import type { ObjectDef } from '../../data/types.ts';
import { DELIMITERS, type IngestJob } from './bulk-job.ts';
import type { BulkContext } from './bulk-context.ts';
import { CsvError } from './csv-parser.ts';
import { readCsv } from './read-csv.ts';
import { checkHeader } from './upload-row.ts';

/**
 * Reads an upload to its end before anything is written, and returns its header.
 *
 * Throws CsvError for what cannot be read as a table of this object: rows behind the fault would have no outcome. Answers
 * undefined when the org stops meanwhile.
 */
export async function checkUpload(
  { jobs, org, signal }: BulkContext,
  job: IngestJob,
  object: ObjectDef,
): Promise<readonly string[] | undefined> {
  const format = { delimiter: DELIMITERS[job.columnDelimiter], lineEnding: job.lineEnding };
  let header: readonly string[] | undefined;
  for await (const rows of readCsv(jobs.uploadPath(job.id), format)) {
    if (signal.aborted) return undefined;
    for (const row of rows) {
      if (header) checkWidth(header, row);
      else checkHeader(org.core.schema, org.user(job.createdById), object, job, (header = row));
    }
  }
  if (header) return header;
  throw new CsvError('InvalidBatch : The CSV data is empty');
}

function checkWidth(header: readonly string[], row: readonly string[]): void {
  if (row.length === header.length) return;
  const text = `A row has ${row.length} values, but the header names ${header.length} columns: ${row[0] ?? ''}`;
  throw new CsvError(`InvalidBatch : ${text}`);
}
