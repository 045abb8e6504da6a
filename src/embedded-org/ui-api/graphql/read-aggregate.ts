import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef, Value } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { TIME_FUNCTIONS, toFieldName } from './date-terms.ts';
import { orderings } from './ordering.ts';
import {
  type ConnectionArguments,
  nodesBelow,
  type PageInfo,
  toCursor,
  toPage,
  toPageInfo,
  whereClause,
} from './read-connection.ts';
import { selectedBelow } from './selection.ts';
import type { GraphQlContext } from './value-types.ts';
import { spannedObject, type Visible } from './visible.ts';

/** A group of records; `prefix` is the path to the parent at which a resolver stands. */
export type AggregateGroup = {
  readonly prefix: string;
  readonly value: (functionName: string, path: string) => Value | undefined;
};

export type AggregateConnection = {
  readonly edges: readonly { readonly node: AggregateGroup; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
};

/** SOQL by the name of the function in GraphQL. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  avg: 'AVG',
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  max: 'MAX',
  min: 'MIN',
  sum: 'SUM',
  ...Object.fromEntries(TIME_FUNCTIONS.map((name) => [toFieldName(name), name])),
};

/** Reads groups of records as the user: what the selection asks of each, in one query. */
export function readAggregate(
  org: Org,
  context: GraphQlContext,
  visible: Visible,
  object: ObjectDef,
  args: ConnectionArguments & { readonly groupBy?: unknown },
  info: GraphQLResolveInfo,
): AggregateConnection {
  const { first, offset } = toPage(args);
  const wanted = selectedBelow(nodesBelow(info), info.fragments).get('aggregate') ?? [];
  const terms = [...new Set(termsOf(visible, object, wanted, info.fragments, ''))];
  if (terms.length === 0)
    throw new OrgError('INVALID_ARGUMENT', 'An aggregate query must select a field of its groups.');
  const groups = groupings(args.groupBy, '');
  const sorted = orderings(args.orderBy, info, context.variables);
  const soql = [
    `SELECT ${terms.map((term, index) => `${toSoql(term)} e${index}`).join(', ')} FROM ${object.name}`,
    whereClause(context.user, visible, object, args),
    groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : '',
    sorted.length > 0 ? `ORDER BY ${sorted.join(', ')}` : '',
  ].join(' ');
  const result = org.query(context.user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION });
  const rows = result.page(offset, first);
  const aliases = new Map(terms.map((term, index) => [term, `e${index}`]));
  return {
    edges: rows.map((row, i) => ({
      node: { prefix: '', value: (name, path) => row[aliases.get(`${name} ${path}`) ?? ''] as Value | undefined },
      cursor: toCursor(offset + i + 1),
    })),
    pageInfo: toPageInfo(offset, rows.length, result.totalSize),
    totalCount: result.totalSize,
  };
}

/** `count Owner.Name` for each function of each field that the selection names; `value Status` for a plain one. */
function termsOf(
  visible: Visible,
  object: ObjectDef,
  nodes: readonly FieldNode[],
  fragments: GraphQLResolveInfo['fragments'],
  prefix: string,
): readonly string[] {
  const selected = selectedBelow(nodes, fragments);
  return [...selected].flatMap(([name, below]) => {
    const link = visible.parents(object).find((each) => each.name === name);
    const parent = link && spannedObject(link);
    if (parent) return termsOf(visible, parent, below, fragments, `${prefix}${name}.`);
    const asked = [...selectedBelow(below, fragments).keys()].filter((each) => each !== '__typename');
    return asked.map((each) => `${each in FUNCTIONS ? each : 'value'} ${prefix}${name}`);
  });
}

function toSoql(term: string): string {
  const [name = '', path = ''] = term.split(' ');
  return name === 'value' ? path : `${FUNCTIONS[name]}(${path})`;
}

/** `{ Status: { group: true }, CreatedDate: { function: CALENDAR_YEAR } }` → `Status`, `CALENDAR_YEAR(CreatedDate)` */
function groupings(input: unknown, prefix: string): readonly string[] {
  return Object.entries((input ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, clause]) => {
    if (name === 'type' && prefix === '') return [];
    const { group, function: part } = (clause ?? {}) as { group?: unknown; function?: string | null };
    if (part != null) return [`${part}(${prefix}${name})`];
    if (typeof group === 'boolean') return group ? [prefix + name] : [];
    return groupings(clause, `${prefix}${name}.`);
  });
}
