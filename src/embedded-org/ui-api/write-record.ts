import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { DmlOptions, ObjectDef, SaveResult, UserContext } from '../data/types.ts';
import { findObjectOf, readRecord, UI_API_VERSION } from './read-record.ts';
import { RecordError } from './record-error.ts';
import type { RecordRepresentation } from './record-representation.ts';
import { findServed, isServed, notServed } from './supported-objects.ts';

/** UI API runs no assignment rule unless it is asked to, unlike REST. */
const OPTIONS: DmlOptions = { allOrNone: true, autoAssign: false, apiVersion: UI_API_VERSION };

const EVERY_FIELD = { fields: [], optionalFields: [], everyField: true } as const;

/** Creates `{ apiName, fields }` as the user and returns the new record. */
export function createRecord(org: Org, user: UserContext, input: unknown): RecordRepresentation {
  const { apiName, fields } = parseInput(input);
  const object = findServed(org, apiName ?? '');
  const id = idOf(org.insert(user, object.name, [fields], OPTIONS)[0], 'create', object, org);
  return readRecord(org, user, id, EVERY_FIELD);
}

/**
 * Changes `{ fields }` of a record as the user and returns the record as it is then.
 *
 * With `unmodifiedSince`, a record that was changed later is left as it is and CONFLICT thrown.
 */
export function updateRecord(
  org: Org,
  user: UserContext,
  recordId: string,
  input: unknown,
  unmodifiedSince?: string,
): RecordRepresentation {
  const { fields } = parseInput(input);
  const { id, object } = findServedRecord(org, recordId);
  if (unmodifiedSince !== undefined) assertUnmodified(org, user, id, unmodifiedSince);
  const { Id: _, ...changes } = fields;
  idOf(org.update(user, object.name, [{ ...changes, Id: id }], OPTIONS)[0], 'update', object, org);
  return readRecord(org, user, id, EVERY_FIELD);
}

export function deleteRecord(org: Org, user: UserContext, recordId: string): void {
  const { id, object } = findServedRecord(org, recordId);
  idOf(org.remove(user, [id], OPTIONS)[0], 'delete', object, org);
}

function findServedRecord(org: Org, recordId: string): ReturnType<typeof findObjectOf> {
  const found = findObjectOf(org, recordId);
  if (!isServed(found.object)) throw notServed(found.object.name);
  return found;
}

function assertUnmodified(org: Org, user: UserContext, id: string, since: string): void {
  const limit = Date.parse(since);
  if (Number.isNaN(limit)) {
    throw new OrgError('INVALID_HEADER_VALUE', `The header If-Unmodified-Since holds no date: ${since}`);
  }
  const { lastModifiedDate } = readRecord(org, user, id, { fields: [], optionalFields: [] });
  if (Date.parse(lastModifiedDate ?? '') <= limit) return;
  throw new OrgError('CONFLICT', 'The record was changed since it was read. Read it again and repeat the change.', 412);
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
