import { PortError, type WriteRequest, type WriteResult } from '../../app/ports.ts';
import { pause } from '../pause.ts';
import { soqlName } from '../soql-literal.ts';
import type { Transport } from '../transport.ts';
import { writeByBulk } from './bulk-ingest.ts';
import { writeCollections } from './collections.ts';
import { type RowOutcome, toResult, unsentOutcome } from './row-outcome.ts';
import type { WriteOptions } from './write-options.ts';

const lockAttempts = 4;

/** Writes records and returns an outcome for each, in order; rows that were only locked are sent again. */
export async function writeRecords(
  transport: Transport,
  request: WriteRequest,
  options: WriteOptions,
): Promise<readonly WriteResult[]> {
  check(request);
  const outcomes: RowOutcome[] = [];
  let open = request.records.map((_, index) => index);
  for (let attempt = 0; open.length > 0; attempt += 1) {
    if (attempt > 0) await pause(attempt - 1, options.lockPause, 5_000);
    const records = open.map((index) => request.records[index] as WriteRequest['records'][number]);
    const written = await writeOnce(transport, { ...request, records }, options).catch((error: unknown) => {
      // The others of the first attempt are written, so the failure is that of the locked rows alone.
      if (attempt === 0 || !(error instanceof PortError)) throw error;
      return records.map(() => unsentOutcome(error));
    });
    open.forEach((index, at) => (outcomes[index] = written[at] as RowOutcome));
    if (attempt + 1 >= lockAttempts) break;
    open = open.filter((index) => isLocked(outcomes[index] as RowOutcome));
  }
  return outcomes.map(toResult);
}

const writeOnce = (
  transport: Transport,
  request: WriteRequest,
  options: WriteOptions,
): Promise<readonly RowOutcome[]> =>
  request.records.length > options.bulkThreshold
    ? writeByBulk(transport, request, options)
    : writeCollections(transport, request);

const isLocked = (outcome: RowOutcome): boolean => !outcome.success && outcome.salesforceCode === 'UNABLE_TO_LOCK_ROW';

function check({ kind, object, key, records, mayCreatePeople }: WriteRequest): void {
  soqlName(object);
  if (kind === 'upsert') {
    if (key === undefined) throw new PortError('bug', `An upsert of ${object} needs its key field`);
    soqlName(key);
    // Salesforce would re-route and re-own people that somebody else keeps.
    if ((object === 'Lead' || object === 'Contact') && !mayCreatePeople)
      throw new PortError('bug', `${object} is updated by Id, never upserted`);
    if (records.some((record) => isBlank(record[key])))
      throw new PortError('bug', `An upsert of ${object} needs ${key} in each record`);
  }
  if ((kind === 'update' || kind === 'delete') && records.some((record) => isBlank(record['Id']))) {
    throw new PortError('bug', `To ${kind} ${object} each record needs its Id`);
  }
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';
