import { callApi } from '../api.ts';
import { makeDataAdapter } from '../wire-adapter.ts';
import { asNames, type FieldId, objectName, type ObjectId } from './schema-names.ts';
import { showsRecords } from './ui-lists-api.ts';

type Fields = readonly FieldId[] | undefined;

/** The related lists on the page of an object. */
export const getRelatedListsInfo = makeDataAdapter({
  needs: ['parentObjectApiName'],
  fetch: ({ parentObjectApiName }) =>
    callApi('GET', `related-list-info/${objectName(parentObjectApiName as ObjectId)}`),
});

/** What a related list shows. */
export const getRelatedListInfo = makeDataAdapter({
  needs: ['parentObjectApiName', 'relatedListId'],
  fetch: ({ parentObjectApiName, relatedListId, fields, optionalFields }) => {
    const query = new URLSearchParams();
    if (fields) query.set('fields', asNames(fields as Fields).join(','));
    if (optionalFields) query.set('optionalFields', asNames(optionalFields as Fields).join(','));
    const parent = objectName(parentObjectApiName as ObjectId);
    return callApi('GET', `related-list-info/${parent}/${String(relatedListId)}?${query}`);
  },
});

/** What several related lists show, each with a status of its own. */
export const getRelatedListInfoBatch = makeDataAdapter({
  needs: ['parentObjectApiName', 'relatedListNames'],
  fetch: ({ parentObjectApiName, relatedListNames }) => {
    const lists = (relatedListNames as readonly string[]).join(',');
    return callApi('GET', `related-list-info/batch/${objectName(parentObjectApiName as ObjectId)}/${lists}`);
  },
});

/** A page of the records of a related list; reads again when one of them is written in the page. */
export const getRelatedListRecords = makeDataAdapter({
  needs: ['parentRecordId', 'relatedListId'],
  fetch: ({ parentRecordId, relatedListId, ...rest }) =>
    callApi('POST', `related-list-records/${String(parentRecordId)}/${String(relatedListId)}`, toRequest(rest)),
  shows: showsRecords,
});

/** Pages of several related lists of a record, each with a status of its own. */
export const getRelatedListRecordsBatch = makeDataAdapter({
  needs: ['parentRecordId', 'relatedListParameters'],
  fetch: ({ parentRecordId, relatedListParameters }) =>
    callApi('POST', `related-list-records/batch/${String(parentRecordId)}`, {
      relatedListParameters: (relatedListParameters as readonly Record<string, unknown>[]).map(
        ({ relatedListId, ...rest }) => ({ relatedListId, ...toRequest(rest) }),
      ),
    }),
});

/** How many records a related list has. */
export const getRelatedListCount = makeDataAdapter({
  needs: ['parentRecordId', 'relatedListId'],
  fetch: ({ parentRecordId, relatedListId }) =>
    callApi('GET', `related-list-count/${String(parentRecordId)}/${String(relatedListId)}`),
});

function toRequest({ fields, optionalFields, sortBy, pageSize, pageToken, where }: Record<string, unknown>): object {
  return {
    fields: asNames(fields as Fields),
    optionalFields: asNames(optionalFields as Fields),
    sortBy: asNames(sortBy as Fields),
    pageSize,
    pageToken,
    where,
  };
}
