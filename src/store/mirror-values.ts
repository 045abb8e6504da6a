import type { CrmRecord, CrmValue } from '../app/ports.ts';
import type { SqlValue } from './sql.ts';

/** Positions of the columns that hold booleans. A field has one type, so the first value of a column tells. */
export function findBooleans(width: number, rows: readonly (readonly CrmValue[])[]): readonly number[] {
  const isBoolean = (column: number): boolean => {
    for (const row of rows) if (row[column] !== null) return typeof row[column] === 'boolean';
    return false;
  };
  return Array.from({ length: width }, (_, column) => column).filter(isBoolean);
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
