import { type BulkJob, readFormat } from './bulk-job.ts';
import type { WireCall } from '../wire-context.ts';

/** Jobs, their uploads and results are kept this long. */
const KEPT_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

type Beginning = Omit<BulkJob, 'id' | 'kind' | 'operation' | 'state' | 'errorMessage'> & {
  readonly columns: readonly string[];
};

/** What jobs of both kinds begin with; makes room for the new one by removing those past their time. */
export function newJob(call: WireCall, body: Record<string, unknown>, object: string): Beginning {
  const now = call.wire.org.core.clock.stamp();
  call.wire.jobs.removeOlder(now - KEPT_MILLISECONDS);
  return {
    ...readFormat(body),
    object,
    createdById: call.user.userId,
    createdAt: now,
    modifiedAt: now,
    apiVersion: call.version,
    columns: [],
    processed: 0,
    millisecondsSpent: 0,
  };
}
