import { type ErrorCode, PortError } from '../app/ports.ts';

/** What the caller can do about each Salesforce error code. A code that is not listed is judged by its HTTP status. */
const table: Readonly<Record<string, ErrorCode>> = {
  INVALID_SESSION_ID: 'reauthorize',
  INVALID_LOGIN: 'reauthorize',
  INVALID_AUTH_HEADER: 'reauthorize',
  INACTIVE_USER: 'reauthorize',
  USER_PERMISSION_REQUIRED: 'reauthorize',
  API_DISABLED_FOR_ORG: 'reauthorize',
  API_CURRENTLY_DISABLED: 'reauthorize',
  INSUFFICIENT_ACCESS: 'reauthorize',
  INSUFFICIENT_ACCESS_OR_READONLY: 'reauthorize',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'reauthorize',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'invalid',
  REQUEST_LIMIT_EXCEEDED: 'limit',
  STORAGE_LIMIT_EXCEEDED: 'limit',
  EXCEEDED_ID_LIMIT: 'limit',
  EXCEEDED_MAX_SEMIJOIN_SUBSELECTS: 'invalid',
  TXN_SECURITY_METERING_ERROR: 'limit',
  UNABLE_TO_LOCK_ROW: 'retryable',
  QUERY_TIMEOUT: 'retryable',
  SERVER_UNAVAILABLE: 'retryable',
  REQUEST_RUNNING_TOO_LONG: 'retryable',
  CONCURRENT_REQUESTS_LIMIT_EXCEEDED: 'retryable',
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 'retryable',
  JOB_NOT_COMPLETE: 'retryable',
  UNKNOWN_EXCEPTION: 'retryable',
  TRANSIENT_ERROR: 'retryable',
  INVALID_QUERY_LOCATOR: 'retryable',
  DUPLICATE_VALUE: 'conflict',
  DUPLICATES_DETECTED: 'conflict',
  DUPLICATE_EXTERNAL_ID: 'conflict',
  MULTIPLE_CHOICES: 'conflict',
  NOT_FOUND: 'missing',
  ENTITY_IS_DELETED: 'missing',
  INVALID_CROSS_REFERENCE_KEY: 'missing',
  INVALID_TYPE: 'missing',
  INVALID_FIELD: 'invalid',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'invalid',
  INVALID_TYPE_ON_FIELD_IN_RECORD: 'invalid',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'invalid',
  INVALID_EMAIL_ADDRESS: 'invalid',
  INVALID_ID_FIELD: 'invalid',
  INVALIDENTITY: 'invalid',
  MALFORMED_QUERY: 'invalid',
  MALFORMED_ID: 'invalid',
  QUERY_TOO_COMPLICATED: 'invalid',
  OPERATION_TOO_LARGE: 'invalid',
  NUMBER_OUTSIDE_VALID_RANGE: 'invalid',
  STRING_TOO_LONG: 'invalid',
  REQUIRED_FIELD_MISSING: 'invalid',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'invalid',
  FIELD_INTEGRITY_EXCEPTION: 'invalid',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'invalid',
  CANNOT_UPDATE_CONVERTED_LEAD: 'invalid',
  DELETE_FAILED: 'invalid',
  JSON_PARSER_ERROR: 'bug',
};

/** One error as Salesforce writes it, in a body or in the result of one row. */
export type SalesforceError = {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
};

/** Says what the caller can do about a Salesforce error code. */
export function judgeCode(code: string, status = 400): ErrorCode {
  const known = table[code.toUpperCase()];
  if (known) return known;
  if (status === 401) return 'reauthorize';
  if (status === 404 || status === 410) return 'missing';
  if (status === 300 || status === 409) return 'conflict';
  if (status === 408 || status === 406 || status === 420 || status === 429 || status >= 500) return 'retryable';
  return 'invalid';
}

/** Reads the errors out of a body, which is an array, one object, or no JSON at all. */
export function parseErrors(body: string): readonly SalesforceError[] {
  const parsed = parseJson(body);
  const items = Array.isArray(parsed) ? parsed : [parsed];
  return items.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return [];
    const {
      errorCode,
      statusCode,
      message,
      error,
      error_description: description,
      fields,
    } = item as Record<string, unknown>;
    const code = errorCode ?? statusCode ?? error;
    if (typeof code !== 'string') return [];
    return [
      {
        code,
        message: [message, description].find((text) => typeof text === 'string') ?? code,
        fields: Array.isArray(fields) ? fields.map(String) : [],
      },
    ];
  });
}

/** Turns an answer that is not a success into the error that the port promises. */
export function toPortError(doing: string, status: number, body: string): PortError {
  const [first] = parseErrors(body);
  const code = judgeCode(first?.code ?? '', status);
  const reason = first ? `${first.message.trim()} (${first.code})` : `the server answered ${status}${excerpt(body)}`;
  return new PortError(code, `${doing} failed: ${reason}${advice[code] ?? ''}`);
}

/** Turns what `fetch` or the connection threw into the error that the port promises: the request may or may not have arrived. */
export function toNetworkError(doing: string, error: unknown): PortError {
  if (error instanceof PortError) return error;
  const { cause, message } = error as Error & { cause?: Error };
  return new PortError('retryable', `${doing} failed: no answer (${cause?.message || message})`, { cause: error });
}

const advice: Partial<Record<ErrorCode, string>> = {
  reauthorize: '. Sign in again, or give the user the permission',
  limit: '. Accord goes on when the org has calls left',
};

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const excerpt = (body: string): string => {
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text ? `: ${text.slice(0, 200)}` : '';
};
