import { OrgError } from '../../../data/org-error.ts';
import type { QueryResult } from '../../../data/types.ts';
import { addChildLocators, childPageSize } from '../../rest/child-pages.ts';
import { argument, headerValue, type SoapCall } from '../soap-call.ts';
import { writeChildren, XmlNode, type XmlValue } from '../write-xml.ts';
import { writeSObject } from './write-sobject.ts';

export const query = (call: SoapCall): XmlValue => runQuery(call, false);
export const queryAll = (call: SoapCall): XmlValue => runQuery(call, true);

function runQuery(call: SoapCall, includeDeleted: boolean): XmlValue {
  const soql = argument(call, 'queryString');
  const result = call.wire.org.query(call.user, soql, { includeDeleted, apiVersion: call.version });
  if (result.kind !== 'count') return pageOf(call, result, 0, undefined);
  return queryResult({ done: true, queryLocator: null, size: result.totalSize });
}

export function queryMore(call: SoapCall): XmlValue {
  const [, id, offset] = /^(\w{15,18})-(\d+)$/.exec(argument(call, 'queryLocator')) ?? [];
  if (id === undefined || offset === undefined) throw new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator');
  return pageOf(call, call.wire.locators.get(call.user.userId, id), Number(offset), id);
}

/** The locators are those of REST, so a query keeps within the same limits whoever reads it. */
function pageOf(call: SoapCall, result: QueryResult, offset: number, locator: string | undefined): XmlValue {
  const { org, locators, settings } = call.wire;
  const size = pageSize(call);
  const rows = result.page(offset, size, childPageSize(size));
  addChildLocators(locators, call.user.userId, rows, (child) => child);
  // Rows that are gone meanwhile shorten a page; the next one must not begin with rows of this one again.
  const next = offset + size;
  const done = next >= result.totalSize;
  const id = done ? undefined : (locator ?? locators.open(call.user.userId, result, settings.locatorsPerUser));
  const form = { schema: org.core.schema, api: call.api };
  return queryResult({
    done,
    queryLocator: id === undefined ? null : `${id}-${next}`,
    records: rows.map((row) => writeSObject(form, row)),
    size: result.totalSize,
  });
}

const queryResult = (value: { readonly [name: string]: XmlValue }): XmlNode =>
  new XmlNode('QueryResult', writeChildren(value));

/** Clients may ask for 200 to 2,000 rows; a setting below 200 is for tests and wins. */
function pageSize(call: SoapCall): number {
  const asked = Number(headerValue(call, 'QueryOptions', 'batchSize'));
  const { queryPageSize } = call.wire.settings;
  return Number.isInteger(asked) ? Math.min(queryPageSize, Math.max(200, asked)) : queryPageSize;
}
