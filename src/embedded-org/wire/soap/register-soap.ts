import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OrgError } from '../../data/org-error.ts';
import { oneOf, textOf, type XmlElement } from '../../metadata/xml-element.ts';
import { parseVersion } from '../api-version.ts';
import { charsetOf } from '../../http/decode-body.ts';
import { admitSession } from '../../http/admit.ts';
import type { WireContext } from '../wire-context.ts';
import { metadataOperations } from './metadata/metadata-operations.ts';
import { readEnvelope } from './read-envelope.ts';
import { recordOperations } from './records/record-operations.ts';
import { refuseLogin } from './refuse-login.ts';
import type { SoapApi, SoapCall, SoapOperations } from './soap-call.ts';
import { faultOf, SoapFault } from './soap-fault.ts';
import { writeXml, type XmlValue } from './write-xml.ts';

type Api = { readonly namespace: string; readonly records: string; readonly operations: SoapOperations };

const APIS: Readonly<Record<SoapApi, Api>> = {
  m: { ...namespaces('http://soap.sforce.com/2006/04/metadata'), operations: metadataOperations },
  u: {
    ...namespaces('urn:partner.soap.sforce.com', 'urn:sobject.partner.soap.sforce.com'),
    operations: recordOperations,
  },
  c: {
    ...namespaces('urn:enterprise.soap.sforce.com', 'urn:sobject.enterprise.soap.sforce.com'),
    operations: recordOperations,
  },
};

/** Of the messages, and of the records in them. */
function namespaces(namespace: string, records = namespace): { namespace: string; records: string } {
  return { namespace, records };
}

/** Serves the metadata, partner and enterprise SOAP APIs, which answer faults where REST answers error arrays. */
export async function registerSoap(server: FastifyInstance, wire: WireContext): Promise<void> {
  await server.register(async (soap) => {
    const types = /^(text|application)\/(soap\+)?xml/;
    soap.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    soap.setErrorHandler((error, request, reply) => sendFault(request, reply, wire, error));
    for (const url of ['/services/Soap/:api/:version', '/services/Soap/:api/:version/:organization']) {
      soap.post(url, (request, reply) => answer(request, reply, wire));
    }
  });
}

async function answer(request: FastifyRequest, reply: FastifyReply, wire: WireContext): Promise<FastifyReply> {
  const api = apiOf(request);
  const { header, operation } = readEnvelope(request.body, charsetOf(request.headers['content-type']));
  const version = versionOf(request);
  if (operation.name === 'login' && api !== 'm') throw refuseLogin(version);
  const user = admitSession(sessionOf(header), reply, wire);
  const call: SoapCall = { api, operation, header, version, user, wire };
  const { namespace, operations } = APIS[api];
  const run = Object.hasOwn(operations, operation.name) ? operations[operation.name] : undefined;
  if (!run) throw noOperation(namespace, operation.name);
  return send(reply, 200, api, responseOf(operation.name, await run(call)));
}

function apiOf(request: FastifyRequest): SoapApi {
  const { api } = request.params as { api: string };
  if (api === 'm' || api === 'u' || api === 'c') return api;
  throw new SoapFault('soapenv:Client', `No SOAP API is served at ${request.url}`);
}

function versionOf(request: FastifyRequest): number {
  try {
    return parseVersion(`v${(request.params as { version: string }).version}`);
  } catch {
    throw new OrgError('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
  }
}

function sessionOf(header: XmlElement): string | undefined {
  const session = oneOf(header, 'SessionHeader');
  return session && textOf(session, 'sessionId');
}

const noOperation = (namespace: string, name: string): SoapFault =>
  new SoapFault('soapenv:Client', `No operation available for request {${namespace}}${name}`);

function responseOf(operation: string, result: XmlValue): string {
  return `<${operation}Response>${writeXml('result', result)}</${operation}Response>`;
}

function sendFault(request: FastifyRequest, reply: FastifyReply, wire: WireContext, error: unknown): FastifyReply {
  const { api = 'u' } = request.params as { api?: string };
  const known = api === 'm' || api === 'c' ? api : 'u';
  return send(reply, 500, known, faultOf(toRefusal(wire, error), known));
}

function toRefusal(wire: WireContext, error: unknown): OrgError | SoapFault {
  if (error instanceof SoapFault) return error;
  if (error instanceof OrgError) return error.code === 'INVALID_SESSION_ID' ? illegalSession() : error;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 413) return new OrgError('EXCEEDED_MAX_SIZE_REQUEST', 'The request is larger than 50 MB');
  if (statusCode !== undefined && statusCode < 500) {
    return new SoapFault('soapenv:Client', `The request is not acceptable: ${(error as Error).message}`);
  }
  wire.reportFault(error);
  const message = 'An unexpected error occurred in the embedded org; its log has the details';
  return new OrgError('UNKNOWN_EXCEPTION', message, 500);
}

const illegalSession = (): OrgError =>
  new OrgError('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');

function send(reply: FastifyReply, status: number, api: SoapApi, body: string): FastifyReply {
  const { namespace, records } = APIS[api];
  const envelope =
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    `xmlns="${namespace}" xmlns:sf="${records}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  return reply.code(status).type('text/xml; charset=utf-8').send(envelope);
}
