import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { OrgError } from '../../data/org-error.ts';
import { NEWLINES, DELIMITERS, type QueryJob } from './bulk-job.ts';
import { toCsvLine } from './csv-text.ts';
import type { JobStore } from './job-store.ts';

export type QueryPage = { readonly body: Readable; readonly rows: number; readonly next: string | undefined };

/** Where pages stop to grow. */
const LARGEST_PAGE = 50_000;

/** Most rows of the page that begins at a row. Small results have several pages, and large ones not too many. */
export const pageSize = (from: number, firstPage: number): number => Math.max(firstPage, Math.min(from, LARGEST_PAGE));

/** One page of a query's result file, of at most as many rows as the client wants. The locator says at which row it begins, so a page can be fetched again. */
export async function queryPage(
  jobs: JobStore,
  job: QueryJob,
  locator: string | undefined,
  wanted: number | undefined,
  firstPage: number,
): Promise<QueryPage> {
  const from = locator === undefined ? 0 : readLocator(locator, job.processed);
  const to = Math.min(job.processed, from + Math.min(wanted ?? Infinity, pageSize(from, firstPage)));
  await using index = await open(jobs.indexPath(job.id));
  const [start, end] = [await offsetOf(index, from), await offsetOf(index, to)];
  const header = toCsvLine(job.columns, DELIMITERS[job.columnDelimiter], NEWLINES[job.lineEnding]);
  const body = Readable.from(withHeader(header, jobs.resultPath(job.id), start, end), { objectMode: false });
  return { body, rows: to - from, next: to < job.processed ? toLocator(to) : undefined };
}

async function* withHeader(header: string, path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(header);
  if (end > start) yield* createReadStream(path, { start, end: end - 1, highWaterMark: 256 * 1024 });
}

async function offsetOf(index: FileHandle, row: number): Promise<number> {
  const bytes = new Uint8Array(8);
  await index.read(bytes, 0, 8, row * 8);
  return new Float64Array(bytes.buffer)[0] ?? 0;
}

export const toLocator = (row: number): string => Buffer.from(String(row)).toString('base64url');

/** The row that a locator stands for; throws INVALID_QUERY_LOCATOR for one that was never given out. */
export function readLocator(locator: string, rows: number): number {
  const text = Buffer.from(locator, 'base64url').toString();
  const row = Number(text);
  if (/^\d+$/.test(text) && (row < rows || row === 0)) return row;
  throw new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator', 400);
}
