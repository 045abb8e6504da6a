import { type CrmRecord, PortError, type WriteRequest } from '../../app/ports.ts';
import type { HttpRequest, Transport } from '../transport.ts';
import { type RowOutcome, unknownOutcome, unsentOutcome } from './row-outcome.ts';
import { writeHeaders } from './write-headers.ts';

/** Records that one call takes. */
const collectionSize = 200;

type SaveResult = {
  readonly id?: string | null;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly {
    readonly statusCode: string;
    readonly message: string;
    readonly fields?: readonly string[];
  }[];
};

/**
 * Writes records in calls of 200, one after the other.
 *
 * A call that fails as a whole leaves its own rows and those after it unsent, never those already written; only when
 * nothing was written is the failure thrown.
 */
export async function writeCollections(transport: Transport, request: WriteRequest): Promise<readonly RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for (let start = 0; start < request.records.length; start += collectionSize) {
    const records = request.records.slice(start, start + collectionSize);
    try {
      outcomes.push(...(await writeOne(transport, request, records)));
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      const lost = request.kind === 'insert' && error.code === 'retryable';
      if (start === 0 && !lost) throw error;
      if (lost) outcomes.push(...records.map(() => unknownOutcome(error.message)));
      outcomes.push(...request.records.slice(outcomes.length).map(() => unsentOutcome(error)));
      break;
    }
  }
  return outcomes;
}

async function writeOne(
  transport: Transport,
  request: WriteRequest,
  records: readonly CrmRecord[],
): Promise<readonly RowOutcome[]> {
  const results = await transport.json<readonly SaveResult[]>({
    ...toHttp(request, records),
    headers: { ...writeHeaders, 'content-type': 'application/json' },
    // An insert whose answer is lost may have happened; the others come to the same end when they are sent twice.
    repeatable: request.kind !== 'insert',
  });
  if (!Array.isArray(results) || results.length !== records.length) {
    throw new PortError(
      'bug',
      `Writing ${request.object} failed: ${records.length} rows sent, the answer has another number`,
    );
  }
  return results.map((result: SaveResult, index) => toOutcome(request, result, records[index] as CrmRecord));
}

function toHttp(
  request: WriteRequest,
  records: readonly CrmRecord[],
): Pick<HttpRequest, 'doing' | 'method' | 'path' | 'body'> {
  const { kind, object, key } = request;
  const doing = `Writing ${object}`;
  if (kind === 'delete') {
    const ids = records.map((record) => encodeURIComponent(String(record['Id']))).join(',');
    return { doing, method: 'DELETE', path: `composite/sobjects?allOrNone=false&ids=${ids}` };
  }
  const body = JSON.stringify({ allOrNone: false, records: records.map((record) => toBody(object, record)) });
  if (kind === 'insert') return { doing, method: 'POST', path: 'composite/sobjects', body };
  if (kind === 'update') return { doing, method: 'PATCH', path: 'composite/sobjects', body };
  return { doing, method: 'PATCH', path: `composite/sobjects/${object}/${key ?? ''}`, body };
}

/** A parent's key such as `Agreement__r.Key__c` becomes an object of its own. */
function toBody(object: string, record: CrmRecord): Record<string, unknown> {
  const body: Record<string, unknown> = { attributes: { type: object } };
  for (const [name, value] of Object.entries(record)) {
    const [parent = '', ...rest] = name.split('.');
    if (rest.length === 0) body[name] = value;
    else body[parent] = { ...(body[parent] as object | undefined), [rest.join('.')]: value };
  }
  return body;
}

function toOutcome({ kind }: WriteRequest, result: SaveResult, record: CrmRecord): RowOutcome {
  if (result.success) {
    return { success: true, id: result.id ?? String(record['Id']), created: result.created ?? kind === 'insert' };
  }
  const [error] = result.errors;
  // A delete that is sent again after a lost answer meets its own success.
  if (kind === 'delete' && error?.statusCode === 'ENTITY_IS_DELETED') {
    return { success: true, id: String(record['Id']), created: false };
  }
  return {
    success: false,
    salesforceCode: error?.statusCode ?? 'UNKNOWN_EXCEPTION',
    message: error?.message ?? 'no reason given',
    fields: error?.fields ?? [],
  };
}
