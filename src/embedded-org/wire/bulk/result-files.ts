import { createReadStream, existsSync } from 'node:fs';
import { DELIMITERS, type IngestJob, NEWLINES } from './bulk-job.ts';
import { toCsvLine } from './csv-text.ts';
import type { JobStore, RowResult } from './job-store.ts';
import { readCsv } from './read-csv.ts';

export type ResultFile = 'successful' | 'failed' | 'unprocessed';

const EXTRA_COLUMNS = {
  successful: ['sf__Id', 'sf__Created'],
  failed: ['sf__Id', 'sf__Error'],
  unprocessed: [],
} as const satisfies Record<ResultFile, readonly string[]>;

/** The lines of a result file, made from the upload and the outcome of each of its rows; one that could not be read is unprocessed, byte for byte as it came. */
export async function* ingestLines(
  jobs: JobStore,
  job: IngestJob,
  file: ResultFile,
): AsyncGenerator<string | Uint8Array> {
  const delimiter = DELIMITERS[job.columnDelimiter];
  const newline = NEWLINES[job.lineEnding];
  const toLine = (values: readonly unknown[]): string => toCsvLine(values, delimiter, newline);
  if (!existsSync(jobs.uploadPath(job.id))) return;
  if (job.columns.length === 0) {
    if (file === 'unprocessed') yield* createReadStream(jobs.uploadPath(job.id)) as AsyncIterable<Uint8Array>;
    return;
  }
  yield toLine([...EXTRA_COLUMNS[file], ...job.columns]);
  for await (const { row, cells, outcome } of outcomes(jobs, job)) {
    if (file === 'unprocessed') {
      if (row >= job.processed) yield toLine(cells);
    } else if (outcome && file === (outcome.error === '' ? 'successful' : 'failed')) {
      yield toLine([outcome.id, file === 'failed' ? outcome.error : outcome.created, ...cells]);
    }
  }
}

type RowOutcome = { readonly row: number; readonly cells: readonly string[]; readonly outcome: RowResult | undefined };

/** Every row of the upload beside its outcome. */
async function* outcomes(jobs: JobStore, job: IngestJob): AsyncGenerator<RowOutcome> {
  const format = { delimiter: DELIMITERS[job.columnDelimiter], lineEnding: job.lineEnding };
  let row = -1;
  for await (const rows of readCsv(jobs.uploadPath(job.id), format)) {
    const first = Math.max(row, 0);
    const results = new Map(jobs.results(job.id, first, first + rows.length).map((each) => [each.row, each]));
    for (const cells of rows) {
      if (row >= 0) yield { row, cells, outcome: results.get(row) };
      row += 1;
    }
  }
}
