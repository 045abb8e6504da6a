import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { DmlOptions, ObjectDef, SaveResult, UserContext } from '../data/types.ts';
import { findObjectOf, readRecord, type RecordRepresentation, UI_API_VERSION } from './read-record.ts';
import { RecordError } from './record-error.ts';

/** UI API runs no assignment rule unless it is asked to, unlike REST. */
const OPTIONS: DmlOptions = { allOrNone: true, autoAssign: false, apiVersion: UI_API_VERSION };

const EVERY_FIELD = { fields: [], optionalFields: [], everyField: true } as const;

/** Creates `{ apiName, fields }` as the user and returns the new record. */
export function createRecord(org: Org, user: UserContext, input: unknown): RecordRepresentation {
  const { apiName, fields } = parseInput(input);
  const object = org.core.schema.find(apiName ?? '');
  if (!object) throw new OrgError('INVALID_TYPE', `Object ${apiName ?? ''} is not supported in UI API`);
  const id = idOf(org.insert(user, object.name, [fields], OPTIONS)[0], 'create', object, org);
  return readRecord(org, user, id, EVERY_FIELD);
}

/** Changes `{ fields }` of a record as the user and returns the record as it is then. */
export function updateRecord(org: Org, user: UserContext, recordId: string, input: unknown): RecordRepresentation {
  const { fields } = parseInput(input);
  const { id, object } = findObjectOf(org, recordId);
  const { Id: _, ...changes } = fields;
  idOf(org.update(user, object.name, [{ ...changes, Id: id }], OPTIONS)[0], 'update', object, org);
  return readRecord(org, user, id, EVERY_FIELD);
}

export function deleteRecord(org: Org, user: UserContext, recordId: string): void {
  const { id, object } = findObjectOf(org, recordId);
  idOf(org.remove(user, [id], OPTIONS)[0], 'delete', object, org);
}

function idOf(
  result: SaveResult | undefined,
  verb: 'create' | 'update' | 'delete',
  object: ObjectDef,
  org: Org,
): string {
  if (result?.success && result.id) return result.id;
  throw new RecordError(verb, result?.errors ?? [], object, org.core.schema);
}

function parseInput(input: unknown): {
  readonly apiName: string | undefined;
  readonly fields: Record<string, unknown>;
} {
  const { apiName, fields } = (input ?? {}) as { apiName?: unknown; fields?: unknown };
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new OrgError('JSON_PARSER_ERROR', 'The request body must have an object "fields" of field names and values.');
  }
  return { apiName: typeof apiName === 'string' ? apiName : undefined, fields: fields as Record<string, unknown> };
}
