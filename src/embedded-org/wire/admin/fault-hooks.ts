import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import { bearerToken } from '../../http/authenticate.ts';
import { errorBody } from '../../http/error-answer.ts';
import type { WireContext } from '../wire-context.ts';
import type { Fault } from './fault-rule.ts';
import type { FaultRules } from './fault-rules.ts';

type Cut = 'after' | 'half-way';

/** Lets faults happen to every request but those of the admin endpoints. */
export function addFaultHooks(server: FastifyInstance, wire: WireContext, rules: FaultRules): void {
  const cuts = new WeakMap<FastifyRequest, Cut>();
  const lags = new WeakMap<FastifyRequest, number>();
  const expiring = new WeakSet<FastifyRequest>();
  const losing = new WeakSet<FastifyRequest>();
  server.addHook('onRequest', async (request, reply) => {
    const url = request.url.replace(/^\/+/, '/');
    if (url.startsWith('/services/embedded/')) return undefined;
    for (const fault of rules.meet(request.method, url)) {
      if ('commitLate' in fault) lags.set(request, fault.commitLate);
      else if ('expireSession' in fault) expiring.add(request);
      else if ('loseEvents' in fault) losing.add(request);
      else if ('cutConnection' in fault && fault.cutConnection !== 'before') cuts.set(request, fault.cutConnection);
      else if (await interrupt(fault, request, reply, wire)) return reply;
    }
    return undefined;
  });
  // `done` runs the handler before it returns, so that whatever the handler writes at once is stamped late.
  server.addHook('preHandler', (request, _reply, done) => {
    if (expiring.has(request)) wire.sessions.revoke(sessionOf(request) ?? '');
    const { changes, core } = wire.org;
    changes.journal.losesEvents = losing.has(request);
    try {
      core.clock.lagging(lags.get(request) ?? 0, done);
    } finally {
      changes.journal.losesEvents = false;
    }
  });
  // Without a call of `done` fastify sends nothing, and the connection is ours.
  server.addHook('onSend', (request, reply, payload, done) => {
    const cut = cuts.get(request);
    if (cut === undefined) done(null, payload);
    else if (cut === 'after') reply.raw.destroy();
    else sendHalf(reply, payload);
  });
}

/** The session in the request's header, or in the SOAP header of its body. */
function sessionOf(request: FastifyRequest): string | undefined {
  const message = Buffer.isBuffer(request.body) ? request.body.toString('latin1') : '';
  const inBody = /<(?:\w+:)?sessionId>([^<]+)</.exec(message)?.[1];
  return bearerToken(request) ?? inBody;
}

/** What happens before any work; true when the request is answered by it. */
async function interrupt(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  wire: WireContext,
): Promise<boolean> {
  if ('delayMs' in fault) await pause(fault.delayMs);
  if ('lockRows' in fault) {
    const ids = fault.lockRows.ids.map((id) => toId18(id) ?? id);
    wire.org.core.locks.lock(ids, fault.lockRows.ms);
  }
  if ('requestLimitExceeded' in fault) {
    return refuse(reply, new OrgError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403));
  }
  if ('status' in fault) {
    const code = fault.status === 503 ? 'SERVER_UNAVAILABLE' : 'UNKNOWN_EXCEPTION';
    return refuse(reply, new OrgError(code, 'An unexpected error occurred, as a test has asked for.', fault.status));
  }
  if ('cutConnection' in fault) {
    reply.hijack();
    request.raw.socket.destroy();
    return true;
  }
  return false;
}

function refuse(reply: FastifyReply, error: OrgError): true {
  reply.code(error.status).send(errorBody(error));
  return true;
}

/** Sends the head and the first half of an answer, then nothing. */
function sendHalf(reply: FastifyReply, payload: unknown): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
  if (payload instanceof Readable) {
    payload.once('data', (chunk: Buffer) => raw.write(halfOf(chunk), () => raw.destroy()));
    payload.once('end', () => raw.destroy());
  } else raw.write(halfOf(Buffer.from((payload ?? '') as string)), () => raw.destroy());
}

/** At least one byte: an empty write would send the head only with its end. */
const halfOf = (bytes: Buffer): Buffer => bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2)));
