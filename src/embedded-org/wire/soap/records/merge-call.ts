import { OrgError } from '../../../data/org-error.ts';
import type { MergeRequest } from '../../../data/types.ts';
import { allOf, oneOf, textsOf, type XmlElement } from '../../../metadata/xml-element.ts';
import { writeTogether } from '../../../data/dml/run-batch.ts';
import { refuseMoreThan, type SoapCall } from '../soap-call.ts';
import type { XmlValue } from '../write-xml.ts';
import { readSObject } from './read-sobject.ts';
import { dmlOptions, errorList } from './write-calls.ts';

const MOST_REQUESTS = 200;

/** Merges up to two records into a third, request by request. */
export function merge(call: SoapCall): XmlValue {
  const elements = [...allOf(call.operation, 'mergeRequests'), ...allOf(call.operation, 'request')];
  refuseMoreThan(MOST_REQUESTS, elements.length);
  const requests = elements.map((each) => readRequest(call, each));
  const options = dmlOptions(call);
  const { org } = call.wire;
  const results = writeTogether(org.core, options.allOrNone, () =>
    requests.map((each) => org.mergeRecords(call.user, each, options)),
  );
  return results.map(({ errors, id, mergedRecordIds, success, updatedRelatedIds }) => ({
    errors: errorList(errors),
    id: success ? id : null,
    ...(success ? { mergedRecordIds } : {}),
    success,
    ...(success ? { updatedRelatedIds } : {}),
  }));
}

function readRequest(call: SoapCall, element: XmlElement): MergeRequest {
  const master = oneOf(element, 'masterRecord');
  if (!master) throw new OrgError('MISSING_ARGUMENT', 'masterRecord not specified');
  if (allOf(element, 'additionalInformationMap').length > 0) {
    throw new OrgError('INVALID_OPERATION', 'The embedded org does not support additionalInformationMap in merge');
  }
  const { object, row } = readSObject(call, master);
  const mergedIds = textsOf(element, 'recordToMergeIds');
  return { objectName: object.name, master: row, mergedIds };
}
