import { composeQuery, parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../../data/org-error.ts';
import type { QueryResult } from '../../data/types.ts';
import type { RestCall } from '../../http/rest-call.ts';

/**
 * Checks a query before its job is accepted and returns the object it reads.
 *
 * Bulk API 2.0 serves flat rows only. Names and types are checked by running the query for one row, unsorted, because the
 * whole of it may take long.
 */
export function checkBulkQuery(call: RestCall, soql: string, operation: 'query' | 'queryAll'): string {
  const options = { includeDeleted: operation === 'queryAll', apiVersion: call.version };
  const run = (text: string): QueryResult => call.wire.org.query(call.user, text, options);
  const result = runProbe(toProbe(soql), run) ?? run(soql);
  if (result.kind !== 'records') throw notSupported('aggregate functions');
  for (const { field } of result.columns) {
    if (field?.type === 'address') throw notSupported(`compound fields such as ${field.name}`);
  }
  return result.objectName;
}

/** Undefined when the probe is refused: the query itself then gives the error, with its own text and position. */
function runProbe(probe: string | undefined, run: (text: string) => QueryResult): QueryResult | undefined {
  if (probe === undefined) return undefined;
  try {
    return run(probe);
  } catch (error) {
    if (error instanceof OrgError) return undefined;
    throw error;
  }
}

/** The query cut down to one row; undefined when it does not parse, so that running it gives the error. */
function toProbe(soql: string): string | undefined {
  const query = tryParse(soql);
  if (!query) return undefined;
  const unsupported = findUnsupported(query);
  if (unsupported !== undefined) throw notSupported(unsupported);
  const { orderBy: _orderBy, ...unsorted } = query;
  return composeQuery({ ...unsorted, limit: 1 });
}

function tryParse(soql: string): Query | undefined {
  try {
    return parseQuery(soql);
  } catch {
    return undefined;
  }
}

function findUnsupported(query: Query): string | undefined {
  if (query.groupBy !== undefined) return 'GROUP BY';
  if (query.offset !== undefined) return 'OFFSET';
  for (const field of query.fields ?? []) {
    if (field.type === 'FieldSubquery') return 'parent-to-child relationship queries';
    if (field.type === 'FieldTypeof') return 'TYPEOF';
  }
  return undefined;
}

const notSupported = (what: string): OrgError =>
  new OrgError('API_ERROR', `Bulk API 2.0 queries do not support ${what}`, 400);
