import type { FastifyInstance } from 'fastify';
import type { WireContext } from '../wire/wire-context.ts';
import { CometdServer } from './cometd-server.ts';
import { registerSelection } from './selection-routes.ts';

/** Serves `/cometd/NN.0` and `/cometd/replay/NN.0`, with whatever clients append to the address. */
export function registerStreaming(server: FastifyInstance, wire: WireContext): void {
  registerSelection(server, wire);
  const cometd = new CometdServer(wire);
  for (const url of ['/cometd', '/cometd/*']) {
    server.post(url, async (request, reply) => {
      reply.header('cache-control', 'no-cache, no-store');
      return cometd.answer(request);
    });
  }
  server.addHook('preClose', async () => cometd.close());
}
