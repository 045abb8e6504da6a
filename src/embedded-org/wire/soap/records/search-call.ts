import { argument, type SoapCall } from '../soap-call.ts';
import type { XmlValue } from '../write-xml.ts';
import { writeSObject } from './write-sobject.ts';

/** Finds records by the words in them; the query is SOSL. */
export function search(call: SoapCall): XmlValue {
  const { org } = call.wire;
  const form = { schema: org.core.schema, api: call.api };
  const found = org.search(call.user, argument(call, 'searchString'), call.version);
  return { searchRecords: found.map((row) => ({ record: writeSObject(form, row) })) };
}
