import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef, OutputRow, UserContext } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { orderings } from './ordering.ts';
import { selectedBelow, toSelectPaths } from './selection.ts';
import { toSoqlCondition } from './to-soql-condition.ts';
import type { GraphQlContext } from './value-types.ts';
import type { Visible } from './visible.ts';

export type ConnectionArguments = {
  readonly first?: number | null;
  readonly after?: string | null;
  /** How many records there may be in all pages together; pages are of 200 to 2,000 then. */
  readonly upperBound?: number | null;
  readonly where?: unknown;
  readonly orderBy?: unknown;
  readonly scope?: 'EVERYTHING' | 'MINE' | null;
};

export type PageInfo = {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
};

export type Connection = {
  readonly edges: readonly { readonly node: OutputRow; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
  readonly pageResultCount: number;
};

const DEFAULT_FIRST = 10;
const LARGEST_FIRST = 2_000;
const SMALLEST_FIRST_OF_BOUND = 200;

/** Reads a page of records as the user: the fields that the selection needs, in one query. */
export function readConnection(
  org: Org,
  context: GraphQlContext,
  visible: Visible,
  object: ObjectDef,
  args: ConnectionArguments,
  info: GraphQLResolveInfo,
  condition?: string,
): Connection {
  const { user } = context;
  const { first, offset } = toPage(args);
  const bound = args.upperBound ?? Infinity;
  // counting all records is slow where there are many, so only a selection of totalCount pays for it
  const counts = selectedBelow(info.fieldNodes, info.fragments).has('totalCount');
  const limit = counts ? '' : ` LIMIT ${Math.min(offset + first + 1, bound)}`;
  const soql = [
    `SELECT ${toSelectPaths(visible, object, nodesBelow(info), info.fragments).join(', ')} FROM ${object.name}`,
    whereClause(user, visible, object, args, condition),
    `ORDER BY ${[...orderings(args.orderBy, info, context.variables), 'Id'].join(', ')}`,
  ].join(' ');
  const result = org.query(user, soql + limit, { includeDeleted: false, apiVersion: UI_API_VERSION });
  const total = Math.min(result.totalSize, bound);
  const rows = result.page(offset, Math.max(0, Math.min(first, bound - offset)));
  return {
    edges: rows.map((node, i) => ({ node, cursor: toCursor(offset + i + 1) })),
    pageInfo: toPageInfo(offset, rows.length, total),
    totalCount: total,
    pageResultCount: rows.length,
  };
}

export function whereClause(
  user: UserContext,
  visible: Visible,
  object: ObjectDef,
  args: Pick<ConnectionArguments, 'scope' | 'where'>,
  condition?: string,
): string {
  const conditions = [
    condition,
    args.scope === 'MINE' ? `OwnerId = '${user.userId}'` : undefined,
    toSoqlCondition(visible, object, args.where),
  ].filter((each) => each !== undefined);
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}

/** Where a page begins and how many records it may have; throws for a size that the platform refuses. */
export function toPage({ first: given, after, upperBound }: ConnectionArguments): {
  readonly first: number;
  readonly offset: number;
} {
  const first = given ?? DEFAULT_FIRST;
  const smallest = upperBound == null ? 1 : SMALLEST_FIRST_OF_BOUND;
  if (first < smallest || first > LARGEST_FIRST) {
    const reason = `must be between ${smallest} and ${LARGEST_FIRST}, not ${first}`;
    throw new OrgError('INVALID_ARGUMENT', `The 'first' argument ${reason}.`);
  }
  return { first, offset: after ? toOffset(after) : 0 };
}

export function toPageInfo(offset: number, count: number, total: number): PageInfo {
  return {
    hasNextPage: offset + count < total,
    hasPreviousPage: offset > 0,
    startCursor: count > 0 ? toCursor(offset + 1) : null,
    endCursor: count > 0 ? toCursor(offset + count) : null,
  };
}

/** The `edges { node { … } }` below a connection. */
export function nodesBelow(info: GraphQLResolveInfo): readonly FieldNode[] {
  const edges = selectedBelow(info.fieldNodes, info.fragments).get('edges') ?? [];
  return selectedBelow(edges, info.fragments).get('node') ?? [];
}

export const toCursor = (position: number): string => Buffer.from(`row:${position}`).toString('base64url');

function toOffset(cursor: string): number {
  // fifteen digits are a whole number that JavaScript writes without an exponent, and more than any query has rows
  const position = /^row:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (position === undefined)
    throw new OrgError(
      'INVALID_ARGUMENT',
      `The 'after' argument ${JSON.stringify(cursor)} is no cursor of this query.`,
    );
  return Number(position);
}
