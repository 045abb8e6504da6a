import { callApi } from '../api.ts';
import { makeDataAdapter } from '../wire-adapter.ts';
import { objectName, type ObjectId } from './schema-names.ts';

/** The layout of an object's records, with what the user may read of it. */
export const getLayout = makeDataAdapter({
  needs: ['objectApiName', 'layoutType', 'mode'],
  fetch: ({ objectApiName, layoutType, mode, recordTypeId }) => {
    const query = new URLSearchParams({ layoutType: String(layoutType), mode: String(mode) });
    if (typeof recordTypeId === 'string') query.set('recordTypeId', recordTypeId);
    return callApi('GET', `layout/${objectName(objectApiName as ObjectId)}?${query}`);
  },
});
