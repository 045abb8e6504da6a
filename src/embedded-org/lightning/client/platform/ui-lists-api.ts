import { callApi } from '../api.ts';
import { makeDataAdapter } from '../wire-adapter.ts';
import { asNames, type FieldId, objectName, type ObjectId } from './schema-names.ts';

/** The list views of an object, by label. */
export const getListInfosByObjectName = makeDataAdapter({
  needs: ['objectApiName'],
  fetch: ({ objectApiName, pageSize, pageToken, q, recentListsOnly }) =>
    callApi(
      'GET',
      `list-info/${objectName(objectApiName as ObjectId)}?${toQuery({ pageSize, pageToken, q, recentListsOnly })}`,
    ),
});

/** What a list view shows. */
export const getListInfoByName = makeDataAdapter({
  needs: ['objectApiName', 'listViewApiName'],
  fetch: ({ objectApiName, listViewApiName }) =>
    callApi('GET', `list-info/${objectName(objectApiName as ObjectId)}/${String(listViewApiName)}`),
});

/** What several list views show: `names` are pairs of object and list view. */
export const getListInfosByName = makeDataAdapter({
  needs: ['names'],
  fetch: ({ names }) => callApi('GET', `list-info/batch?${toQuery({ names: (names as readonly string[]).join(',') })}`),
});

/** A page of the records of a list view; reads again when one of them is written in the page. */
export const getListRecordsByName = makeDataAdapter({
  needs: ['objectApiName', 'listViewApiName'],
  fetch: ({ objectApiName, listViewApiName, fields, optionalFields, pageSize, pageToken, searchTerm, sortBy, where }) =>
    callApi('POST', `list-records/${objectName(objectApiName as ObjectId)}/${String(listViewApiName)}`, {
      fields: asNames(fields as readonly FieldId[] | undefined),
      optionalFields: asNames(optionalFields as readonly FieldId[] | undefined),
      sortBy: asNames(sortBy as readonly FieldId[] | undefined),
      pageSize,
      pageToken,
      searchTerm,
      where,
    }),
  shows: showsRecords,
});

/** Whether a page of records holds one of those that changed. */
export function showsRecords(_config: unknown, result: object, changed: ReadonlySet<string>): boolean {
  const { data } = result as { data?: { records?: readonly { readonly id: string }[] } };
  return data?.records?.some(({ id }) => changed.has(id)) ?? false;
}

function toQuery(values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
