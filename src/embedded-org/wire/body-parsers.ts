import { finished } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { OrgError } from '../data/org-error.ts';
import { charsetOf, decodeBody, unsupportedCharset, unsupportedMedia } from '../http/decode-body.ts';
import { parseJsonBody } from '../http/parse-json-body.ts';

/** Resources that read JSON; forms are for signing in. */
const NO_FORMS = /^\/+(?:services\/+(?:data|embedded)|lightning\/+api)\b/i;

const UPLOADS = /^\/+services\/+data\/+[^/]+\/+jobs\/+ingest\/+[^/]+\/+batches\b/;

/** Teaches the server JSON in Salesforce's error form, forms, uploads of CSV as a stream in UTF-8, and compressed bodies. */
export function addBodyParsers(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/(.+\+)?json/, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      done(null, parseJsonBody(decodeBody(body, request.headers['content-type'])));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) => {
    if (NO_FORMS.test(request.url)) done(unsupportedMedia(request.headers['content-type']));
    else done(null, new URLSearchParams(String(body)));
  });
  server.addContentTypeParser('text/csv', (request, payload, done) => {
    const charset = charsetOf(request.headers['content-type']) ?? 'utf-8';
    if (!UPLOADS.test(request.url)) done(unsupportedMedia('text/csv'));
    else if (!/^utf-?8$/i.test(charset)) done(unsupportedCharset(charset));
    else done(null, payload);
  });
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
