import { OrgError } from '../../data/org-error.ts';
import { type BulkJob, isOver, type QueryJob } from './bulk-job.ts';

/** A job whose results exist: it is over, and an aborted or failed query has none. Throws JOB_NOT_COMPLETE otherwise. */
export function finishedJob<Job extends BulkJob>(job: Job): Job {
  if (isOver(job) && (job.kind === 'ingest' || job.state === 'JobComplete')) return job;
  throw new OrgError('JOB_NOT_COMPLETE', `The job is ${job.state}; its results are not available`, 400);
}

/** A finished query; its results are to be read in the API version that created it. */
export function finishedQuery(job: QueryJob, version: number): QueryJob {
  if (job.apiVersion === version) return finishedJob(job);
  throw new OrgError('CONFLICT', `The job was created with API version ${job.apiVersion}.0; use the same version`, 409);
}
