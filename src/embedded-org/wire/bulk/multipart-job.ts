import { writeFileSync } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import { OrgError } from '../../data/org-error.ts';
import { decodeBody } from '../../http/decode-body.ts';
import { parseJsonBody } from '../../http/parse-json-body.ts';
import { asObject } from '../../http/rest-call.ts';
import type { IngestJob } from './bulk-job.ts';
import { createIngestJob } from './create-ingest-job.ts';
import type { WireCall } from '../wire-context.ts';

/** The most data that may come with a job's creation. */
const MOST_CHARACTERS = 100_000;

/** Creates a job from one request that brings the data too: a part `job` as JSON and a part `content` as CSV. */
export async function createMultipartJob(request: FastifyRequest, call: WireCall): Promise<IngestJob> {
  const { job: description, content } = await readParts(request);
  const job = createIngestJob(call, description);
  writeFileSync(call.wire.jobs.uploadPath(job.id), content, { flush: true });
  const ready = call.wire.jobs.change(job, { uploaded: true, state: 'UploadComplete' });
  if (!ready) throw new Error(`The new job ${job.id} is gone`);
  call.wire.bulk.start(job.id);
  return ready;
}

async function readParts(request: FastifyRequest): Promise<{ job: Record<string, unknown>; content: string }> {
  const parts = new Map<string, string>();
  for await (const part of request.parts()) {
    if (part.type === 'file') parts.set(part.fieldname, decodeBody(await part.toBuffer(), undefined));
  }
  const [job, content] = [parts.get('job'), parts.get('content')];
  if (job === undefined) throw new OrgError('INVALID_MULTIPART_REQUEST', 'The part named job is missing', 400);
  if (content === undefined) {
    throw new OrgError('INVALID_MULTIPART_REQUEST', 'The part named content, with the CSV data, is missing', 400);
  }
  if (content.length > MOST_CHARACTERS) {
    throw new OrgError('REQUEST_TOO_LARGE', `The data of one request may have ${MOST_CHARACTERS} characters`, 413);
  }
  return {
    job: asObject(parseJsonBody(job), 'The part named job must be an object.'),
    content,
  };
}
