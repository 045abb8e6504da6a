import { writeTogether } from '../../data/dml/run-batch.ts';
import { toId18 } from '../../data/ids.ts';
import { OrgError } from '../../data/org-error.ts';
import type { DmlOptions, InputRow, SaveError, SaveResult } from '../../data/types.ts';
import { groupRuns } from '../group-runs.ts';
import { requireExternalIdField } from '../rest/external-id.ts';
import { mistypedError } from '../rest/json-types.ts';
import {
  asObject,
  bodyObject,
  booleanOf,
  dmlOptions,
  ok,
  type RestAnswer,
  type RestCall,
  type RestRoute,
} from '../../http/rest-call.ts';
import { refuseOtherType, requireType, withoutAttributes } from '../rest/record-attributes.ts';
import { objectOf } from '../rest/sobject-routes.ts';

const MOST_RECORDS = 200;
const MOST_RUNS = 10;
const MOST_READ = 2_000;

/** Up to 200 records in one call. */
export const collectionRoutes: readonly RestRoute[] = [
  { method: 'POST', path: 'composite/sobjects', handle: (call) => saveRuns(call, insertRun, false) },
  { method: 'PATCH', path: 'composite/sobjects', handle: (call) => saveRuns(call, updateRun, true) },
  { method: 'DELETE', path: 'composite/sobjects', handle: removeAll },
  { method: 'PATCH', path: 'composite/sobjects/:object/:field', handle: upsertAll },
  { method: 'GET', path: 'composite/sobjects/:object', handle: readByAddress },
  { method: 'POST', path: 'composite/sobjects/:object', handle: readByBody },
];

type Run = { readonly type: string; readonly rows: readonly InputRow[] };
type SaveRun = (call: RestCall, run: Run, options: DmlOptions) => readonly SaveResult[];

const insertRun: SaveRun = (call, run, options) => call.wire.org.insert(call.user, run.type, run.rows, options);
const updateRun: SaveRun = (call, run, options) => call.wire.org.update(call.user, run.type, run.rows, options);

/** Records of one type that follow each other are written together, so that the order of results is the order sent. */
function saveRuns(call: RestCall, save: SaveRun, keepIds: boolean): RestAnswer {
  const { allOrNone, records } = readRecords(call);
  const runs = toRuns(records);
  const options = dmlOptions(call, allOrNone);
  const results = writeTogether(call.wire.org.core, allOrNone, () =>
    runs.flatMap((run) => saveWellTyped(call, run, (rows) => save(call, { ...run, rows }, options))),
  );
  return ok(results.map((result, i) => resultBody(result, keepIds ? idOf(records[i]) : undefined)));
}

/** Saves the records whose values are of their fields' types; the others are answered with their fault in place. */
function saveWellTyped(
  call: RestCall,
  run: Run,
  save: (rows: readonly InputRow[]) => readonly SaveResult[],
): readonly SaveResult[] {
  const object = call.wire.org.core.schema.find(run.type);
  const faults = run.rows.map((row) => object && mistypedError(call, object, row));
  const saved = save(run.rows.filter((_row, i) => !faults[i]))[Symbol.iterator]();
  return faults.flatMap((fault) => (fault ? [failed(fault)] : (saved.next().value ?? [])));
}

const failed = (error: SaveError): SaveResult => ({ id: undefined, success: false, created: false, errors: [error] });

function upsertAll(call: RestCall): RestAnswer {
  const object = objectOf(call);
  const field = requireExternalIdField(call, object);
  const { allOrNone, records } = readRecords(call);
  for (const record of records) {
    requireType(record);
    refuseOtherType(call, object, record);
  }
  const run = { type: object.name, rows: records.map(withoutAttributes) };
  const options = dmlOptions(call, allOrNone);
  const results = writeTogether(call.wire.org.core, allOrNone, () =>
    saveWellTyped(call, run, (rows) => call.wire.org.upsert(call.user, object.name, field.name, rows, options)),
  );
  return ok(results.map((result) => ({ ...resultBody(result, undefined), created: result.created })));
}

function removeAll(call: RestCall): RestAnswer {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new OrgError('MISSING_ARGUMENT', 'The ids parameter is required.', 400, ['ids']);
  refuseMoreThan(MOST_RECORDS, ids.length);
  const options = dmlOptions(call, call.query.get('allOrNone') === 'true');
  const results = call.wire.org.remove(call.user, ids, options);
  return ok(results.map((result, i) => resultBody(result, ids[i])));
}

function readByAddress(call: RestCall): RestAnswer {
  const list = (name: string): string[] => (call.query.get(name) ?? '').split(',').filter((each) => each !== '');
  return readAll(call, list('ids'), list('fields'));
}

function readByBody(call: RestCall): RestAnswer {
  const body = bodyObject(call);
  return readAll(call, textList(body, 'ids'), textList(body, 'fields'));
}

/** Records in the order of their ids, null for one that does not exist or that the user may not see. */
function readAll(call: RestCall, ids: readonly string[], fields: readonly string[]): RestAnswer {
  const object = objectOf(call);
  refuseMoreThan(MOST_READ, ids.length);
  return ok(
    ids.map((text) => {
      const id = toId18(text);
      if (id === undefined) throw new OrgError('MALFORMED_ID', `malformed id ${text}`, 400);
      try {
        return call.wire.org.retrieve(call.user, object.name, id, fields, call.version);
      } catch (error) {
        if (error instanceof OrgError && error.status === 404) return null;
        throw error;
      }
    }),
  );
}

function readRecords(call: RestCall): { allOrNone: boolean; records: readonly Record<string, unknown>[] } {
  const body = bodyObject(call);
  const { records } = body;
  if (!Array.isArray(records)) throw new OrgError('MISSING_ARGUMENT', 'records is required.', 400, ['records']);
  refuseMoreThan(MOST_RECORDS, records.length);
  return {
    allOrNone: booleanOf(body, 'allOrNone'),
    records: records.map((each: unknown) => asObject(each, 'Each entry of records must be an object.')),
  };
}

function toRuns(records: readonly Record<string, unknown>[]): readonly Run[] {
  const runs = groupRuns(records, requireType).map(({ key, items }) => ({
    type: key,
    rows: items.map(withoutAttributes),
  }));
  if (runs.length <= MOST_RUNS) return runs;
  throw new OrgError('LIMIT_EXCEEDED', `Number of record types in a row exceeds the limit of ${MOST_RUNS}.`, 400);
}

function idOf(record: Record<string, unknown> | undefined): string | undefined {
  const id = Object.entries(record ?? {}).find(([key]) => key.toLowerCase() === 'id')?.[1];
  return typeof id === 'string' ? id : undefined;
}

/** A failed insert has no id; a failed update or delete names the record it was about. */
function resultBody(result: SaveResult, sentId: string | undefined): Record<string, unknown> {
  const id = result.id ?? sentId;
  return { ...(id === undefined ? {} : { id }), success: result.success, errors: result.errors.map(errorEntry) };
}

const errorEntry = ({ statusCode, message, fields }: SaveError): object => ({ statusCode, message, fields });

function refuseMoreThan(most: number, count: number): void {
  if (count <= most) return;
  throw new OrgError(
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${most} records into this call.`,
    400,
  );
}

function textList(body: Record<string, unknown>, name: string): readonly string[] {
  const value = body[name];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new OrgError('MISSING_ARGUMENT', `${name} must be a list of text.`, 400, [name]);
}
