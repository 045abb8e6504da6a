import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OrgError } from '../../data/org-error.ts';
import { requireMetadataRights } from '../../metadata/require-metadata-rights.ts';
import { parseVersion } from '../api-version.ts';
import { decodeBody } from '../../http/decode-body.ts';
import { parseJsonBody } from '../../http/parse-json-body.ts';
import { admit } from '../../http/admit.ts';
import { asObject, bodyObject, booleanOf, notFound, ok, param, type RestAnswer } from '../../http/rest-call.ts';
import type { WireCall, WireContext, WireRoute } from '../wire-context.ts';
import { deployResult } from './deploy-result.ts';
import type { Deployment } from './deployment.ts';

const SWITCHES = ['checkOnly', 'rollbackOnError', 'singlePackage', 'ignoreWarnings', 'purgeOnDelete'];

const LARGEST_ZIP = 100 * 1024 * 1024;

/** State and cancellation of deployments. */
export const deployRoutes: readonly WireRoute[] = [
  { method: 'GET', path: 'metadata/deployRequest/:id', handle: readDeployment },
  { method: 'PATCH', path: 'metadata/deployRequest/:id', handle: cancelDeployment },
];

/** Takes a deployment: a multipart body with the zip and, as JSON, `{deployOptions}`, or the id of a validation. It runs after the answer. */
export async function registerDeploy(server: FastifyInstance, wire: WireContext): Promise<void> {
  // Each part comes as bytes, since what is no text in its character set must not become other text.
  await server.register(multipart, { limits: { fileSize: LARGEST_ZIP, files: 7 }, isPartAFile: () => true });
  server.post('/services/data/:version/metadata/deployRequest', async (request, reply) => {
    const user = admit(request, reply, wire);
    parseVersion((request.params as { version: string }).version);
    requireMetadataRights(user);
    const validationId = readValidationId(request.body);
    if (validationId !== undefined) {
      return reply.code(201).send(deploymentBody(wire.deployments.enqueueValidated(user, validationId), false));
    }
    if (!request.isMultipart())
      throw new OrgError('INVALID_INPUT', 'A deployment must be sent as multipart/form-data', 415);
    const { zip, options } = await readParts(request);
    const deployment = wire.deployments.enqueue(user, zip, options);
    return reply.code(201).send(deploymentBody(deployment, false));
  });
}

/** Without a zip a deployment may name one that was validated. */
function readValidationId(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('validatedDeployRequestId' in body)) return undefined;
  return String(body.validatedDeployRequestId);
}

async function readParts(request: FastifyRequest): Promise<{ zip: Uint8Array; options: Record<string, unknown> }> {
  let zip: Uint8Array | undefined;
  let options: Record<string, unknown> = {};
  for await (const part of request.parts()) {
    if (part.type !== 'file') continue;
    const bytes = await part.toBuffer();
    if (part.fieldname === 'file') zip = bytes;
    else if (part.fieldname === 'entity_content' || part.fieldname === 'json') options = readOptions(bytes);
  }
  if (zip === undefined) throw new OrgError('INVALID_INPUT', 'The part named file, with the zip, is missing', 400);
  return { zip, options };
}

function readOptions(bytes: Uint8Array): Record<string, unknown> {
  const { deployOptions } = asObject(parseJsonBody(decodeBody(bytes, undefined)), 'The options must be an object.');
  const options = asObject(deployOptions ?? {}, 'deployOptions must be an object.');
  for (const name of SWITCHES) booleanOf(options, name);
  return options;
}

function readDeployment(call: WireCall): RestAnswer {
  return ok(deploymentBody(getDeployment(call), call.query.get('includeDetails') === 'true'));
}

function cancelDeployment(call: WireCall): RestAnswer {
  const deployment = getDeployment(call);
  const { deployResult: wanted } = bodyObject(call);
  const { status } = asObject(wanted, 'deployResult is missing.');
  if (status !== 'Canceling') {
    throw new OrgError('INVALID_INPUT', 'A deployment can only be set to the status Canceling', 400);
  }
  call.wire.deployments.cancel(deployment);
  return { status: 202, body: deploymentBody(deployment, false) };
}

/** Who may deploy sees every deployment, and others none. */
function getDeployment(call: WireCall): Deployment {
  requireMetadataRights(call.user);
  const deployment = call.wire.deployments.find(param(call, 'id'));
  if (!deployment) throw notFound();
  return deployment;
}

const deploymentBody = (deployment: Deployment, includeDetails: boolean): object => ({
  id: deployment.id,
  validatedDeployRequestId: null,
  deployOptions: deployment.options,
  deployResult: deployResult(deployment, includeDetails),
});
