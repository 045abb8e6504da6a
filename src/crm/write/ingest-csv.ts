import type { CrmRecord, CrmValue } from '../../app/ports.ts';

/** A cell that makes the field blank; an empty cell leaves the field as it is. */
const blank = '#N/A';

/** All fields that any of the records names, in the order of first mention. */
export function columnsOf(records: readonly CrmRecord[]): readonly string[] {
  const columns = new Set<string>();
  for (const record of records) for (const name in record) columns.add(name);
  return [...columns];
}

/** The text that a value has in the CSV, before quoting. */
export function toCell(value: CrmValue | undefined): string {
  if (value === undefined) return '';
  if (value === null || value === '') return blank;
  return typeof value === 'string' ? value : String(value);
}

/** One line of the CSV; every cell is quoted, which is faster than finding out which need it. */
export function toLine(record: CrmRecord, columns: readonly string[]): string {
  let line = '';
  for (const column of columns) {
    const cell = toCell(record[column]);
    const quoted = cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : `"${cell}"`;
    line += line === '' ? quoted : `,${quoted}`;
  }
  return `${line}\n`;
}

export const headerLine = (columns: readonly string[]): string => `${columns.map((name) => `"${name}"`).join(',')}\n`;

export type Upload = { readonly first: number; readonly count: number; readonly csv: Uint8Array<ArrayBuffer> };

/** Cuts records into CSV uploads of at most `maxBytes`, each with the header and whole rows. */
export function* toUploads(
  records: readonly CrmRecord[],
  columns: readonly string[],
  maxBytes: number,
): Generator<Upload> {
  const header = headerLine(columns);
  let first = 0;
  let lines = [header];
  let bytes = Buffer.byteLength(header);
  for (const [index, record] of records.entries()) {
    const line = toLine(record, columns);
    const size = Buffer.byteLength(line);
    if (bytes + size > maxBytes && index > first) {
      yield { first, count: index - first, csv: Buffer.from(lines.join('')) };
      first = index;
      lines = [header];
      bytes = Buffer.byteLength(header);
    }
    lines.push(line);
    bytes += size;
  }
  if (records.length > first) yield { first, count: records.length - first, csv: Buffer.from(lines.join('')) };
}
