import { inTransaction } from '../../data/dml/run-batch.ts';
import { OrgError } from '../../data/org-error.ts';
import { parseVersion } from '../api-version.ts';
import { toErrorAnswer } from '../error-answer.ts';
import { asObject, bodyObject, ok, type RestAnswer, type RestCall, type RestRoute } from '../rest/rest-call.ts';
import { splitAddress } from '../rest/split-address.ts';
import { MissingReference, resolveReferences } from './references.ts';

const MOST_SUBREQUESTS = 25;
const MOST_QUERIES = 5;

/** Runs a subrequest through the routes of REST. */
export type Dispatch = (call: RestCall) => RestAnswer;

/** Several requests in one: `/composite` counts as one call, `/composite/batch` counts each part. */
export const compositeRoutes = (dispatch: Dispatch): readonly RestRoute[] => [
  { method: 'POST', path: 'composite', handle: (call) => runComposite(call, dispatch) },
  { method: 'POST', path: 'composite/batch', handle: (call) => runBatch(call, dispatch) },
];

type Subrequest = {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

type Subresponse = {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
};

function runComposite(call: RestCall, dispatch: Dispatch): RestAnswer {
  const body = bodyObject(call);
  const requests = readSubrequests(body['compositeRequest']);
  const allOrNone = body['allOrNone'] === true;
  const outcome = inTransaction(call.wire.org.core, () => {
    const responses = runInOrder(call, requests, dispatch);
    return { responses, keep: !allOrNone || responses.every((each) => each.httpStatusCode < 400) };
  });
  const compositeResponse = outcome.keep ? outcome.responses : outcome.responses.map(rolledBack);
  return ok({ compositeResponse });
}

function runInOrder(call: RestCall, requests: readonly Subrequest[], dispatch: Dispatch): readonly Subresponse[] {
  const answers = new Map<string, unknown>();
  return requests.map((request) => {
    const answer = answerSubrequest(call, request, answers, dispatch);
    if (answer.status < 400) answers.set(request.referenceId, answer.body);
    return {
      body: answer.body ?? null,
      httpHeaders: answer.headers ?? {},
      httpStatusCode: answer.status,
      referenceId: request.referenceId,
    };
  });
}

function answerSubrequest(
  call: RestCall,
  request: Subrequest,
  answers: ReadonlyMap<string, unknown>,
  dispatch: Dispatch,
): RestAnswer {
  try {
    const url = String(resolveReferences(request.url, answers));
    const body = resolveReferences(request.body, answers);
    return dispatch(toSubcall(call, request.method, url, body, request.headers));
  } catch (error) {
    if (error instanceof OrgError) return toErrorAnswer(error);
    if (error instanceof MissingReference) {
      return toErrorAnswer(new OrgError('PROCESSING_HALTED', error.message, 400));
    }
    throw error;
  }
}

function toSubcall(
  call: RestCall,
  method: string,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): RestCall {
  const { version, segments, query } = splitAddress(url);
  if (segments[0] === 'composite' && segments[1] !== 'sobjects') {
    throw new OrgError('INVALID_INPUT', `The request ${url} cannot be part of a composite request.`, 400);
  }
  return {
    ...call,
    method: method.toUpperCase(),
    version: parseVersion(version),
    segments,
    query,
    body: body ?? undefined,
    headers: { ...call.headers, ...headers },
  };
}

function readSubrequests(value: unknown): readonly Subrequest[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OrgError('MISSING_ARGUMENT', 'compositeRequest must list at least one subrequest.', 400);
  }
  const requests = value.map(readSubrequest);
  if (requests.length > MOST_SUBREQUESTS) {
    throw new OrgError('LIMIT_EXCEEDED', `The composite request exceeds ${MOST_SUBREQUESTS} subrequests.`, 400);
  }
  if (requests.filter(isQueryLike).length > MOST_QUERIES) {
    throw new OrgError('LIMIT_EXCEEDED', `The composite request exceeds ${MOST_QUERIES} queries or collections.`, 400);
  }
  const ids = new Set(requests.map((each) => each.referenceId));
  if (ids.size < requests.length) {
    throw new OrgError('INVALID_INPUT', 'Each subrequest needs a referenceId of its own.', 400);
  }
  return requests;
}

function readSubrequest(value: unknown): Subrequest {
  const entry = asObject(value, 'Each entry of compositeRequest must be an object.');
  const { method, url, referenceId, body, httpHeaders } = entry;
  if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
    throw new OrgError('MISSING_ARGUMENT', 'Each subrequest needs method, url and referenceId.', 400);
  }
  const headers = asObject(httpHeaders ?? {}, 'httpHeaders must be an object.');
  const lowerCase = Object.entries(headers).map(([name, each]) => [name.toLowerCase(), String(each)]);
  return { method, url, referenceId, body, headers: Object.fromEntries(lowerCase) as Record<string, string> };
}

const isQueryLike = (request: Subrequest): boolean =>
  /\/v\d+\.0\/(query|queryAll|composite\/sobjects)\b/.test(request.url);

function rolledBack(response: Subresponse): Subresponse {
  if (response.httpStatusCode >= 400) return response;
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return { ...response, body: [{ errorCode: 'PROCESSING_HALTED', message }], httpStatusCode: 400, httpHeaders: {} };
}

/** Independent requests; each counts as a call of its own and may be refused for that. */
function runBatch(call: RestCall, dispatch: Dispatch): RestAnswer {
  const body = bodyObject(call);
  const requests = body['batchRequests'];
  if (!Array.isArray(requests) || requests.length === 0) {
    throw new OrgError('MISSING_ARGUMENT', 'batchRequests must list at least one request.', 400);
  }
  if (requests.length > MOST_SUBREQUESTS) {
    throw new OrgError('LIMIT_EXCEEDED', `The batch request exceeds ${MOST_SUBREQUESTS} requests.`, 400);
  }
  const results: { statusCode: number; result: unknown }[] = [];
  for (const [index, request] of requests.entries()) {
    const answer = answerBatchPart(call, request, index, dispatch);
    results.push({ statusCode: answer.status, result: answer.body ?? null });
    if (body['haltOnError'] === true && answer.status >= 400) break;
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

function answerBatchPart(call: RestCall, value: unknown, index: number, dispatch: Dispatch): RestAnswer {
  try {
    const { method, url, richInput } = asObject(value, 'Each entry of batchRequests must be an object.');
    if (typeof method !== 'string' || typeof url !== 'string') {
      throw new OrgError('MISSING_ARGUMENT', 'Each request of a batch needs method and url.', 400);
    }
    // The call that brought the batch has been counted; it stands for the first part.
    if (index > 0) call.wire.limits.countRequest();
    return dispatch(toSubcall(call, method, url.startsWith('v') ? `/services/data/${url}` : url, richInput, {}));
  } catch (error) {
    if (error instanceof OrgError) return toErrorAnswer(error);
    throw error;
  }
}
