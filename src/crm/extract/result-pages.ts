import { type PackedRows, PortError } from '../../app/ports.ts';
import { rowCount } from '../../app/ports/packed-rows.ts';
import { toNetworkError } from '../errors.ts';
import { pause } from '../pause.ts';
import type { Transport } from '../transport.ts';
import { type Column, CsvPacker } from './csv-packer.ts';

export type ResultOptions = {
  /** Rows to ask for in one result page: each page is one API call, and what a cut connection makes us read again. */
  readonly pageRows: number;
  /** Rows handed on at a time: what is held in memory. */
  readonly batchRows: number;
};

const attempts = 5;

/** Reads the results of a finished query job, page after page, the next one being fetched while this one is parsed. */
export async function* readResults(
  transport: Transport,
  job: { readonly id: string; readonly object: string },
  columns: readonly Column[],
  options: ResultOptions,
): AsyncGenerator<PackedRows> {
  const fetchPage = (locator: string | undefined): Promise<Response> =>
    fetchResult(transport, job, locator, options.pageRows);
  let locator: string | undefined;
  let coming: Promise<Response> | undefined = fetchPage(undefined);
  try {
    while (coming) {
      const response: Response = await coming;
      const next = nextLocator(response);
      coming = next === undefined ? undefined : fetchPage(next);
      // The page is asked for before it is needed; without a handler its failure meanwhile would end the process.
      coming?.catch(() => undefined);
      yield* readPage(response, () => fetchPage(locator), job.object, columns, options.batchRows);
      locator = next;
    }
  } finally {
    await coming?.then((response) => response.body?.cancel()).catch(() => undefined);
  }
}

/** The last page says `null`, in letters, or nothing at all. */
function nextLocator(response: Response): string | undefined {
  const locator = response.headers.get('sforce-locator');
  return locator === null || locator === '' || locator === 'null' ? undefined : locator;
}

/** Reads one page; when the connection breaks it is fetched again, and rows that were handed on are skipped. */
async function* readPage(
  response: Response,
  again: () => Promise<Response>,
  object: string,
  columns: readonly Column[],
  batchRows: number,
): AsyncGenerator<PackedRows> {
  let current = response;
  let emitted = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      for await (const rows of parsePage(current, object, columns, batchRows, emitted)) {
        emitted += rowCount(rows);
        yield rows;
      }
      return;
    } catch (error) {
      const failure = toNetworkError(`Reading the rows of ${object}`, error);
      if (failure.code !== 'retryable' || attempt + 1 >= attempts) throw failure;
      await pause(attempt, 200, 5_000);
      current = await again();
    }
  }
}

async function* parsePage(
  response: Response,
  object: string,
  columns: readonly Column[],
  batchRows: number,
  skip: number,
): AsyncGenerator<PackedRows> {
  const rows = new CsvPacker(columns, skip);
  for await (const bytes of response.body ?? []) {
    rows.push(bytes);
    if (rows.size >= batchRows) yield rows.take();
  }
  rows.end();
  const promised = response.headers.get('sforce-numberofrecords');
  if (promised !== null && Number(promised) !== rows.rows) {
    throw new PortError('retryable', `A page of ${object} has ${rows.rows} rows where ${promised} were announced`);
  }
  if (rows.size > 0) yield rows.take();
}

async function fetchResult(
  transport: Transport,
  job: { readonly id: string; readonly object: string },
  locator: string | undefined,
  pageRows: number,
): Promise<Response> {
  const page = locator === undefined ? '' : `&locator=${encodeURIComponent(locator)}`;
  return transport.send({
    doing: `Reading the rows of ${job.object}`,
    method: 'GET',
    path: `jobs/query/${job.id}/results?maxRecords=${pageRows}${page}`,
    headers: { accept: 'text/csv' },
  });
}
