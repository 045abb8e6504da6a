import { callApi } from '../api.ts';
import { tellRecordsChanged } from '../record-changes.ts';
import { makeDataAdapter } from '../wire-adapter.ts';

type FieldId = string | { readonly objectApiName: string; readonly fieldApiName: string };

type FieldValue = { readonly value: string | number | boolean | null | UiRecord; readonly displayValue: string | null };

export type UiRecord = {
  readonly id: string;
  readonly apiName: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
};

export const getRecord = makeDataAdapter({
  needs: ['recordId'],
  fetch: ({ recordId, fields, optionalFields, layoutTypes }) =>
    readRecord(String(recordId), asList(fields), asList(optionalFields), layoutTypes !== undefined),
  shows: ({ recordId }, _result, changed) => changed.has(String(recordId)),
});

export function readRecord(
  recordId: string,
  fields: readonly FieldId[],
  optionalFields: readonly FieldId[],
  everyField: boolean,
): Promise<UiRecord> {
  const query = new URLSearchParams();
  if (fields.length > 0) query.set('fields', fields.map(toName).join(','));
  if (optionalFields.length > 0) query.set('optionalFields', optionalFields.map(toName).join(','));
  if (everyField) query.set('layoutTypes', 'Full');
  return callApi('GET', `records/${encodeURIComponent(recordId)}?${query}`) as Promise<UiRecord>;
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

export async function updateRecord(input: { fields: Record<string, unknown> }): Promise<UiRecord> {
  const id = String(input.fields['Id']);
  const updated = (await callApi('PATCH', `records/${encodeURIComponent(id)}`, input)) as UiRecord;
  tellRecordsChanged([updated.id]);
  return updated;
}

export async function deleteRecord(recordId: string): Promise<void> {
  await callApi('DELETE', `records/${encodeURIComponent(recordId)}`);
  tellRecordsChanged([recordId]);
}

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
  for (const step of toName(field).split('.').slice(1)) {
    at = fields?.[step];
    fields = (at?.value as UiRecord | undefined)?.fields;
  }
  return at;
}

const asList = (value: unknown): readonly FieldId[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as FieldId];

const toName = (field: FieldId): string =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
