import { OrgError } from '../../../data/org-error.ts';
import { readManifestElement } from '../../../metadata/read-manifest.ts';
import { oneOf, textOf, textsOf, type XmlElement } from '../../../metadata/xml-element.ts';
import type { Retrieval } from '../../metadata/retrievals.ts';
import { argument, type SoapCall } from '../soap-call.ts';
import type { XmlValue } from '../write-xml.ts';
import { fileProperties } from './describe-calls.ts';

/** Takes what to retrieve; it is zipped after the answer. */
export function retrieve(call: SoapCall): XmlValue {
  const request = oneOf(call.operation, 'request') ?? oneOf(call.operation, 'retrieveRequest');
  if (!request) throw new OrgError('MISSING_ARGUMENT', 'retrieveRequest not specified');
  refuseOthers(request);
  const unpackaged = oneOf(request, 'unpackaged');
  if (!unpackaged) throw new OrgError('MISSING_ARGUMENT', 'unpackaged not specified');
  const isSingle = textOf(request, 'singlePackage') === 'true';
  const { types, version = `${call.version}.0` } = readManifestElement(unpackaged);
  const { id } = call.wire.retrievals.enqueue({ version, types }, isSingle ? '' : 'unpackaged/');
  return { done: false, id, state: 'Queued' };
}

/** Packages are not known here, and single files of a zip cannot be asked for. */
function refuseOthers(request: XmlElement): void {
  const [name] = textsOf(request, 'packageNames');
  if (name !== undefined) throw new OrgError('INVALID_CROSS_REFERENCE_KEY', `No package named '${name}' found`);
  for (const each of ['specificFiles', 'rootTypesWithDependencies']) {
    if (!oneOf(request, each)) continue;
    throw new OrgError('INVALID_OPERATION', `The embedded org does not support ${each} in a retrieve request`);
  }
}

export function checkRetrieveStatus(call: SoapCall): XmlValue {
  const id = argument(call, 'asyncProcessId');
  const retrieval = call.wire.retrievals.find(id);
  if (!retrieval)
    throw new OrgError('INVALID_LOCATOR', `No retrieve operation with the id ${id} found, or its result was dropped`);
  return retrieveResult(retrieval, textOf(call.operation, 'includeZip') !== 'false');
}

function retrieveResult({ id, status, outcome, folder, errorMessage }: Retrieval, includeZip: boolean): XmlValue {
  return {
    done: status === 'Succeeded' || status === 'Failed',
    errorMessage,
    errorStatusCode: errorMessage === undefined ? undefined : 'UNKNOWN_EXCEPTION',
    fileProperties: outcome?.properties.map((each) => fileProperties(each, folder)),
    id,
    messages: outcome?.messages.map(({ fileName, problem }) => ({ fileName, problem })),
    status,
    success: status === 'Succeeded',
    zipFile: outcome && includeZip ? Buffer.from(outcome.zip).toString('base64') : undefined,
  };
}
