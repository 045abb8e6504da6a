import type { CrmRecord, CrmValue } from '../ports.ts';
import { convertCell } from './convert-cell.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { CsvError } from './csv-error.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import type { ImportPlan } from './plan-columns.ts';

export type ImportSource = {
  /** Name for messages. */
  readonly name: string;
  /** Opens the file from its start; it is read twice, so that every row is checked before the first is written. */
  readonly open: () => AsyncIterable<Uint8Array>;
};

/** A row of the file as a record, or why it cannot be one. */
export type ImportRow = CsvRow & ({ readonly record: CrmRecord } | { readonly problem: string });

const rowsOf = (source: ImportSource, delimiter: string | undefined): AsyncGenerator<CsvRow> =>
  readCsvRows(decodeUtf8(source.open()), delimiter);

/** Reads the names of the columns. */
export async function readHeader(source: ImportSource, delimiter: string | undefined): Promise<readonly string[]> {
  for await (const { cells, line } of rowsOf(source, delimiter)) {
    const twice = cells.find((cell, index) => cells.indexOf(cell) !== index);
    if (twice !== undefined) throw new CsvError(line, `The header names the column "${twice}" twice.`);
    return cells;
  }
  throw new CsvError(1, 'The file is empty.');
}

/** Reads the rows below the header; a row that repeats the key of an earlier one is a problem. */
export async function* readImportRows(source: ImportSource, plan: ImportPlan): AsyncGenerator<ImportRow> {
  const lineOfKey = new Map<string, number>();
  let isHeader = true;
  for await (const row of rowsOf(source, plan.delimiter)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    const converted = convertRow(row, plan);
    if (plan.key === undefined || 'problem' in converted) {
      yield { ...row, ...converted };
      continue;
    }
    const key = String(converted.record[plan.key]);
    const folded = plan.caseSensitiveKey ? key : key.toLowerCase();
    const first = lineOfKey.get(folded);
    lineOfKey.set(folded, first ?? row.line);
    yield first === undefined
      ? { ...row, ...converted }
      : { ...row, problem: `${plan.key} is "${key}", as on line ${first}.` };
  }
}

function convertRow(
  { cells }: CsvRow,
  { columns, constants, key }: ImportPlan,
): { readonly record: CrmRecord } | { readonly problem: string } {
  if (cells.length !== columns.length) {
    return { problem: `The row has ${cells.length} values, the header has ${columns.length}.` };
  }
  const record: Record<string, CrmValue> = { ...constants };
  for (const [index, column] of columns.entries()) {
    for (const field of column.fields) {
      const converted = convertCell(cells[index] ?? '', column, field);
      if ('problem' in converted) return { problem: `"${column.header}": ${converted.problem}` };
      record[field.name] = converted.value;
    }
  }
  if (key && (record[key] ?? '') === '') return { problem: `The key ${key} is blank.` };
  return { record };
}
