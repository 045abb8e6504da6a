import type { CrmRecord, CrmValue, ExtractPage } from '../ports.ts';
import { unpackRows } from '../ports/packed-rows.ts';

/** Rows of a page as records by field name. */
export const toRecords = (page: ExtractPage): readonly CrmRecord[] =>
  unpackRows(page.rows).map((row) => {
    const record: Record<string, CrmValue> = {};
    for (const [index, column] of page.columns.entries()) record[column] = row[index] ?? null;
    return record;
  });

/** Values of a record in the order of `fields`. */
export const rowOf = (fields: readonly string[], record: CrmRecord): readonly CrmValue[] =>
  fields.map((field) => record[field] ?? null);
