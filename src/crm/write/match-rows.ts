import type { CrmRecord, WriteRequest } from '../../app/ports.ts';
import { toCell } from './ingest-csv.ts';
import { type RowOutcome, unknownOutcome } from './row-outcome.ts';

/** A line of a result file: what became of it, and the cells that were sent. */
export type ResultRow = { readonly outcome: RowOutcome; readonly cells: Readonly<Record<string, string>> };

/**
 * Gives each record its outcome; the files of a Bulk job do not keep the order of the upload.
 *
 * A row is known by its Id, by the key of an upsert, or else by all of its cells. Rows that are equal in all cells are
 * equal to Salesforce too, so it does not matter which of them gets which of their outcomes.
 */
export function matchRows(
  request: Pick<WriteRequest, 'kind' | 'key'>,
  records: readonly CrmRecord[],
  columns: readonly string[],
  rows: Iterable<ResultRow>,
): readonly RowOutcome[] {
  const identity = request.kind === 'insert' ? columns : [request.kind === 'upsert' ? (request.key as string) : 'Id'];
  const waiting = new Map<string, number[]>();
  records.forEach((record, index) => {
    const name = fingerprint(identity.map((column) => toCell(record[column])));
    const same = waiting.get(name);
    if (same) same.push(index);
    else waiting.set(name, [index]);
  });
  const outcomes = new Map<number, RowOutcome>();
  for (const { outcome, cells } of rows) {
    const index = waiting.get(fingerprint(identity.map((column) => cells[column] ?? '')))?.shift();
    if (index !== undefined) outcomes.set(index, outcome);
  }
  return records.map((_, index) => outcomes.get(index) ?? unknownOutcome('The results of the job do not name the row'));
}

/** Salesforce trims cells and writes line ends its own way; blank is blank however it was written. */
const fingerprint = (cells: readonly string[]): string =>
  cells.map((cell) => (cell === '#N/A' ? '' : cell.replaceAll('\r\n', '\n').trim())).join('\u001f');
