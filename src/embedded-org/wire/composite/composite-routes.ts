import { OrgError } from '../../data/org-error.ts';
import { toErrorAnswer } from '../../http/error-answer.ts';
import { asObject, bodyObject, booleanOf, ok, type RestAnswer } from '../../http/rest-call.ts';
import { type Dispatch, readSubrequests, runTogether, type Subrequest, toSubcall } from './subrequests.ts';
import type { WireCall, WireRoute } from '../wire-context.ts';

const MOST_SUBREQUESTS = 25;
const MOST_QUERIES = 5;

/** Several requests in one: `/composite` counts as one call, `/composite/batch` counts each part. */
export const compositeRoutes = (dispatch: Dispatch): readonly WireRoute[] => [
  { method: 'POST', path: 'composite', handle: (call) => runComposite(call, dispatch) },
  { method: 'POST', path: 'composite/batch', handle: (call) => runBatch(call, dispatch) },
];

function runComposite(call: WireCall, dispatch: Dispatch): RestAnswer {
  const body = bodyObject(call);
  const requests = readSubrequests(body['compositeRequest'], call.version);
  checkSize(requests);
  const allOrNone = booleanOf(body, 'allOrNone');
  return ok({ compositeResponse: runTogether(call, requests, allOrNone, dispatch) });
}

function checkSize(requests: readonly Subrequest[]): void {
  if (requests.length > MOST_SUBREQUESTS) {
    throw new OrgError('LIMIT_EXCEEDED', `The composite request exceeds ${MOST_SUBREQUESTS} subrequests.`, 400);
  }
  if (requests.filter(isQueryLike).length > MOST_QUERIES) {
    throw new OrgError('LIMIT_EXCEEDED', `The composite request exceeds ${MOST_QUERIES} queries or collections.`, 400);
  }
}

const isQueryLike = (request: Subrequest): boolean =>
  /\/v\d+\.0\/(query|queryAll|composite\/sobjects)\b/.test(request.url);

/** Independent requests; each counts as a call of its own and may be refused for that. */
function runBatch(call: WireCall, dispatch: Dispatch): RestAnswer {
  const body = bodyObject(call);
  const requests = body['batchRequests'];
  if (!Array.isArray(requests) || requests.length === 0) {
    throw new OrgError('MISSING_ARGUMENT', 'batchRequests must list at least one request.', 400);
  }
  if (requests.length > MOST_SUBREQUESTS) {
    throw new OrgError('LIMIT_EXCEEDED', `The batch request exceeds ${MOST_SUBREQUESTS} requests.`, 400);
  }
  const haltOnError = booleanOf(body, 'haltOnError');
  const results: { statusCode: number; result: unknown }[] = [];
  for (const [index, request] of requests.entries()) {
    const answer = answerBatchPart(call, request, index, dispatch);
    results.push({ statusCode: answer.status, result: answer.body ?? null });
    if (haltOnError && answer.status >= 400) break;
  }
  const halted = requests.slice(results.length).map(() => BATCH_HALTED);
  return ok({ hasErrors: results.some((each) => each.statusCode >= 400), results: [...results, ...halted] });
}

const BATCH_HALTED = {
  statusCode: 412,
  result: [
    {
      errorCode: 'BATCH_PROCESSING_HALTED',
      message: 'Batch processing halted per request. There was an error in a previous request.',
    },
  ],
};

function answerBatchPart(call: WireCall, value: unknown, index: number, dispatch: Dispatch): RestAnswer {
  try {
    const { method, url, richInput } = asObject(value, 'Each entry of batchRequests must be an object.');
    if (typeof method !== 'string' || typeof url !== 'string') {
      throw new OrgError('MISSING_ARGUMENT', 'Each request of a batch needs method and url.', 400);
    }
    // The call that brought the batch has been counted; it stands for the first part.
    if (index > 0) call.wire.limits.countRequest();
    return dispatch(
      toSubcall('batch', call, method, url.startsWith('v') ? `/services/data/${url}` : url, richInput, {}),
    );
  } catch (error) {
    if (error instanceof OrgError) return toErrorAnswer(error);
    throw error;
  }
}
