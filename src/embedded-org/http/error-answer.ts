import type { OrgError } from '../data/org-error.ts';
import type { SaveError } from '../data/types.ts';
import type { RestAnswer } from './rest-call.ts';

/** A refusal as REST answers it: an array of `{message, errorCode[, fields]}`. */
export function toErrorAnswer(error: OrgError): RestAnswer {
  return { status: error.status, body: errorBody(error) };
}

export function errorBody(error: OrgError): readonly Record<string, unknown>[] {
  const entry = { message: error.message, errorCode: error.code };
  return [error.fields.length > 0 ? { ...entry, fields: error.fields } : entry];
}

/** The answer to a write of one record that failed. */
export function toSaveErrorAnswer(errors: readonly SaveError[]): RestAnswer {
  return {
    status: saveErrorStatus(errors[0]),
    body: errors.map(({ message, statusCode, fields }) => ({ message, errorCode: statusCode, fields })),
  };
}

function saveErrorStatus(error: SaveError | undefined): number {
  const { statusCode = '', fields = [] } = error ?? {};
  if (statusCode === 'ENTITY_IS_DELETED' || statusCode === 'NOT_FOUND') return 404;
  // Without a field it is the record itself that is not there, else one that a lookup names.
  if (statusCode === 'INVALID_CROSS_REFERENCE_KEY') return fields.length === 0 ? 404 : 400;
  return statusCode.startsWith('INSUFFICIENT_ACCESS') ? 403 : 400;
}
