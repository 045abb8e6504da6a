import { type ExtractPage, type ExtractRequest, PortError } from '../../app/ports.ts';
import { packRows } from '../../app/ports/packed-rows.ts';
import { type BulkJob, BulkJobs, type PollOptions } from '../bulk-job.ts';
import type { FieldTypes } from '../field-types.ts';
import { serverTime } from '../poll-changes.ts';
import { soqlName } from '../soql-literal.ts';
import type { Transport } from '../transport.ts';
import { readAhead } from './read-ahead.ts';
import { type ResultOptions, readResults } from './result-pages.ts';

export type ExtractOptions = { readonly polling: PollOptions; readonly results: ResultOptions };

/** Types that the Bulk API refuses in a query. */
const refusedTypes = new Set(['address', 'location', 'base64', 'complexvalue']);

/**
 * Reads any number of rows by a query job of Bulk API 2.0; the job is removed whether or not all rows were taken.
 *
 * A result without rows is one page without rows: when the reading started is worth knowing all the same.
 */
export async function* extractRows(
  transport: Transport,
  fieldTypes: FieldTypes,
  request: ExtractRequest,
  options: ExtractOptions,
): AsyncGenerator<ExtractPage> {
  const { object, fields } = request;
  const doing = `Reading ${object}`;
  const types = await fieldTypes.resolve(object, fields);
  const columns = fields.map((name, index) => ({ name, type: types[index] as string }));
  refuse(object, columns);
  const jobs = new BulkJobs(transport, 'query', options.polling);
  const operation = request.includeDeleted ? 'queryAll' : 'query';
  const created = await jobs.create(doing, { operation, query: toSoql(request) });
  const startedAt = serverTime(created, doing);
  const { id } = (await created.json()) as BulkJob;
  let finished = false;
  try {
    const job = await jobs.wait(doing, id);
    finished = true;
    if (job.state !== 'JobComplete') throw failedJob(doing, job);
    const batches = readResults(transport, { id, object }, columns, options.results);
    let empty = true;
    for await (const rows of readAhead(batches)) {
      empty = false;
      yield { columns: fields, rows, startedAt };
    }
    if (empty) yield { columns: fields, rows: packRows([]), startedAt };
  } finally {
    await jobs.discard(id, finished);
  }
}

function toSoql({ object, fields, where }: ExtractRequest): string {
  const condition = where === undefined || where.trim() === '' ? '' : ` WHERE ${where}`;
  return `SELECT ${fields.map(soqlName).join(', ')} FROM ${soqlName(object)}${condition}`;
}

function refuse(object: string, columns: readonly { readonly name: string; readonly type: string }[]): void {
  const refused = columns.filter(({ type }) => refusedTypes.has(type)).map(({ name, type }) => `${name} (${type})`);
  if (refused.length === 0) return;
  const problem = `The Bulk API cannot read ${refused.join(', ')} of ${object}`;
  throw new PortError('invalid', `${problem}: name the fields that it consists of instead, or leave it out`);
}

const failedJob = (doing: string, job: BulkJob): PortError => {
  const reason = job.errorMessage ?? `job ${job.id} ended as ${job.state}`;
  const code = job.state === 'Aborted' ? 'retryable' : 'invalid';
  return new PortError(code, `${doing} failed: ${reason}`);
};
