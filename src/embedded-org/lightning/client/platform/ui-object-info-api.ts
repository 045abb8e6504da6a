import { callApi } from '../api.ts';
import { makeDataAdapter } from '../wire-adapter.ts';

type ObjectId = string | { readonly objectApiName: string };

type FieldId = string | { readonly objectApiName: string; readonly fieldApiName: string };

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

export const getPicklistValues = makeDataAdapter({
  needs: ['recordTypeId', 'fieldApiName'],
  fetch: ({ fieldApiName, recordTypeId }) => readPicklistValues(fieldApiName as FieldId, String(recordTypeId)),
});

export const readObjectInfo = (object: ObjectId): Promise<ObjectInfo> =>
  callApi('GET', `object-info/${typeof object === 'string' ? object : object.objectApiName}`) as Promise<ObjectInfo>;

export function readPicklistValues(field: FieldId, recordTypeId = MASTER_RECORD_TYPE): Promise<PicklistValues> {
  const [object, name] = typeof field === 'string' ? field.split('.') : [field.objectApiName, field.fieldApiName];
  return callApi('GET', `object-info/${object}/picklist-values/${recordTypeId}/${name}`) as Promise<PicklistValues>;
}

const MASTER_RECORD_TYPE = '012000000000000AAA';
