import { toId18 } from '../../data/ids.ts';
import { bodyObject, notFound, ok, param, type RestAnswer } from '../../http/rest-call.ts';
import { type BulkJob, type IngestJob, invalidJob, invalidState, isOver, type QueryJob } from './bulk-job.ts';
import { jobBody } from './bulk-job-body.ts';
import { checkBulkQuery } from './check-bulk-query.ts';
import { createIngestJob } from './create-ingest-job.ts';
import { finishedQuery } from './finished-job.ts';
import { newJob } from './new-job.ts';
import { resultPagesBody } from './result-pages.ts';
import type { WireCall, WireRoute } from '../wire-context.ts';

/** Creation, state, abortion, deletion and listing of Bulk API 2.0 jobs; their data are streamed elsewhere. */
export const jobRoutes: readonly WireRoute[] = [
  { method: 'POST', path: 'jobs/query', handle: createQueryJob },
  {
    method: 'POST',
    path: 'jobs/ingest',
    handle: (call) => ok(jobBody(createIngestJob(call, bodyObject(call)), 'created')),
  },
  {
    method: 'GET',
    path: 'jobs/query/:job/resultPages',
    handle: (call) => ok(resultPagesBody(call, finishedQuery(getJob(call, 'query'), call.version))),
  },
  ...(['query', 'ingest'] as const).flatMap((kind): readonly WireRoute[] => [
    { method: 'GET', path: `jobs/${kind}`, handle: (call) => listJobs(call, kind) },
    { method: 'GET', path: `jobs/${kind}/:job`, handle: (call) => ok(jobBody(getJob(call, kind), 'full')) },
    { method: 'PATCH', path: `jobs/${kind}/:job`, handle: (call) => changeState(call, kind) },
    { method: 'DELETE', path: `jobs/${kind}/:job`, handle: (call) => removeJob(call, kind) },
  ]),
];

/** The job in the path; only its creator and administrators may see it. */
export function getJob(call: WireCall, kind: 'query'): QueryJob;
export function getJob(call: WireCall, kind: 'ingest'): IngestJob;
export function getJob(call: WireCall, kind: BulkJob['kind']): BulkJob;
export function getJob(call: WireCall, kind: BulkJob['kind']): BulkJob {
  const job = call.wire.jobs.find(toId18(param(call, 'job')) ?? '');
  if (job?.kind !== kind || !(job.createdById === call.user.userId || call.user.access.system('ModifyAllData'))) {
    throw notFound();
  }
  return job;
}

function createQueryJob(call: WireCall): RestAnswer {
  const body = bodyObject(call);
  const { operation, query } = body;
  if (operation !== 'query' && operation !== 'queryAll') throw invalidJob('operation must be query or queryAll');
  if (typeof query !== 'string' || query.trim() === '') throw invalidJob('query is required');
  const object = checkBulkQuery(call, query, operation);
  call.wire.limits.consume('DailyBulkV2QueryJobs', 1, 'Daily limit of Bulk API 2.0 query jobs exceeded.');
  const job = call.wire.jobs.add<QueryJob>({
    ...newJob(call, body, object),
    kind: 'query',
    operation,
    query,
    state: 'UploadComplete',
  });
  call.wire.bulk.start(job.id);
  return ok(jobBody(job, 'created'));
}

function listJobs(call: WireCall, kind: BulkJob['kind']): RestAnswer {
  const all = call.user.access.system('ModifyAllData');
  const jobs = call.wire.jobs.list(kind).filter((job) => all || job.createdById === call.user.userId);
  return ok({ done: true, nextRecordsUrl: null, records: jobs.map((job) => jobBody(job, 'created')) });
}

function changeState(call: WireCall, kind: BulkJob['kind']): RestAnswer {
  const job = getJob(call, kind);
  const { state } = bodyObject(call);
  if (state === 'Aborted') return abort(call, job);
  if (state !== 'UploadComplete' || job.kind !== 'ingest')
    throw invalidJob(`A job cannot be set to state ${String(state)}`);
  if (job.state !== 'Open') throw invalidState(`The job is ${job.state}; only an open job can be closed`);
  if (!job.uploaded) throw invalidState('The job has no data; upload it before closing the job');
  const closed = changed(call.wire.jobs.change(job, { state, modifiedAt: call.wire.org.core.clock.stamp() }));
  call.wire.bulk.start(job.id);
  return ok(jobBody(closed, 'created'));
}

function abort(call: WireCall, job: BulkJob): RestAnswer {
  if (isOver(job)) throw invalidState(`The job is ${job.state} and cannot be aborted`);
  const modifiedAt = call.wire.org.core.clock.stamp();
  return ok(jobBody(changed(call.wire.jobs.change(job, { state: 'Aborted', modifiedAt })), 'created'));
}

function changed<Job extends BulkJob>(job: Job | undefined): Job {
  if (job) return job;
  throw invalidState('The job has just changed its state; ask for it again');
}

function removeJob(call: WireCall, kind: BulkJob['kind']): RestAnswer {
  const job = getJob(call, kind);
  if (!isOver(job)) throw invalidState(`The job is ${job.state}; abort it, or wait for its end, before deleting it`);
  call.wire.jobs.remove(job.id);
  return { status: 204 };
}
