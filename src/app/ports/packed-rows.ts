import type { CrmValue, PackedRows, ValueRows } from '../ports.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const rowCount = (rows: PackedRows): number => rows.ends.length;

/** The values of every row, in the order of the columns. */
export function unpackRows(rows: PackedRows): CrmValue[][] {
  return Array.from(rowTexts(rows), (text) => JSON.parse(text) as CrmValue[]);
}

export const packRows = (rows: ValueRows): PackedRows => packTexts(rows.map((row) => JSON.stringify(row)));

/** The rows for whose values `keep` is true. */
export function keepRows(rows: PackedRows, keep: (values: readonly CrmValue[]) => boolean): PackedRows {
  const texts = [...rowTexts(rows)];
  const kept = texts.filter((text) => keep(JSON.parse(text) as CrmValue[]));
  return kept.length === texts.length ? rows : packTexts(kept);
}

/** The text of every row. */
export function* rowTexts({ bytes, ends }: PackedRows): Generator<string> {
  let start = 0;
  for (const end of ends) {
    yield decoder.decode(bytes.subarray(start, end));
    start = end;
  }
}

function packTexts(texts: readonly string[]): PackedRows {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  const encoded = texts.map((text) => encoder.encode(text));
  for (const [index, row] of encoded.entries()) ends[index] = end += row.length;
  const bytes = new Uint8Array(end);
  for (const [index, row] of encoded.entries()) bytes.set(row, (ends[index] as number) - row.length);
  return { bytes, ends };
}
