import { decodeUtf8 } from '../import/decode-utf8.ts';
import { readCsvRows } from '../import/csv-rows.ts';
import type { ImportSource } from '../import/import-rows.ts';

/** A call as the file has it, or why it is none. */
export type CallRow = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly header: readonly string[];
} & ({ readonly given: Readonly<Record<string, unknown>> } | { readonly problem: string });

/** A line longer than this is no call. */
const longestLine = 1_000_000;

/** Reads the calls of a file: NDJSON, one object a line, or CSV with a header of keys such as `traits.email`. */
export async function* readCalls(source: ImportSource): AsyncGenerator<CallRow> {
  const text = decodeUtf8(source.open());
  if (/\.csv$/i.test(source.name)) yield* fromCsv(text);
  else yield* fromLines(text);
}

async function* fromCsv(text: AsyncIterable<string>): AsyncGenerator<CallRow> {
  let header: readonly string[] | undefined;
  for await (const { line, cells } of readCsvRows(text)) {
    if (!header) {
      header = cells;
      continue;
    }
    const row = { line, cells, header };
    if (cells.length !== header.length) {
      yield { ...row, problem: `The row has ${cells.length} values, the header has ${header.length}.` };
    } else yield { ...row, given: Object.fromEntries(header.map((name, index) => [name, cells[index]])) };
  }
}

async function* fromLines(text: AsyncIterable<string>): AsyncGenerator<CallRow> {
  let rest = '';
  let line = 0;
  let isTold = false;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      line += 1;
      if (!isTold) yield* toCall(each, line);
      isTold = false;
    }
    if (rest.length <= longestLine && !isTold) continue;
    // Of a line without an end nothing is kept: it could be the whole file.
    if (!isTold) yield* toCall(rest, line + 1);
    isTold = true;
    rest = '';
  }
  if (!isTold) yield* toCall(rest, line + 1);
}

function* toCall(text: string, line: number): Generator<CallRow> {
  if (text.trim() === '') return;
  if (text.length > longestLine) {
    yield { line, cells: [''], header: ['call'], problem: 'The line is too long to be a call.' };
    return;
  }
  const row = { line, cells: [text], header: ['call'] };
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      yield { ...row, given: given as Readonly<Record<string, unknown>> };
      return;
    }
    yield { ...row, problem: 'The line is no JSON object.' };
  } catch (error) {
    yield { ...row, problem: `The line is no JSON: ${(error as Error).message}` };
  }
}
