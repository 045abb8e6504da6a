import type { CrmRecord, CrmValue } from '../app/ports.ts';
import type { SqlValue } from './sql.ts';

/** Positions of the columns in which any of the rows holds a boolean. */
export function findBooleans(rows: readonly (readonly CrmValue[])[]): readonly number[] {
  const found = new Set<number>();
  for (const row of rows) {
    for (let column = 0; column < row.length; column += 1) if (typeof row[column] === 'boolean') found.add(column);
  }
  return [...found];
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
