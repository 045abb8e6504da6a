import type { Org } from '../../data/org-core.ts';
import type { ObjectDef, UserContext } from '../../data/types.ts';
import { etagOf } from '../etag.ts';
import { addPath } from '../field-tree.ts';
import { labelOn } from '../metadata/read-layout.ts';
import { assertObjectAccess } from '../read-record.ts';
import { findServed } from '../supported-objects.ts';
import { fieldAt } from './list-condition.ts';
import type { FilterOperator, ListView } from './list-view.ts';

export type ListReference = {
  readonly id: string;
  readonly listViewApiName: string;
  readonly objectApiName: string;
  readonly type: 'listView';
};

export type DisplayColumn = { readonly fieldApiName: string; readonly label: string; readonly sortable: boolean };

export type ListInfo = {
  readonly displayColumns: readonly DisplayColumn[];
  readonly eTag: string;
  readonly label: string;
  readonly listReference: ListReference;
} & Readonly<Record<string, unknown>>;

/** What a list view shows to a user: its columns that the user may read, its filters and its order. */
export function readListInfo(org: Org, user: UserContext, view: ListView): ListInfo {
  const object = findServed(org, view.objectName);
  assertObjectAccess(user, object);
  const displayColumns = toColumns(org, user, object, view.columns);
  const body = {
    cloneable: false,
    createable: false,
    deletable: false,
    displayColumns,
    filterLogicString: view.logic ?? null,
    filteredByInfo: view.filters.map(({ path, operator, values }) => ({
      fieldApiName: path,
      label: labelAt(org, object, path),
      operandLabels: values,
      operator: OPERATOR_NAMES[operator],
    })),
    label: view.label,
    listReference: referenceTo(view),
    orderedByInfo: view.order.map(({ path, descending }) => ({
      fieldApiName: path,
      isAscending: !descending,
      label: labelAt(org, object, path),
    })),
    updateable: false,
    userPreferences: {
      columnWidths: Object.fromEntries(displayColumns.map(({ fieldApiName }) => [fieldApiName, -1])),
      columnWrap: Object.fromEntries(displayColumns.map(({ fieldApiName }) => [fieldApiName, false])),
    },
    visibility: 'Public',
    visibilityEditable: false,
  };
  return { ...body, eTag: etagOf(body) };
}

export const referenceTo = ({ id, name, objectName }: ListView): ListReference => ({
  id,
  listViewApiName: name,
  objectApiName: objectName,
  type: 'listView',
});

/** The columns among these that the user may read. */
export function toColumns(
  org: Org,
  user: UserContext,
  object: ObjectDef,
  paths: readonly string[],
): readonly DisplayColumn[] {
  const readable = paths.filter((path) => addPath(org.core.schema, user, object, path.split('.'), new Map()));
  return readable.map((path) => ({
    fieldApiName: path,
    label: labelAt(org, object, path),
    sortable: fieldAt(org.core.schema, object, path)?.sortable ?? false,
  }));
}

/** A column that goes through a reference is named after the reference: `Owner.Name` → `Lead Owner`. */
export function labelAt(org: Org, object: ObjectDef, path: string): string {
  const [step = ''] = path.split('.');
  const { schema } = org.core;
  const field = schema.field(object, step) ?? schema.relationship(object, step);
  const label = field ? labelOn(object, field) : path;
  return path.endsWith('.Alias') ? `${label} Alias` : label;
}

const OPERATOR_NAMES: Readonly<Record<FilterOperator, string>> = {
  equals: 'Equals',
  notEqual: 'NotEqual',
  lessThan: 'LessThan',
  greaterThan: 'GreaterThan',
  lessOrEqual: 'LessOrEqual',
  greaterOrEqual: 'GreaterOrEqual',
  contains: 'Contains',
  notContain: 'NotContain',
  startsWith: 'StartsWith',
  includes: 'Includes',
  excludes: 'Excludes',
};
