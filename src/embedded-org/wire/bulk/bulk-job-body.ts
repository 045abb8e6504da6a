import { toWireDatetime } from '../rest/wire-datetime.ts';
import type { BulkJob } from './bulk-job.ts';

/** A job as the API shows it: short after creation, with its figures once asked for. */
export function jobBody(job: BulkJob, detail: 'created' | 'full'): Record<string, unknown> {
  const base = {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: toWireDatetime(job.createdAt),
    systemModstamp: toWireDatetime(job.modifiedAt),
    state: job.state,
    ...(job.kind === 'ingest' && job.externalIdFieldName !== undefined
      ? { externalIdFieldName: job.externalIdFieldName }
      : {}),
    ...(job.kind === 'ingest' && job.assignmentRuleId !== undefined ? { assignmentRuleId: job.assignmentRuleId } : {}),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: job.apiVersion,
    ...(job.kind === 'ingest' && job.state === 'Open'
      ? { contentUrl: `services/data/v${job.apiVersion}.0/jobs/ingest/${job.id}/batches` }
      : {}),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
  return detail === 'created' ? base : { ...base, ...figures(job) };
}

function figures(job: BulkJob): Record<string, unknown> {
  const common = {
    jobType: job.kind === 'query' ? 'V2Query' : 'V2Ingest',
    numberRecordsProcessed: job.processed,
    retries: 0,
    totalProcessingTime: job.millisecondsSpent,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
  if (job.kind === 'query') return { ...common, isPkChunkingSupported: true };
  return {
    ...common,
    numberRecordsFailed: job.failed,
    apiActiveProcessingTime: job.millisecondsSpent,
    apexProcessingTime: 0,
  };
}
