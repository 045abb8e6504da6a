import type { GraphQLResolveInfo, ValueNode } from 'graphql';

type Clause = {
  readonly order?: 'ASC' | 'DESC' | null;
  readonly nulls?: 'FIRST' | 'LAST' | null;
  readonly function?: string;
};

/**
 * `{ Owner: { Name: { order: DESC, nulls: LAST } } }` → `Owner.Name DESC NULLS LAST`.
 *
 * The first field named sorts first. GraphQL hands arguments over in the order of their type, so the names are put back
 * into the order in which the client wrote them.
 */
export function orderings(
  input: unknown,
  info: GraphQLResolveInfo,
  variables: Readonly<Record<string, unknown>>,
): readonly string[] {
  const argument = info.fieldNodes[0]?.arguments?.find(({ name }) => name.value === 'orderBy');
  return clauses(input, argument && asWritten(argument.value, variables), '');
}

function clauses(input: unknown, written: unknown, prefix: string): readonly string[] {
  const given = (input ?? {}) as Readonly<Record<string, unknown>>;
  const inOrder = (written ?? {}) as Readonly<Record<string, unknown>>;
  const names = new Set([...Object.keys(inOrder), ...Object.keys(given)]);
  return [...names]
    .filter((name) => given[name] != null)
    .flatMap((name) => {
      const clause = given[name] as Clause;
      const isClause = typeof clause.order === 'string' || clause.nulls != null || clause.function != null;
      if (isClause) return toOrdering(prefix + name, clause);
      return clauses(clause, inOrder[name], `${prefix}${name}.`);
    });
}

function toOrdering(path: string, { order, nulls, function: aggregate }: Clause): string {
  const operand = aggregate == null ? path : `${aggregate}(${path})`;
  return `${operand} ${order === 'DESC' ? 'DESC' : 'ASC'} NULLS ${nulls === 'LAST' ? 'LAST' : 'FIRST'}`;
}

/** A value with its keys as the client wrote them, variables put in. */
function asWritten(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === 'Variable') return variables[node.name.value];
  if (node.kind !== 'ObjectValue') return undefined;
  return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, asWritten(value, variables) ?? {}]));
}
