import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { registerOutbox } from '../actions/outbox-routes.ts';
import { OrgError } from '../data/org-error.ts';
import { registerBulkData } from './bulk/data-routes.ts';
import { registerAdmin } from './admin/admin-routes.ts';
import { registerFaults } from './admin/fault-routes.ts';
import { registerDeploy } from './metadata/deploy-routes.ts';
import { registerLightning } from '../lightning/register-lightning.ts';
import { registerStreaming } from '../streaming/register-streaming.ts';
import { addBodyParsers } from './body-parsers.ts';
import { addCompression } from './compress-answers.ts';
import { unsupportedMedia } from '../http/decode-body.ts';
import { errorBody } from '../http/error-answer.ts';
import { OAuthError } from './oauth/oauth-error.ts';
import { registerOAuth } from './oauth/oauth-routes.ts';
import { registerRest } from './rest/register-rest.ts';
import { registerSoap } from './soap/register-soap.ts';
import type { WireContext } from './wire-context.ts';
import { listVersions } from './api-version.ts';

const LONGEST_URL = 16_384;
const LARGEST_JSON = 50 * 1024 * 1024;

/** Builds the HTTP server of an org; the caller makes it listen. */
export async function buildServer(wire: WireContext, options: { readonly faults?: boolean }): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: LARGEST_JSON,
    exposeHeadRoutes: false,
    // An address that is none reaches no route, and so not the handler of errors either.
    frameworkErrors: (error, request, reply) => void sendRefusal(reply, toOrgError(request, error)),
    forceCloseConnections: true,
    http: { maxHeaderSize: 64 * 1024 },
    routerOptions: { ignoreDuplicateSlashes: true, ignoreTrailingSlash: true, maxParamLength: LONGEST_URL },
  });
  addBodyParsers(server);
  addGuards(server, wire);
  addCompression(server);
  addErrorAnswers(server, wire);
  // Before all others: a plugin takes over the hooks that are there when it is registered.
  if (options.faults) registerFaults(server, wire);
  registerStreaming(server, wire);
  server.get('/services/data', () => listVersions());
  registerOAuth(server, wire);
  registerBulkData(server, wire);
  await registerDeploy(server, wire);
  registerAdmin(server, wire);
  registerRest(server, wire);
  await registerSoap(server, wire);
  registerLightning(server, wire);
  registerOutbox(server, wire);
  return server;
}

/** Refuses what no page of another site and no overlong address may do, and stamps the org's time on every answer. */
function addGuards(server: FastifyInstance, wire: WireContext): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('date', new Date(wire.org.core.clock.now()).toUTCString());
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(request.headers.host ?? '')) {
      return reply.code(421).type('text/plain').send('This org answers to localhost only.');
    }
    if (request.url.length > LONGEST_URL) return reply.code(414).type('text/html').send('URI Too Long');
    return undefined;
  });
}

function addErrorAnswers(server: FastifyInstance, wire: WireContext): void {
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(errorBody(new OrgError('NOT_FOUND', 'The requested resource does not exist', 404))),
  );
  server.setErrorHandler((error, request, reply) => {
    if (error instanceof OAuthError) {
      return reply.code(400).send({ error: error.error, error_description: error.message });
    }
    const refusal = isCutOff(request, error) ? CUT_OFF : toOrgError(request, error);
    if (refusal.status >= 500) wire.reportFault(error);
    return sendRefusal(reply, refusal);
  });
}

const sendRefusal = (reply: FastifyReply, refusal: OrgError): FastifyReply =>
  reply.code(refusal.status).send(errorBody(refusal));

/** The client went away in the middle of its request; the answer reaches nobody, and the org did nothing wrong. */
const CUT_OFF = new OrgError('INVALID_INPUT', 'The request ended before it was complete', 400);

function isCutOff(request: FastifyRequest, error: unknown): boolean {
  const { code } = error as { code?: string };
  return !request.raw.complete && (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE');
}

function toOrgError(request: FastifyRequest, error: unknown): OrgError {
  if (error instanceof OrgError) return error;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) {
    return new OrgError('REQUEST_TOO_LARGE', 'The request body is larger than this resource accepts', 413);
  }
  if (statusCode === 415) return unsupportedMedia(request.headers['content-type']);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new OrgError('INVALID_INPUT', `The request is malformed (${code ?? statusCode})`, 400);
  }
  return new OrgError(
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred in the embedded org; its log has the details',
    500,
  );
}
