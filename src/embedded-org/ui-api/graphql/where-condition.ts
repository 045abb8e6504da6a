import { GraphQLError, type ObjectValueNode, parseValue, valueFromAST, visit } from 'graphql';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { ObjectDef, UserContext } from '../../data/types.ts';
import { FilterTypes } from './filter-types.ts';
import { toSoqlCondition } from './to-soql-condition.ts';
import { ValueTypes } from './value-types.ts';
import { Visible } from './visible.ts';

/** The SOQL of a filter written as a GraphQL value, e.g. `{ Name: { like: "Bay%" } }`; throws for any other text. */
export function whereCondition(org: Org, user: UserContext, object: ObjectDef, where: string): string | undefined {
  try {
    return toCondition(org, user, object, where);
  } catch (error) {
    // the parser calls itself for each level of a filter
    if (error instanceof RangeError) throw refused(`${where.slice(0, 80)}…`, 'it is nested too deeply');
    throw error;
  }
}

function toCondition(org: Org, user: UserContext, object: ObjectDef, where: string): string | undefined {
  const node = parseFilter(where);
  const names = new Set<string>();
  visit(node, { ObjectField: ({ name }) => void names.add(name.value) });
  const visible = new Visible(org.core.schema, user, names);
  const input: unknown = valueFromAST(node, new FilterTypes(visible, new ValueTypes()).filter(object));
  if (input === undefined) throw refused(where, `it does not fit the fields of ${object.name} that you may read`);
  return toSoqlCondition(visible, object, input);
}

function parseFilter(where: string): ObjectValueNode {
  try {
    const node = parseValue(where);
    if (node.kind === 'ObjectValue') return node;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw refused(where, error.message);
  }
  throw refused(where, 'it is not an object');
}

const refused = (where: string, reason: string): OrgError =>
  new OrgError('INVALID_FILTER_VALUE', `The filter ${where} cannot be used: ${reason}.`);
