import type { Org } from '../../data/org-core.ts';
import type { UserContext } from '../../data/types.ts';
import { etagOf } from '../etag.ts';
import { whereCondition } from '../graphql/where-condition.ts';
import { countRecords, findObjectOf, planFields, qualify, readRecord } from '../read-record.ts';
import { type PageRequest, readPage, type RecordPage } from '../record-page.ts';
import { findRelatedList, type RelatedList } from './related-list.ts';
import { referenceTo, type RelatedListReference } from './related-list-info.ts';

export type RelatedRequest = PageRequest & {
  readonly fields: readonly string[];
  readonly optionalFields: readonly string[];
  /** A further filter, as a GraphQL value. */
  readonly where: string | undefined;
};

export type RelatedRecords = RecordPage & {
  readonly fields: readonly string[];
  readonly listInfoETag: null;
  readonly listReference: RelatedListReference;
  readonly optionalFields: readonly string[];
  readonly pageSize: number;
  readonly sortBy: readonly string[];
};

/** A page of the records of a related list that the user may see; without fields, those of its columns. */
export function readRelatedRecords(
  org: Org,
  user: UserContext,
  parentRecordId: string,
  relatedListId: string,
  request: RelatedRequest,
): RelatedRecords {
  const { id, list } = findOnRecord(org, user, parentRecordId, relatedListId);
  const { object } = list;
  const fields = request.fields.map((name) => qualify(object, name));
  const optionalFields = request.optionalFields.map((name) => qualify(object, name));
  const columns = fields.length + optionalFields.length > 0 ? [] : list.columns.map((path) => qualify(object, path));
  const tree = planFields(org, user, object, { fields, optionalFields: [...optionalFields, ...columns] });
  const where = request.where === undefined ? undefined : whereCondition(org, user, object, request.where);
  const page = readPage(org, user, object, tree, [pointsAt(list, id), where], request, list.order);
  return {
    ...page,
    fields,
    listInfoETag: null,
    listReference: referenceTo(list, id),
    optionalFields,
    pageSize: request.pageSize,
    sortBy: request.sortBy,
  };
}

/** Counting stops here, as on the platform's pages. */
const MOST_COUNTED = 1_000;

export function countRelatedRecords(
  org: Org,
  user: UserContext,
  parentRecordId: string,
  relatedListId: string,
): Record<string, unknown> {
  const { id, list } = findOnRecord(org, user, parentRecordId, relatedListId);
  const found = countRecords(org, user, list.object, `WHERE ${pointsAt(list, id)} LIMIT ${MOST_COUNTED + 1}`);
  const body = {
    count: Math.min(found, MOST_COUNTED),
    hasMore: found > MOST_COUNTED,
    listReference: referenceTo(list, id),
  };
  return { ...body, eTag: etagOf(body) };
}

const pointsAt = (list: RelatedList, id: string): string => `${list.reference.name} = '${id}'`;

/** The list on a record that the user may see. */
function findOnRecord(
  org: Org,
  user: UserContext,
  parentRecordId: string,
  relatedListId: string,
): { readonly id: string; readonly list: RelatedList } {
  const { id, object } = findObjectOf(org, parentRecordId);
  readRecord(org, user, id, { fields: [], optionalFields: [] });
  return { id, list: findRelatedList(org, user, object, relatedListId) };
}
