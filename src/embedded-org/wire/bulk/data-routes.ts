import { createWriteStream, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable, Transform } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inTransaction } from '../../data/dml/run-batch.ts';
import { OrgError } from '../../data/org-error.ts';
import { parseVersion } from '../api-version.ts';
import { unsupportedMedia } from '../../http/decode-body.ts';
import { admit } from '../../http/admit.ts';
import { bodyObject, notFound } from '../../http/rest-call.ts';
import type { WireCall, WireContext } from '../wire-context.ts';
import { type IngestJob, invalidState } from './bulk-job.ts';
import { jobBody } from './bulk-job-body.ts';
import { createIngestJob } from './create-ingest-job.ts';
import { finishedJob, finishedQuery } from './finished-job.ts';
import { getJob } from './job-routes.ts';
import { createMultipartJob } from './multipart-job.ts';
import { queryPage } from './query-page.ts';
import { ingestLines, type ResultFile } from './result-files.ts';

const LARGEST_UPLOAD = 150 * 1024 * 1024;

const RESULT_FILES: ReadonlyMap<string, ResultFile> = new Map([
  ['successfulresults', 'successful'],
  ['failedresults', 'failed'],
  ['unprocessedrecords', 'unprocessed'],
]);

type JobRequest = FastifyRequest<{
  Params: { version: string; job?: string; file?: string };
  Querystring: Record<string, string>;
}>;

/** Uploads and results of bulk jobs, whose bodies are streams, and creation, which may bring an upload. */
export function registerBulkData(server: FastifyInstance, wire: WireContext): void {
  const base = '/services/data/:version/jobs';
  server.post(`${base}/ingest`, async (request, reply) => {
    const call = toCall(request as JobRequest, reply, wire);
    const job = request.isMultipart()
      ? await createMultipartJob(request, call)
      : createIngestJob(call, bodyObject({ ...call, body: request.body }));
    return reply.send(jobBody(job, 'created'));
  });
  server.put(`${base}/ingest/:job/batches`, { bodyLimit: LARGEST_UPLOAD }, async (request, reply) => {
    await receiveUpload(request, getJob(toCall(request as JobRequest, reply, wire), 'ingest'), wire);
    return reply.code(201).send();
  });
  server.get(`${base}/ingest/:job/:file`, (request, reply) => {
    const { file } = (request as JobRequest).params;
    const call = toCall(request as JobRequest, reply, wire);
    const kind = RESULT_FILES.get(file?.toLowerCase() ?? '');
    if (kind === undefined) throw notFound();
    const job = finishedJob(getJob(call, 'ingest'));
    return reply.type('text/csv').send(Readable.from(ingestLines(wire.jobs, job, kind)));
  });
  server.get(`${base}/query/:job/results`, async (request, reply) => {
    const call = toCall(request as JobRequest, reply, wire);
    const job = finishedQuery(getJob(call, 'query'), call.version);
    const { locator, maxRecords } = (request as JobRequest).query;
    const page = await queryPage(wire.jobs, job, locator, readMaximum(maxRecords), wire.settings.bulkPageSize);
    reply.header('sforce-locator', page.next ?? 'null').header('sforce-numberofrecords', page.rows);
    return reply.type('text/csv').send(page.body);
  });
}

function toCall(request: JobRequest, reply: FastifyReply, wire: WireContext): WireCall {
  const user = admit(request, reply, wire);
  return {
    method: request.method,
    version: parseVersion(request.params.version),
    segments: [],
    params: { job: request.params.job ?? '' },
    query: new URLSearchParams(),
    headers: request.headers,
    body: undefined,
    user,
    wire,
  };
}

function readMaximum(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const maximum = Number(text);
  if (Number.isInteger(maximum) && maximum > 0) return maximum;
  throw new OrgError('INVALID_INPUT', `maxRecords must be a positive number, not ${text}`, 400);
}

/** Stores an upload beside the database; it is on the disk before it is answered for. */
async function receiveUpload(request: FastifyRequest, job: IngestJob, wire: WireContext): Promise<void> {
  refuseUpload(job);
  if (!(request.body instanceof Readable)) {
    throw unsupportedMedia(request.headers['content-type']);
  }
  const path = wire.jobs.unfinishedUploadPath(job.id);
  try {
    await pipeline(request.body, limitSize(LARGEST_UPLOAD), createWriteStream(path, { flush: true }));
    takeUpload(job, path, wire);
  } finally {
    await rm(path, { force: true });
  }
}

/** Gives a complete upload to its job, which another upload, a closing or an abortion may have changed meanwhile. */
function takeUpload({ id }: IngestJob, path: string, { jobs, org }: WireContext): void {
  inTransaction(org.core, () => {
    const job = jobs.find(id);
    if (job?.kind !== 'ingest') throw notFound();
    refuseUpload(job);
    jobs.change(job, { uploaded: true, modifiedAt: org.core.clock.stamp() });
    renameSync(path, jobs.uploadPath(id));
    return { keep: true };
  });
}

function refuseUpload(job: IngestJob): void {
  if (job.state !== 'Open') throw invalidState(`The job is ${job.state}; data can only be uploaded to an open job`);
  if (job.uploaded) throw invalidState('The job has its data already; a job takes one upload');
}

function limitSize(most: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      if (size <= most) done(null, chunk);
      else done(new OrgError('REQUEST_TOO_LARGE', `An upload may have at most ${most} bytes`, 413));
    },
  });
}
