import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { ColumnMetadata, OutputRow, QueryResult } from '../../data/types.ts';
import { DELIMITERS, NEWLINES, type QueryJob } from './bulk-job.ts';
import type { BulkContext } from './bulk-context.ts';
import { toCsvLine } from './csv-text.ts';

const ROWS_PER_SLICE = 1_000;

/** Writes a query's rows to the job's result file, so that its pages are the same however often they are fetched. */
export async function runQueryJob({ org, jobs, signal }: BulkContext, job: QueryJob): Promise<void> {
  const began = Date.now();
  const started = jobs.change(job, { state: 'InProgress', modifiedAt: org.core.clock.stamp() });
  if (!started) return;
  const result = org.query(org.user(job.createdById), job.query, {
    includeDeleted: job.operation === 'queryAll',
    apiVersion: job.apiVersion,
  });
  const columns = result.columns.flatMap((column) => leafColumns(column, ''));
  await using file = await open(jobs.resultPath(job.id), 'w');
  await using index = await open(jobs.indexPath(job.id), 'w');
  const processed = await writeRows(result, columns, job, file, index, () => signal.aborted || isAborted());
  if (signal.aborted) return;
  const millisecondsSpent = Date.now() - began;
  const modifiedAt = org.core.clock.stamp();
  jobs.change(started, { state: 'JobComplete', columns, processed, millisecondsSpent, modifiedAt });

  function isAborted(): boolean {
    return jobs.find(job.id)?.state !== 'InProgress';
  }
}

async function writeRows(
  result: QueryResult,
  columns: readonly string[],
  job: QueryJob,
  file: FileHandle,
  index: FileHandle,
  isStopped: () => boolean,
): Promise<number> {
  const delimiter = DELIMITERS[job.columnDelimiter];
  const newline = NEWLINES[job.lineEnding];
  const paths = columns.map((column) => column.split('.'));
  let rows = 0;
  let bytes = 0;
  // A page has fewer rows than asked for when records were removed for good meanwhile: that is no end.
  for (let offset = 0; offset < result.totalSize; offset += ROWS_PER_SLICE) {
    if (offset > 0) await setImmediate();
    if (isStopped()) break;
    const page = result.page(offset, ROWS_PER_SLICE);
    const lines = page.map((row) =>
      toCsvLine(
        paths.map((path) => valueAt(row, path)),
        delimiter,
        newline,
      ),
    );
    bytes = await append(file, index, lines, bytes);
    rows += page.length;
  }
  await index.write(toOffsets([bytes]));
  return rows;
}

/** Adds lines to the file and the place of each to the index; returns the file's new length. */
async function append(file: FileHandle, index: FileHandle, lines: readonly string[], from: number): Promise<number> {
  const offsets: number[] = [];
  let at = from;
  for (const line of lines) {
    offsets.push(at);
    at += Buffer.byteLength(line);
  }
  await file.write(lines.join(''));
  await index.write(toOffsets(offsets));
  return at;
}

const toOffsets = (offsets: readonly number[]): Uint8Array => new Uint8Array(Float64Array.from(offsets).buffer);

/** Column headers of a bulk result: the paths as the query names them. */
function leafColumns(column: ColumnMetadata, prefix: string): readonly string[] {
  const path = prefix + column.columnName;
  if (column.joinColumns.length === 0) return [path];
  return column.joinColumns.flatMap((each) => leafColumns(each, `${path}.`));
}

function valueAt(row: OutputRow, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const key of path) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return value;
}
