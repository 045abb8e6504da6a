import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { CsvError, CsvParser, type LineEnding } from './csv-parser.ts';

export type CsvFormat = { readonly delimiter: string; readonly lineEnding: LineEnding };

/**
 * Reads a UTF-8 CSV file in constant memory, a few hundred rows at a time; throws CsvError for what is not CSV.
 *
 * A byte order mark is part of the first value, where the platform stumbles over it.
 */
export async function* readCsv(path: string, format: CsvFormat): AsyncGenerator<readonly string[][]> {
  const parser = new CsvParser(format.delimiter, format.lineEnding);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for await (const chunk of createReadStream(path, { highWaterMark: 128 * 1024 })) {
    const rows = parser.push(decode(decoder, chunk as Uint8Array));
    if (rows.length > 0) yield rows;
  }
  const rows = [...parser.push(decode(decoder, undefined)), ...parser.end()];
  if (rows.length > 0) yield rows;
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new CsvError('InvalidBatch : The CSV data is not valid UTF-8');
  }
}
