import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef, UserContext } from '../../data/types.ts';
import { etagOf } from '../etag.ts';
import { addPath } from '../field-tree.ts';
import { labelAt, toColumns } from '../lists/list-info.ts';
import { MASTER_RECORD_TYPE } from '../record-type-info.ts';
import type { UiCall } from '../ui-route.ts';
import { uiPath } from '../ui-route.ts';
import { type RelatedList, relatedListsOf } from './related-list.ts';

export type RelatedListReference = {
  readonly id: null;
  readonly inContextOfRecordId: string | null;
  readonly listViewApiName: null;
  readonly objectApiName: null;
  readonly parentObjectApiName: string;
  readonly recordTypeId: null;
  readonly relatedListId: string;
  readonly type: 'relatedList';
};

export const referenceTo = ({ id, parent }: RelatedList, recordId: string | null): RelatedListReference => ({
  id: null,
  inContextOfRecordId: recordId,
  listViewApiName: null,
  objectApiName: null,
  parentObjectApiName: parent.name,
  recordTypeId: null,
  relatedListId: id,
  type: 'relatedList',
});

/** Which fields the columns of a related list show, beside those of the layout. */
export type ColumnRequest = {
  readonly fields: readonly string[];
  readonly optionalFields: readonly string[];
};

/** What a related list shows to a user; throws INVALID_FIELD for a required field that the user may not read. */
export function readRelatedListInfo(
  org: Org,
  user: UserContext,
  list: RelatedList,
  { fields, optionalFields }: ColumnRequest,
): Record<string, unknown> {
  const { object } = list;
  for (const path of fields.map((name) => withoutObject(object, name))) {
    if (!addPath(org.core.schema, user, object, path.split('.'), new Map()))
      throw new OrgError('INVALID_FIELD', `No such column '${path}' on entity '${object.name}'.`);
  }
  const more = [...fields, ...optionalFields].map((name) => withoutObject(object, name));
  const body = {
    ...READ_ONLY,
    ...columnsOf(toColumns(org, user, object, [...new Set([...list.columns, ...more])]), object),
    fieldApiName: list.reference.name,
    filterLogicString: '',
    filteredByInfo: [],
    label: list.label,
    listReference: referenceTo(list, null),
    objectApiNames: [object.name],
    orderedByInfo: list.order.map(({ path, descending }) => ({
      fieldApiName: path,
      isAscending: !descending,
      label: labelAt(org, object, path),
    })),
    visibility: 'Public',
  };
  return { ...body, eTag: etagOf(body) };
}

/** Nobody changes related lists through the API here. */
const READ_ONLY = {
  cloneable: false,
  createable: false,
  deletable: false,
  updateable: false,
  visibilityEditable: false,
} as const;

/** The columns with what they link to, and how wide a user has made them: nobody any. */
function columnsOf(columns: ReturnType<typeof toColumns>, object: ObjectDef): Record<string, unknown> {
  const names = columns.map(({ fieldApiName }) => fieldApiName);
  return {
    displayColumns: columns.map((column) => ({ ...column, lookupId: lookupIdOf(object, column.fieldApiName) })),
    userPreferences: {
      columnWidths: Object.fromEntries(names.map((name) => [name, -1])),
      columnWrap: Object.fromEntries(names.map((name) => [name, false])),
    },
  };
}

const withoutObject = (object: ObjectDef, name: string): string =>
  name.startsWith(`${object.name}.`) ? name.slice(object.name.length + 1) : name;

/** The field whose record a column links to: its own for the name, the reference for a field beyond it. */
function lookupIdOf(object: ObjectDef, path: string): string | null {
  const [step, ...rest] = path.split('.');
  if (rest.length === 0) return object.fields.some((field) => field.nameField && field.name === step) ? 'Id' : null;
  return object.fields.find((field) => field.relationshipName === step)?.name ?? null;
}

/** The related lists on the page of an object. */
export function readRelatedLists(call: UiCall, parent: ObjectDef): Record<string, unknown> {
  const relatedLists = relatedListsOf(call.org, call.user, parent).map(({ id, label, object, reference }) => {
    const summary = {
      entityLabel: object.label,
      entityPluralLabel: object.labelPlural,
      fieldApiName: reference.name,
      keyPrefix: object.keyPrefix,
      label,
      objectApiName: object.name,
      parentFieldApiName: 'Id',
      relatedListId: id,
      relatedListInfoUrl: uiPath(call, `related-list-info/${parent.name}/${id}`),
      themeInfo: null,
      uiApiEnabledLayout: true,
    };
    return { ...summary, eTag: etagOf(summary) };
  });
  const body = { parentObjectApiName: parent.name, parentRecordTypeId: MASTER_RECORD_TYPE, relatedLists };
  return { ...body, eTag: etagOf(body) };
}
