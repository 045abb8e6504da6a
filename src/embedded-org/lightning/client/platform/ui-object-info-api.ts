import { callApi } from '../api.ts';
import { makeDataAdapter } from '../wire-adapter.ts';
import { fieldName, type FieldId, objectName, type ObjectId } from './schema-names.ts';

export type FieldInfo = {
  readonly apiName: string;
  readonly label: string;
  readonly dataType: string;
  readonly updateable: boolean;
  readonly required: boolean;
  readonly reference: boolean;
  readonly relationshipName: string | null;
  readonly compound: boolean;
  readonly length: number;
};

export type ObjectInfo = {
  readonly label: string;
  readonly updateable: boolean;
  readonly nameFields: readonly string[];
  readonly fields: Readonly<Record<string, FieldInfo>>;
};

export type PicklistValues = { readonly values: readonly { readonly label: string; readonly value: string }[] };

export const getObjectInfo = makeDataAdapter({
  needs: ['objectApiName'],
  fetch: ({ objectApiName }) => readObjectInfo(objectApiName as ObjectId),
});

/** Several objects at once, each with a status of its own. */
export const getObjectInfos = makeDataAdapter({
  needs: ['objectApiNames'],
  fetch: ({ objectApiNames }) =>
    callApi('GET', `object-info/batch/${(objectApiNames as readonly ObjectId[]).map(objectName).join(',')}`),
});

/** The values of every picklist field of an object. */
export const getPicklistValuesByRecordType = makeDataAdapter({
  needs: ['objectApiName', 'recordTypeId'],
  fetch: ({ objectApiName, recordTypeId }) =>
    callApi('GET', `object-info/${objectName(objectApiName as ObjectId)}/picklist-values/${String(recordTypeId)}`),
});

export const getPicklistValues = makeDataAdapter({
  needs: ['recordTypeId', 'fieldApiName'],
  fetch: ({ fieldApiName, recordTypeId }) => readPicklistValues(fieldApiName as FieldId, String(recordTypeId)),
});

export const readObjectInfo = (object: ObjectId): Promise<ObjectInfo> =>
  callApi('GET', `object-info/${objectName(object)}`) as Promise<ObjectInfo>;

export function readPicklistValues(field: FieldId, recordTypeId = MASTER_RECORD_TYPE): Promise<PicklistValues> {
  const [object, name] = fieldName(field).split('.');
  return callApi('GET', `object-info/${object}/picklist-values/${recordTypeId}/${name}`) as Promise<PicklistValues>;
}

const MASTER_RECORD_TYPE = '012000000000000AAA';
