import type { CrmRecord, CrmValue } from '../app/ports.ts';
import type { Cells, SqlValue } from './sql.ts';

/** Lays rows end to end for a batch, and tells which columns hold booleans, which are stored as 0 and 1. */
export function toCells(
  width: number,
  rows: readonly (readonly CrmValue[])[],
): { readonly cells: Cells; readonly booleans: ReadonlySet<number> } {
  const values: SqlValue[] = [];
  const booleans = new Set<number>();
  for (const row of rows) {
    for (let column = 0; column < width; column += 1) {
      const value = row[column] ?? null;
      if (typeof value === 'boolean') {
        booleans.add(column);
        values.push(value ? 1 : 0);
      } else values.push(value);
    }
  }
  return { cells: { width, values }, booleans };
}

/** Turns stored rows back into records: 0 and 1 of boolean fields become false and true. */
export function toRecords(
  rows: readonly Record<string, SqlValue>[],
  booleans: ReadonlySet<string>,
): readonly CrmRecord[] {
  if (booleans.size === 0) return rows;
  return rows.map((row) => {
    const record: Record<string, CrmValue> = row;
    for (const field of booleans) {
      const value = record[field];
      if (typeof value === 'number') record[field] = value !== 0;
    }
    return record;
  });
}
