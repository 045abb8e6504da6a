import { OrgError } from '../../data/org-error.ts';
import { basePath } from '../../http/rest-call.ts';
import type { QueryJob } from './bulk-job.ts';
import { pageSize, readLocator, toLocator } from './query-page.ts';
import type { WireCall } from '../wire-context.ts';

/** Addresses of result pages in one answer, and the least version that has the resource. */
const PAGES_AT_ONCE = 5;
const FIRST_VERSION = 58;

/** The body of `resultPages`: addresses of up to five result pages, to be fetched side by side. */
export function resultPagesBody(call: WireCall, job: QueryJob): object {
  if (call.version < FIRST_VERSION) throw new OrgError('NOT_FOUND', 'The requested resource does not exist', 404);
  const locator = call.query.get('locator');
  const from = locator === null ? 0 : readLocator(locator, job.processed);
  const results = `${basePath(call)}/jobs/query/${job.id}/results`;
  const resultPages: { resultUrl: string }[] = [];
  let next = from;
  do {
    const size = pageSize(next, call.wire.settings.bulkPageSize);
    resultPages.push({ resultUrl: `${results}?locator=${toLocator(next)}&maxRecords=${size}` });
    next += size;
  } while (next < job.processed && resultPages.length < PAGES_AT_ONCE);
  const done = next >= job.processed;
  return {
    resultPages,
    nextRecordsUrl: done ? null : `${basePath(call)}/jobs/query/${job.id}/resultPages?locator=${toLocator(next)}`,
    done,
  };
}
