import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const compress = promisify(gzip);

/** Below this, compressing costs more than it saves. */
const LEAST_BYTES = 1_400;

/** Answers of the API travel compressed to clients that accept gzip, as Salesforce sends them. */
export function addCompression(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.replace(/^\/+/, '/').startsWith('/services/')) return payload;
    if (!accepts(request.headers['accept-encoding']) || reply.hasHeader('content-encoding')) return payload;
    if (payload instanceof Readable) {
      reply.header('content-encoding', 'gzip').removeHeader('content-length');
      // Unlike pipe, an error on either side ends the other: no client waits for the rest, no file stays open.
      return pipeline(payload, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined);
    }
    if (typeof payload !== 'string' || payload.length < LEAST_BYTES) return payload;
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return compress(payload, { level: constants.Z_BEST_SPEED });
  });
}

const accepts = (header: string | string[] | undefined): boolean =>
  String(header ?? '')
    .split(',')
    .some((each) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(each));
