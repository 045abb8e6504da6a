import { csvParser } from '../csv-parser.ts';
import type { Transport } from '../transport.ts';
import type { ResultRow } from './match-rows.ts';
import type { RowOutcome } from './row-outcome.ts';

type ToOutcome = (cells: Readonly<Record<string, string>>) => RowOutcome;

/** Reads the three result files of a finished ingest job: what succeeded, what failed, and what was never tried. */
export async function readJobRows(transport: Transport, doing: string, id: string): Promise<readonly ResultRow[]> {
  const files: readonly (readonly [string, ToOutcome])[] = [
    ['successfulResults', toSuccess],
    ['failedResults', toFailure],
    ['unprocessedrecords', () => unprocessed],
  ];
  const rows: ResultRow[] = [];
  for (const [file, toOutcome] of files) {
    const path = `jobs/ingest/${id}/${file}`;
    const response = await transport.send({ doing, method: 'GET', path, headers: { accept: 'text/csv' } });
    for (const cells of parseFile(await response.text())) rows.push({ outcome: toOutcome(cells), cells });
  }
  return rows;
}

/** The header names fields, so it holds no comma but those between them. */
function parseFile(csv: string): readonly Record<string, string>[] {
  const header = csv.slice(0, csv.indexOf('\n')).replaceAll('"', '').split(',');
  const rows: Record<string, string>[] = [];
  const parser = csvParser(header.length, (cells) => {
    rows.push(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
  });
  parser.push(csv);
  parser.end();
  return rows.slice(1);
}

const toSuccess: ToOutcome = (cells) => ({
  success: true,
  id: cells['sf__Id'] ?? '',
  created: cells['sf__Created'] === 'true',
});

/** The cell reads `CODE:message:fields --`, where the message may contain colons itself. */
const toFailure: ToOutcome = (cells) => {
  const text = cells['sf__Error'] ?? '';
  const [, code = 'UNKNOWN_EXCEPTION', rest = text] = /^([A-Z][A-Z_]+):([\s\S]*)$/.exec(text) ?? [];
  const [, message = rest, fields = ''] = /^([\s\S]*):([^:]*?)\s*--\s*$/.exec(rest) ?? [];
  return { success: false, salesforceCode: code, message, fields: fields.split(/[\s,]+/).filter(Boolean) };
};

const unprocessed: RowOutcome = {
  success: false,
  salesforceCode: '',
  message: 'The job ended before the row was tried',
  fields: [],
  code: 'retryable',
};
