import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { QueryResult } from '../../data/types.ts';
import type { RestCall } from '../../http/rest-call.ts';

/** What the platform takes as too many rows for an index to pay, of which its cost is a share. */
const SELECTIVE_SHARE = 0.1;

/**
 * The body of `query?explain=`: one plan, of a scan of the whole table.
 *
 * Cardinalities are counted, without View Setup of the records that the user may see; the cost is their ratio by Salesforce's rule of thumb for a scan, not a measurement.
 */
export function explainBody(call: RestCall, soql: string, result: QueryResult): object {
  const { org } = call.wire;
  const options = { includeDeleted: false, apiVersion: call.version };
  const counting = call.user.access.system('ViewSetup') ? org.system() : call.user;
  const { totalSize } = org.query(counting, `SELECT COUNT() FROM ${result.objectName}`, options);
  const isFiltered = parseQuery(soql).where !== undefined;
  const relativeCost = totalSize === 0 ? 0 : Math.max(1, result.totalSize / (totalSize * SELECTIVE_SHARE)) / 3;
  const plan = {
    cardinality: result.totalSize,
    fields: [],
    leadingOperationType: 'TableScan',
    notes: isFiltered ? [noteOn(result.objectName)] : [],
    relativeCost: Math.round(relativeCost * 1000) / 1000,
    sobjectCardinality: totalSize,
    sobjectType: result.objectName,
  };
  return { plans: [plan], sourceQuery: soql };
}

const noteOn = (object: string): object => ({
  description: 'Not considering filter for optimization because unindexed',
  fields: ['IsDeleted'],
  tableEnumOrId: object,
});
