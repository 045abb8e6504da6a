import { callApi } from '../api.ts';
import { tellRecordsChanged } from '../record-changes.ts';
import { makeDataAdapter } from '../wire-adapter.ts';
import { asNames, fieldName, type FieldId, objectName, type ObjectId } from './schema-names.ts';

type FieldValue = { readonly value: string | number | boolean | null | UiRecord; readonly displayValue: string | null };

export type UiRecord = {
  readonly id: string;
  readonly apiName: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
};

export const getRecord = makeDataAdapter({
  needs: ['recordId'],
  isReady: asksForFields,
  fetch: ({ recordId, ...request }) => readRecord(String(recordId), request),
  shows: ({ recordId }, _result, changed) => changed.has(String(recordId)),
});

type RecordsRequest = { readonly records: readonly (RecordRequest & { readonly recordIds: readonly string[] })[] };

/** Several records at once, each with a status of its own. */
export const getRecords = makeDataAdapter({
  needs: ['records'],
  fetch: async (config) => {
    const batches = (config as unknown as RecordsRequest).records.map(async ({ recordIds, ...request }) => {
      const path = `records/batch/${recordIds.join(',')}?${toQuery(request)}`;
      return ((await callApi('GET', path)) as { results: readonly object[] }).results;
    });
    return { results: (await Promise.all(batches)).flat() };
  },
  shows: (config, _result, changed) =>
    (config as unknown as RecordsRequest).records.some(({ recordIds }) => recordIds.some((id) => changed.has(id))),
});

/** Records with their layouts and what their objects are like. */
export const getRecordUi = makeDataAdapter({
  needs: ['recordIds', 'layoutTypes', 'modes'],
  fetch: ({ recordIds, ...request }) =>
    callApi('GET', `record-ui/${asNames(recordIds as FieldId[]).join(',')}?${toQuery(request)}`),
  shows: ({ recordIds }, _result, changed) => asNames(recordIds as FieldId[]).some((id) => changed.has(id)),
});

/** What a form for a new record starts with. */
export const getRecordCreateDefaults = makeDataAdapter({
  needs: ['objectApiName'],
  fetch: ({ objectApiName, ...request }) =>
    callApi('GET', `record-defaults/create/${objectName(objectApiName as ObjectId)}?${toQuery(request)}`),
});

type RecordRequest = {
  readonly fields?: unknown;
  readonly optionalFields?: unknown;
  readonly layoutTypes?: unknown;
  readonly modes?: unknown;
};

export const readRecord = (recordId: string, request: RecordRequest): Promise<UiRecord> =>
  callApi('GET', `records/${encodeURIComponent(recordId)}?${toQuery(request)}`) as Promise<UiRecord>;

/** A wire of a record stays silent until it knows what to read, and while one of the fields is still undefined. */
function asksForFields({ fields, optionalFields, layoutTypes }: RecordRequest): boolean {
  const lists = [fields, optionalFields, layoutTypes].filter((list) => list !== undefined && list !== null);
  return lists.length > 0 && lists.every((list) => !Array.isArray(list) || !list.includes(undefined));
}

function toQuery(request: RecordRequest): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['fields', 'optionalFields', 'layoutTypes', 'modes'] as const) {
    const names = asNames(request[name] as FieldId[] | undefined);
    if (names.length > 0) query.set(name, names.join(','));
  }
  return query;
}

/** The raw value of a field, spanned fields included; undefined when the record does not carry it. */
export const getFieldValue = (record: UiRecord | undefined, field: FieldId): unknown => findField(record, field)?.value;

export const getFieldDisplayValue = (record: UiRecord | undefined, field: FieldId): string | null | undefined =>
  findField(record, field)?.displayValue;

export async function createRecord(input: { apiName: string; fields: Record<string, unknown> }): Promise<UiRecord> {
  const created = (await callApi('POST', 'records', input)) as UiRecord;
  tellRecordsChanged([created.id]);
  return created;
}

/** With `ifUnmodifiedSince`, a record that someone changed later is left as it is and the promise fails with 412. */
export async function updateRecord(
  input: { fields: Record<string, unknown> },
  options: { readonly ifUnmodifiedSince?: string } = {},
): Promise<UiRecord> {
  const id = String(input.fields['Id']);
  const headers = options.ifUnmodifiedSince ? { 'if-unmodified-since': options.ifUnmodifiedSince } : {};
  const updated = (await callApi('PATCH', `records/${encodeURIComponent(id)}`, input, headers)) as UiRecord;
  tellRecordsChanged([updated.id]);
  return updated;
}

export async function deleteRecord(recordId: string): Promise<void> {
  await callApi('DELETE', `records/${encodeURIComponent(recordId)}`);
  tellRecordsChanged([recordId]);
}

type RecordInput = { readonly apiName?: string; readonly fields: Record<string, unknown> };

type EditableInfo = {
  readonly fields: Readonly<Record<string, { readonly createable?: boolean; readonly updateable?: boolean }>>;
};

/** The input that creates a copy of a record, with the fields that the user may give to a new one. */
export const generateRecordInputForCreate = (record: UiRecord, info?: EditableInfo): RecordInput => ({
  apiName: record.apiName,
  fields: valuesOf(record, (name) => info === undefined || info.fields[name]?.createable === true),
});

/** The input that updates a record, with its id and the fields that the user may change. */
export const generateRecordInputForUpdate = (record: UiRecord, info?: EditableInfo): RecordInput => ({
  fields: {
    ...valuesOf(record, (name) => info === undefined || info.fields[name]?.updateable === true),
    Id: record.id,
  },
});

/** An input without the fields whose value is that of the record already. */
export function createRecordInputFilteredByEditedFields(input: RecordInput, original: UiRecord): RecordInput {
  const edited = Object.entries(input.fields).filter(
    ([name, value]) => name === 'Id' || original.fields[name]?.value !== value,
  );
  return { ...input, fields: Object.fromEntries(edited) };
}

const valuesOf = (record: UiRecord, wanted: (fieldName: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record.fields).flatMap(([name, { value }]) =>
      wanted(name) && (typeof value !== 'object' || value === null) ? [[name, value]] : [],
    ),
  );

/** Tells the page that records changed outside it; their wires read again. */
export async function notifyRecordUpdateAvailable(records: readonly { readonly recordId: string }[]): Promise<void> {
  tellRecordsChanged(records.map(({ recordId }) => recordId));
}

/** The older name of the same, without a promise. */
export const getRecordNotifyChange = (records: readonly { readonly recordId: string }[]): void =>
  tellRecordsChanged(records.map(({ recordId }) => recordId));

function findField(record: UiRecord | undefined, field: FieldId): FieldValue | undefined {
  let at: FieldValue | undefined;
  let fields = record?.fields;
  for (const step of fieldName(field).split('.').slice(1)) {
    at = fields?.[step];
    fields = (at?.value as UiRecord | undefined)?.fields;
  }
  return at;
}
