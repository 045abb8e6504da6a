import type { Query, Subquery } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../../org-error.ts';
import type { ObjectDef } from '../../types.ts';
import type { QueryRequest } from '../plan/scope.ts';

const GREATEST_LIMIT = 500;
const LISTS = ['ActivityHistories', 'OpenActivities'];
const ORDER: Readonly<Record<string, string>> = {
  ActivityHistory: 'ActivityDate DESC, LastModifiedDate DESC',
  OpenActivity: 'ActivityDate ASC, LastModifiedDate DESC',
};

/**
 * Refuses what users without View All Data may not ask of the activities of a record, and those of records that are a
 * list themselves.
 */
export function checkActivityList(
  request: QueryRequest,
  object: ObjectDef,
  list: string,
  level: number,
  query: Subquery,
): void {
  const order = ORDER[object.name];
  if (order === undefined || request.user.access.system('ViewAllData')) return;
  if (level > 1) throw notOfOne(list);
  if (query.where !== undefined) throw restricted(list, 'you cannot use a WHERE clause');
  if (orderOf(query) !== order) throw restricted(list, `you must use a specific sort order: ${order}`);
  if (query.limit === undefined || query.limit > GREATEST_LIMIT)
    throw restricted(list, `you must specify a limit of ${GREATEST_LIMIT} or fewer`);
}

/** Refuses to read the activities of several records in one query for users without View All Data. */
export function refuseListsOfMany(request: QueryRequest, query: Query): void {
  if (request.user.access.system('ViewAllData')) return;
  for (const field of query.fields ?? []) {
    const name = field.type === 'FieldSubquery' ? field.subquery.relationshipName : '';
    const list = LISTS.find((each) => each.toLowerCase() === name.toLowerCase());
    if (list !== undefined) throw notOfOne(list);
  }
}

function orderOf(query: Subquery): string {
  const clauses = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  const names = ['ActivityDate', 'LastModifiedDate'];
  return clauses
    .map((clause) => {
      const field = 'field' in clause ? clause.field : '';
      const name = names.find((each) => each.toLowerCase() === field.toLowerCase()) ?? field;
      return `${name} ${clause.order ?? 'ASC'}`;
    })
    .join(', ');
}

const notOfOne = (list: string): OrgError => restricted(list, 'you must filter on a single record');

const restricted = (list: string, rule: string): OrgError =>
  new OrgError(
    'MALFORMED_QUERY',
    `There is an implementation restriction on ${list}. When you query this relationship, security evaluation is ` +
      `implemented for users who don't have administrator permissions, and ${rule}`,
  );
