import { type CrmRecord, type CrmValue, PortError, type QueryOptions } from '../app/ports.ts';
import { fromJson } from './field-values.ts';
import type { Transport } from './transport.ts';

export type QueryPage = {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly Record<string, unknown>[];
};

/** Runs a query to its end, page after page, and flattens parents into paths such as `Owner.Name`. */
export async function queryRecords(
  transport: Transport,
  soql: string,
  { max = 10_000, tooling = false }: QueryOptions = {},
): Promise<readonly CrmRecord[]> {
  const doing = `The query "${soql.length > 120 ? `${soql.slice(0, 120)}…` : soql}"`;
  const records: CrmRecord[] = [];
  const paths = parentPaths(soql);
  let path: string | undefined = `${tooling ? 'tooling/' : ''}query?q=${encodeURIComponent(soql)}`;
  while (path !== undefined) {
    const page: QueryPage = await transport.json<QueryPage>({ doing, method: 'GET', path });
    if (page.totalSize > max) {
      throw new PortError(
        'limit',
        `${doing} found ${page.totalSize} rows, more than the ${max} it may return: narrow it`,
      );
    }
    for (const record of page.records) records.push(flatten(record, paths));
    path = page.done ? undefined : page.nextRecordsUrl;
  }
  return records;
}

/** Paths named by the SELECT list: a parent that is null would otherwise leave them out instead of making them null. */
function parentPaths(soql: string): readonly string[] {
  const list = /^\s*select\s([\s\S]*?)\sfrom\s/i.exec(soql)?.[1] ?? '';
  return list.split(',').flatMap((item) => /^\s*([A-Za-z]\w*(?:\.[A-Za-z]\w*)+)\s*$/.exec(item)?.[1] ?? []);
}

function flatten(record: Record<string, unknown>, paths: readonly string[]): CrmRecord {
  const flat: Record<string, CrmValue> = {};
  for (const path of paths) flat[path] = null;
  addFields(flat, '', record);
  return flat;
}

function addFields(flat: Record<string, CrmValue>, prefix: string, record: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') continue;
    if (typeof value !== 'object' || value === null) flat[prefix + name] = fromJson(value);
    else if (isChildren(value))
      throw new PortError('bug', `Query the children ${name} by themselves, not in a subquery`);
    else addFields(flat, `${prefix}${name}.`, value as Record<string, unknown>);
  }
}

const isChildren = (value: object): boolean => 'records' in value && 'totalSize' in value;
