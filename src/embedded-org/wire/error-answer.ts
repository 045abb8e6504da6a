import type { OrgError } from '../data/org-error.ts';
import type { SaveError } from '../data/types.ts';
import type { RestAnswer } from './rest/rest-call.ts';

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
    status: saveErrorStatus(errors[0]?.statusCode),
    body: errors.map(({ message, statusCode, fields }) => ({ message, errorCode: statusCode, fields })),
  };
}

function saveErrorStatus(code: string | undefined): number {
  if (code === 'ENTITY_IS_DELETED' || code === 'INVALID_CROSS_REFERENCE_KEY' || code === 'NOT_FOUND') return 404;
  if (code?.startsWith('INSUFFICIENT_ACCESS') || code?.startsWith('CANNOT_INSERT_UPDATE_ACTIVATE')) return 403;
  return 400;
}
