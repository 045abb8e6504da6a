import type { Org } from '../../data/org-core.ts';
import type { ObjectDef, UserContext } from '../../data/types.ts';
import { whereCondition } from '../graphql/where-condition.ts';
import { countRecords, planFields, qualify } from '../read-record.ts';
import { type PageRequest, readPage, type RecordPage } from '../record-page.ts';
import { soqlContains } from '../soql-literal.ts';
import { findServed } from '../supported-objects.ts';
import { listCondition } from './list-condition.ts';
import { type ListInfo, type ListReference, readListInfo } from './list-info.ts';
import type { ListView } from './list-view.ts';

export type ListRequest = PageRequest & {
  readonly fields: readonly string[];
  readonly optionalFields: readonly string[];
  /** Text that a searchable column must contain. */
  readonly searchTerm: string | undefined;
  /** A further filter, as a GraphQL value. */
  readonly where: string | undefined;
};

export type ListRecords = RecordPage & {
  readonly fields: readonly string[];
  readonly listInfoETag: string;
  readonly listReference: ListReference;
  readonly optionalFields: readonly string[];
  readonly pageSize: number;
  readonly searchTerm: string | null;
  readonly sortBy: readonly string[];
  readonly where: string | null;
};

export type List = { readonly info: ListInfo; readonly records: ListRecords };

/** A page of the records of a list view that the user may see, with its columns and the fields asked for. */
export function readList(org: Org, user: UserContext, view: ListView, request: ListRequest): List {
  const info = readListInfo(org, user, view);
  const object = findServed(org, view.objectName);
  const columns = info.displayColumns.map(({ fieldApiName }) => fieldApiName);
  const fields = request.fields.map((name) => qualify(object, name));
  const optionalFields = request.optionalFields.map((name) => qualify(object, name));
  const shown = ['Id', ...columns].map((path) => `${object.name}.${path}`);
  const tree = planFields(org, user, object, { fields, optionalFields: [...optionalFields, ...shown] });
  const conditions = conditionsOf(org, user, object, view, columns, request);
  const page = readPage(org, user, object, tree, conditions, request, view.order);
  return {
    info,
    records: {
      ...page,
      fields,
      listInfoETag: info.eTag,
      listReference: info.listReference,
      optionalFields,
      pageSize: request.pageSize,
      searchTerm: request.searchTerm ?? null,
      sortBy: request.sortBy.length > 0 ? request.sortBy : view.order.map(toSortText),
      where: request.where ?? null,
    },
  };
}

/** How many records of a list view the user may see, counted up to a limit. */
export function countList(org: Org, user: UserContext, view: ListView, request: ListRequest, most: number): number {
  const object = findServed(org, view.objectName);
  const columns = readListInfo(org, user, view).displayColumns.map(({ fieldApiName }) => fieldApiName);
  const given = conditionsOf(org, user, object, view, columns, request).filter((each) => each !== undefined);
  const where = given.length > 0 ? `WHERE ${given.map((each) => `(${each})`).join(' AND ')} ` : '';
  return countRecords(org, user, object, `${where}LIMIT ${most}`);
}

const conditionsOf = (
  org: Org,
  user: UserContext,
  object: ObjectDef,
  view: ListView,
  columns: readonly string[],
  { where, searchTerm }: ListRequest,
): readonly (string | undefined)[] => [
  listCondition(org.core.schema, user, object, view),
  where === undefined ? undefined : whereCondition(org, user, object, where),
  searchCondition(org, object, columns, searchTerm),
];

const toSortText = ({ path, descending }: ListView['order'][number]): string => `${descending ? '-' : ''}${path}`;

const SEARCHABLE = new Set(['string', 'email', 'phone', 'url']);

function searchCondition(
  org: Org,
  object: ObjectDef,
  columns: readonly string[],
  searchTerm: string | undefined,
): string | undefined {
  if (searchTerm === undefined || searchTerm === '') return undefined;
  const searched = columns.filter((path) => {
    const field = org.core.schema.field(object, path);
    return field !== undefined && SEARCHABLE.has(field.type) && field.filterable;
  });
  return searched.map((path) => `${path} LIKE ${soqlContains(searchTerm)}`).join(' OR ') || 'Id = null';
}
