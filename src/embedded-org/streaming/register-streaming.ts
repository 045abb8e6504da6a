import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpContext } from '../http/http-context.ts';
import { CometdServer } from './cometd-server.ts';
import { registerSelection } from './selection-routes.ts';

/** Serves `/cometd/NN.0` and `/cometd/replay/NN.0`, with whatever clients append to the address. */
export function registerStreaming(server: FastifyInstance, wire: HttpContext): void {
  registerSelection(server, wire);
  const cometd = new CometdServer(wire);
  for (const url of ['/cometd', '/cometd/*']) {
    server.post(url, async (request, reply) => {
      reply.header('cache-control', 'no-cache, no-store');
      return cometd.answer(request);
    });
  }
  // `done` runs the handler before it returns, and a write is done before its handler returns.
  server.addHook('preHandler', (request, _reply, done) => {
    const { journal } = wire.org.changes;
    journal.origin = originOf(request);
    try {
      done();
    } finally {
      journal.origin = '';
    }
  });
  server.addHook('preClose', async () => cometd.close());
}

/** `com/salesforce/api/rest/68.0;client=Name`, the client as it names itself in `Sforce-Call-Options`. */
function originOf(request: FastifyRequest): string {
  const soap = /^\/+services\/+Soap\/+\w\/+(\d+\.\d)/.exec(request.url)?.[1];
  const rest = /^\/+services\/+data\/+v(\d+\.\d)/.exec(request.url)?.[1];
  if (soap === undefined && rest === undefined) return '';
  const client = /client=([^,;]+)/.exec(String(request.headers['sforce-call-options'] ?? ''))?.[1];
  return `com/salesforce/api/${soap === undefined ? 'rest' : 'soap'}/${soap ?? rest}${client === undefined ? '' : `;client=${client.trim()}`}`;
}
