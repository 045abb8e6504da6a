import { keepTogether } from '../../data/dml/run-batch.ts';
import { OrgError } from '../../data/org-error.ts';
import { parseVersion } from '../api-version.ts';
import { toErrorAnswer } from '../../http/error-answer.ts';
import { asObject, type RestAnswer } from '../../http/rest-call.ts';
import { splitAddress } from '../rest/split-address.ts';
import { MissingReference, resolveReferences } from './references.ts';
import type { WireCall } from '../wire-context.ts';

/** Runs a subrequest through the routes of REST. */
export type Dispatch = (call: WireCall) => RestAnswer;

export type Subrequest = {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

export type Subresponse = {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
};

/** What may be part of a request of each kind, as the REST API's documentation lists it. */
const PARTS = {
  composite: /^(sobjects|query|queryAll|composite\/sobjects)(\/|$)/,
  batch: /^(sobjects|query|queryAll|search|limits|actions)(\/|$)/,
} as const;

/** Runs requests as one transaction; with `allOrNone` one that fails undoes them all. */
export function runTogether(
  call: WireCall,
  requests: readonly Subrequest[],
  allOrNone: boolean,
  dispatch: Dispatch,
): readonly Subresponse[] {
  return keepTogether(call.wire.org.core, allOrNone, () => runInOrder(call, requests, dispatch), isGood, rolledBack);
}

export const isGood = (response: Subresponse): boolean => response.httpStatusCode < 400;

/** Runs requests one after the other; each may refer to the answers of those before it. */
function runInOrder(call: WireCall, requests: readonly Subrequest[], dispatch: Dispatch): readonly Subresponse[] {
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
  call: WireCall,
  request: Subrequest,
  answers: ReadonlyMap<string, unknown>,
  dispatch: Dispatch,
): RestAnswer {
  try {
    const url = String(resolveReferences(request.url, answers));
    const body = resolveReferences(request.body, answers);
    return dispatch(toSubcall('composite', call, request.method, url, body, request.headers));
  } catch (error) {
    if (error instanceof OrgError) return toErrorAnswer(error);
    if (error instanceof MissingReference) {
      return toErrorAnswer(new OrgError('PROCESSING_HALTED', error.message, 400));
    }
    throw error;
  }
}

/**
 * A part of a request as a call of its own, with the headers of the whole.
 *
 * Throws INVALID_INPUT for a resource that cannot be part of it: what a job or a deployment begins could not be undone.
 */
export function toSubcall(
  whole: keyof typeof PARTS,
  call: WireCall,
  method: string,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): WireCall {
  const { version, segments, query } = splitAddress(url);
  if (!PARTS[whole].test(segments.join('/'))) {
    throw new OrgError('INVALID_INPUT', `The request ${url} cannot be part of a ${whole} request.`, 400);
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

/** From this version on the platform refuses references of other characters; 55.0 still takes them. */
const STRICT_REFERENCES = 59;

/** Reads a list of subrequests, however many. */
export function readSubrequests(value: unknown, version: number): readonly Subrequest[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OrgError('MISSING_ARGUMENT', 'compositeRequest must list at least one subrequest.', 400);
  }
  const requests = value.map(readSubrequest);
  if (version >= STRICT_REFERENCES) for (const { referenceId } of requests) refuseOddReference(referenceId);
  const ids = new Set(requests.map((each) => each.referenceId));
  if (ids.size < requests.length) {
    throw new OrgError('INVALID_INPUT', 'Each subrequest needs a referenceId of its own.', 400);
  }
  return requests;
}

function refuseOddReference(referenceId: string): void {
  if (/^[a-z0-9]\w*$/i.test(referenceId)) return;
  const message =
    `Provided referenceId ('${referenceId}') must start with a letter or a number, ` +
    `and it can contain only letters, numbers and underscores ('_').`;
  throw new OrgError('INVALID_INPUT', message, 400);
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

/** What a subrequest that went well answers once another one has undone it. */
function rolledBack(response: Subresponse): Subresponse {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return { ...response, body: [{ errorCode: 'PROCESSING_HALTED', message }], httpStatusCode: 400, httpHeaders: {} };
}
