import { finished } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { OrgError } from '../data/org-error.ts';
import { decodeBody } from './decode-body.ts';
import { parseJsonBody } from './parse-json-body.ts';

/** Teaches the server JSON in Salesforce's error form, forms, CSV as a stream, and compressed bodies. */
export function addBodyParsers(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/(.+\+)?json/, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      done(null, parseJsonBody(decodeBody(body, request.headers['content-type'])));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  server.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
  server.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') return payload;
    if (encoding !== 'gzip' && encoding !== 'deflate') {
      throw new OrgError('UNSUPPORTED_MEDIA_TYPE', `Content-Encoding ${encoding} is not supported`, 415);
    }
    const unpacked = payload.pipe(encoding === 'gzip' ? createGunzip() : createInflate());
    // A pipe does not tell that its source ended early. It goes one way only: defective data must still be answered.
    unpacked.once('error', (error) => Object.assign(error, { statusCode: 400 }));
    finished(payload, { writable: false }, (error) => {
      if (error) unpacked.destroy(error);
    });
    return Object.assign(unpacked, { receivedEncodedLength: Number(request.headers['content-length'] ?? 0) });
  });
}
