import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { ObjectDef, UserContext } from '../data/types.ts';
import { addPath, type FieldTree } from './field-tree.ts';
import type { SortOrder } from './lists/list-view.ts';
import { selectRecords } from './read-record.ts';
import type { RecordRepresentation } from './record-representation.ts';
import { illegalValue } from './ui-route.ts';

/** What a page of a list is asked for by. */
export type PageRequest = {
  readonly pageSize: number;
  /** How many records come before the page, as text. */
  readonly pageToken: string | undefined;
  readonly sortBy: readonly string[];
};

export type RecordPage = {
  readonly count: number;
  readonly currentPageToken: string;
  readonly nextPageToken: string | null;
  readonly previousPageToken: string | null;
  readonly records: readonly RecordRepresentation[];
};

/** Lists let nobody page further than this. */
const GREATEST_OFFSET = 2_000;

/** A page of the records that the conditions select, in the order asked for or else the given one. */
export function readPage(
  org: Org,
  user: UserContext,
  object: ObjectDef,
  tree: FieldTree,
  conditions: readonly (string | undefined)[],
  { pageSize, pageToken, sortBy }: PageRequest,
  order: readonly SortOrder[],
): RecordPage {
  const offset = toOffset(pageToken);
  const where = conditions.filter((each) => each !== undefined).map((each) => `(${each})`);
  const sorted = sortBy.length > 0 ? sortBy.map(toSortOrder) : order;
  const orderings = sorted.map((each) => toOrdering(org, user, object, each));
  const clauses = [
    where.length > 0 ? `WHERE ${where.join(' AND ')}` : '',
    `ORDER BY ${[...orderings, 'Id'].join(', ')}`,
    `LIMIT ${offset + pageSize + 1}`,
  ].join(' ');
  const found = selectRecords(org, user, object, tree, clauses, offset);
  const records = found.slice(0, pageSize);
  return {
    count: records.length,
    currentPageToken: String(offset),
    nextPageToken: found.length > pageSize ? String(offset + pageSize) : null,
    previousPageToken: offset > 0 ? String(Math.max(0, offset - pageSize)) : null,
    records,
  };
}

/** `-Name` sorts by Name in descending order; a leading object name is left out. */
const toSortOrder = (text: string): SortOrder => ({ path: text.replace(/^-/, ''), descending: text.startsWith('-') });

function toOrdering(org: Org, user: UserContext, object: ObjectDef, { path, descending }: SortOrder): string {
  const own = path.toLowerCase().startsWith(`${object.name.toLowerCase()}.`)
    ? path.slice(object.name.length + 1)
    : path;
  if (!/^[\w.]+$/.test(own) || !addPath(org.core.schema, user, object, own.split('.'), new Map()))
    throw new OrgError('INVALID_FIELD', `The field ${path} of ${object.name} cannot be sorted by.`);
  return `${own} ${descending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`;
}

function toOffset(pageToken: string | undefined): number {
  if (pageToken === undefined || pageToken === '') return 0;
  const offset = Number(pageToken);
  if (Number.isInteger(offset) && offset >= 0 && offset <= GREATEST_OFFSET) return offset;
  throw illegalValue('pageToken', pageToken);
}
