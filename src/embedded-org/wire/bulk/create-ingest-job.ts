import { OrgError } from '../../data/org-error.ts';
import { type IngestJob, type IngestOperation, invalidJob } from './bulk-job.ts';
import { newJob } from './new-job.ts';
import type { WireCall } from '../wire-context.ts';

const OPERATIONS: ReadonlySet<string> = new Set<IngestOperation>([
  'insert',
  'update',
  'upsert',
  'delete',
  'hardDelete',
]);

/** Adds an open job for what a creation's body asks; throws INVALIDJOB, INVALIDENTITY or FEATURENOTENABLED. */
export function createIngestJob(call: WireCall, body: Record<string, unknown>): IngestJob {
  const { object: objectName, externalIdFieldName, assignmentRuleId } = body;
  const operation = readOperation(call, body['operation']);
  const object = typeof objectName === 'string' ? call.wire.org.core.schema.find(objectName) : undefined;
  if (!object || !call.user.access.object(object.name).read) {
    throw new OrgError(
      'INVALIDENTITY',
      `InvalidEntity : Entity '${String(objectName)}' is not supported by the Bulk API`,
      400,
    );
  }
  if (operation === 'upsert' && typeof externalIdFieldName !== 'string') {
    throw invalidJob('External ID was blank for an upsert operation. An external ID must be specified for upsert.');
  }
  return call.wire.jobs.add<IngestJob>({
    ...newJob(call, body, object.name),
    kind: 'ingest',
    operation,
    ...(operation === 'upsert' ? { externalIdFieldName: String(externalIdFieldName) } : {}),
    ...(typeof assignmentRuleId === 'string' ? { assignmentRuleId } : {}),
    state: 'Open',
    uploaded: false,
    failed: 0,
  });
}

function readOperation(call: WireCall, operation: unknown): IngestOperation {
  if (typeof operation !== 'string' || !OPERATIONS.has(operation)) {
    throw invalidJob(`Unknown operation ${String(operation)}`);
  }
  if (operation === 'hardDelete' && !call.user.access.system('BulkApiHardDelete')) {
    throw new OrgError('FEATURENOTENABLED', 'hardDelete is not enabled for this user: Bulk API Hard Delete', 400);
  }
  return operation as IngestOperation;
}
