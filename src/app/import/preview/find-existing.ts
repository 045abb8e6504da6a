import type { Crm, CrmRecord } from '../../ports.ts';
import { quotedList } from '../../ports/soql-text.ts';
import { unpackRows } from '../../ports/packed-rows.ts';

/** Values asked for in one query: a request's address takes no more. */
const valuesPerQuery = 100;

/** More values than this are found by reading all leads once by the Bulk API, which costs fewer calls. */
const mostValuesAsked = 6_000;

/** Finds the leads that have one of these values in a field, in lower case → the lead, with the fields named. */
export async function findExisting(
  crm: Crm,
  field: string,
  values: ReadonlySet<string>,
  fields: readonly string[],
): Promise<ReadonlyMap<string, CrmRecord>> {
  const wanted = [...new Set(['Id', field, ...fields])];
  const rows = values.size > mostValuesAsked ? readAll(crm, field, wanted) : askFor(crm, field, [...values], wanted);
  const found = new Map<string, CrmRecord>();
  for await (const row of rows) {
    const value = String(row[field] ?? '').toLowerCase();
    if (values.has(value)) found.set(value, row);
  }
  return found;
}

async function* askFor(
  crm: Crm,
  field: string,
  values: readonly string[],
  wanted: readonly string[],
): AsyncGenerator<CrmRecord> {
  for (let at = 0; at < values.length; at += valuesPerQuery) {
    const list = quotedList(values.slice(at, at + valuesPerQuery));
    yield* await crm.query(`SELECT ${wanted.join(', ')} FROM Lead WHERE IsConverted = false AND ${field} IN ${list}`);
  }
}

async function* readAll(crm: Crm, field: string, wanted: readonly string[]): AsyncGenerator<CrmRecord> {
  const where = `IsConverted = false AND ${field} != null`;
  for await (const { columns, rows } of crm.extract({ object: 'Lead', fields: wanted, where })) {
    for (const row of unpackRows(rows)) yield Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null]));
  }
}
