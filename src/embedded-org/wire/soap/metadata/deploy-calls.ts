import { OrgError } from '../../../data/org-error.ts';
import { oneOf } from '../../../metadata/xml-element.ts';
import { deployResult } from '../../metadata/deploy-result.ts';
import type { Deployment } from '../../metadata/deployment.ts';
import { toJsonOptions } from '../read-options.ts';
import { argument, type SoapCall } from '../soap-call.ts';
import { toXmlValue } from '../to-xml-value.ts';
import type { XmlValue } from '../write-xml.ts';

/** Takes a zip; it is deployed after the answer, by the same queue that serves REST. */
export function deploy(call: SoapCall): XmlValue {
  const zip = Buffer.from(argument(call, 'ZipFile'), 'base64');
  const options = toJsonOptions(oneOf(call.operation, 'DeployOptions'));
  const { id } = call.wire.deployments.enqueue(call.user, zip, options);
  return { done: false, id, state: 'Queued' };
}

/** Answers the id of the new deployment. */
export const deployRecentValidation = (call: SoapCall): XmlValue =>
  call.wire.deployments.enqueueValidated(call.user, argument(call, 'validationId')).id;

export function checkDeployStatus(call: SoapCall): XmlValue {
  const deployment = getDeployment(call, 'asyncProcessId');
  const { includeDetails } = toJsonOptions(call.operation);
  return toXmlValue(deployResult(deployment, includeDetails === true));
}

export function cancelDeploy(call: SoapCall): XmlValue {
  // The WSDL names the argument String, clients also send id.
  const id = oneOf(call.operation, 'String') ? 'String' : 'id';
  const deployment = getDeployment(call, id);
  call.wire.deployments.cancel(deployment);
  return { done: true, id: deployment.id };
}

function getDeployment(call: SoapCall, name: string): Deployment {
  const id = argument(call, name);
  const deployment = call.wire.deployments.find(id);
  if (!deployment) throw new OrgError('INVALID_CROSS_REFERENCE_KEY', `No deployment with the id ${id} found`);
  return deployment;
}
