import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef, OutputRow, UserContext } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { selectedBelow, toSelectPaths } from './selection.ts';
import { toSoqlCondition } from './to-soql-condition.ts';
import type { Visible } from './visible.ts';

export type ConnectionArguments = {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly where?: unknown;
  readonly orderBy?: unknown;
  readonly scope?: 'EVERYTHING' | 'MINE' | null;
};

export type Connection = {
  readonly edges: readonly { readonly node: OutputRow; readonly cursor: string }[];
  readonly pageInfo: Record<string, unknown>;
  readonly totalCount: number;
  readonly pageResultCount: number;
};

const DEFAULT_FIRST = 10;
const LARGEST_FIRST = 2_000;

/** Reads a page of records as the user: the fields that the selection needs, in one query. */
export function readConnection(
  org: Org,
  user: UserContext,
  visible: Visible,
  object: ObjectDef,
  args: ConnectionArguments,
  info: GraphQLResolveInfo,
  condition?: string,
): Connection {
  const first = args.first ?? DEFAULT_FIRST;
  if (first < 1 || first > LARGEST_FIRST) {
    throw new OrgError(
      'INVALID_ARGUMENT',
      `The 'first' argument must be between 1 and ${LARGEST_FIRST}, not ${first}.`,
    );
  }
  const offset = args.after ? toOffset(args.after) : 0;
  // counting all records is slow where there are many, so only a selection of totalCount pays for it
  const counts = selectedBelow(info.fieldNodes, info.fragments).has('totalCount');
  const limit = counts ? '' : ` LIMIT ${offset + first + 1}`;
  const soql = toSoql(user, visible, object, args, nodesBelow(info), info, condition) + limit;
  const result = org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION });
  const rows = result.page(offset, first);
  return {
    edges: rows.map((node, i) => ({ node, cursor: toCursor(offset + i + 1) })),
    pageInfo: {
      hasNextPage: offset + rows.length < result.totalSize,
      hasPreviousPage: offset > 0,
      startCursor: rows.length > 0 ? toCursor(offset + 1) : null,
      endCursor: rows.length > 0 ? toCursor(offset + rows.length) : null,
    },
    totalCount: result.totalSize,
    pageResultCount: rows.length,
  };
}

function toSoql(
  user: UserContext,
  visible: Visible,
  object: ObjectDef,
  args: ConnectionArguments,
  nodes: readonly FieldNode[],
  info: GraphQLResolveInfo,
  condition: string | undefined,
): string {
  const conditions = [
    condition,
    args.scope === 'MINE' ? `OwnerId = '${user.userId}'` : undefined,
    toSoqlCondition(visible, object, args.where),
  ].filter((each) => each !== undefined);
  return [
    `SELECT ${toSelectPaths(visible, object, nodes, info.fragments).join(', ')} FROM ${object.name}`,
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    `ORDER BY ${[...orderings(args.orderBy), 'Id'].join(', ')}`,
  ].join(' ');
}

/** The `edges { node { … } }` below a connection. */
function nodesBelow(info: GraphQLResolveInfo): readonly FieldNode[] {
  const edges = selectedBelow(info.fieldNodes, info.fragments).get('edges') ?? [];
  return selectedBelow(edges, info.fragments).get('node') ?? [];
}

/** `{ Owner: { Name: { order: DESC, nulls: LAST } } }` → `Owner.Name DESC NULLS LAST` */
function orderings(input: unknown, prefix = ''): readonly string[] {
  return Object.entries((input ?? {}) as Record<string, Record<string, unknown>>).flatMap(([name, clause]) => {
    const { order, nulls } = clause as { order?: unknown; nulls?: unknown };
    if (typeof order === 'object' || (order === undefined && nulls === undefined))
      return orderings(clause, `${prefix}${name}.`);
    return `${prefix}${name} ${order === 'DESC' ? 'DESC' : 'ASC'}${nulls ? ` NULLS ${nulls === 'LAST' ? 'LAST' : 'FIRST'}` : ''}`;
  });
}

const toCursor = (position: number): string => Buffer.from(`row:${position}`).toString('base64url');

function toOffset(cursor: string): number {
  const position = /^row:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (position === undefined)
    throw new OrgError(
      'INVALID_ARGUMENT',
      `The 'after' argument ${JSON.stringify(cursor)} is no cursor of this query.`,
    );
  return Number(position);
}
