import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { Org } from '../../data/org-core.ts';
import type { FieldDef, ObjectDef } from '../../data/types.ts';
import { toDisplayValue } from '../display-value.ts';
import { functionsOf, toFieldName } from './date-terms.ts';
import type { FilterTypes } from './filter-types.ts';
import { type AggregateConnection, type AggregateGroup, readAggregate } from './read-aggregate.ts';
import type { ConnectionArguments } from './read-connection.ts';
import { type FieldCell, type GraphQlContext, remember, typeNameOf, type ValueTypes } from './value-types.ts';
import { spannedObject, type Visible } from './visible.ts';

type GroupFields = GraphQLFieldConfigMap<AggregateGroup, GraphQlContext>;

/** A field of a group on its way into an `…Aggregate` type. */
type GroupCell = { readonly group: AggregateGroup; readonly path: string; readonly field: FieldDef };

/** The types of `uiapi { aggregate { … } }`: what groups of records come to. */
export class AggregateTypes {
  readonly #org: Org;
  readonly #visible: Visible;
  readonly #values: ValueTypes;
  readonly #filters: FilterTypes;
  readonly #pageInfo: GraphQLObjectType;
  readonly #objects = new Map<string, GraphQLObjectType>();
  readonly #cells = new Map<string, GraphQLObjectType>();
  readonly #numbers = new Map<string, GraphQLObjectType>();

  constructor(org: Org, visible: Visible, values: ValueTypes, filters: FilterTypes, pageInfo: GraphQLObjectType) {
    this.#org = org;
    this.#visible = visible;
    this.#values = values;
    this.#filters = filters;
    this.#pageInfo = pageInfo;
  }

  query(object: ObjectDef): GraphQLFieldConfig<unknown, GraphQlContext> {
    return {
      type: this.#connection(object),
      args: {
        first: { type: GraphQLInt },
        after: { type: GraphQLString },
        where: { type: this.#filters.filter(object) },
        scope: { type: this.#filters.scope },
        groupBy: { type: this.#filters.groupBy(object) },
        orderBy: { type: this.#filters.aggregateOrderBy(object) },
      },
      resolve: (_, args: ConnectionArguments & { groupBy?: unknown }, context, info): AggregateConnection =>
        readAggregate(this.#org, context, this.#visible, object, args, info),
    };
  }

  #connection(object: ObjectDef): GraphQLObjectType {
    const result = new GraphQLObjectType({
      name: `${object.name}Result`,
      fields: { aggregate: { type: this.#aggregate(object), resolve: (group: AggregateGroup) => group } },
    });
    const edge = new GraphQLObjectType({
      name: `${object.name}AggregateEdge`,
      fields: {
        node: { type: new GraphQLNonNull(result) },
        cursor: { type: new GraphQLNonNull(GraphQLString) },
      },
    });
    return new GraphQLObjectType({
      name: `${object.name}AggregateConnection`,
      fields: {
        edges: { type: new GraphQLList(edge) },
        pageInfo: { type: new GraphQLNonNull(this.#pageInfo) },
        totalCount: { type: new GraphQLNonNull(GraphQLInt) },
      },
    });
  }

  #aggregate(object: ObjectDef): GraphQLObjectType {
    return remember(this.#objects, object.name, () => {
      return new GraphQLObjectType<AggregateGroup, GraphQlContext>({
        name: `${object.name}Aggregate`,
        fields: () => this.#fields(object),
      });
    });
  }

  #fields(object: ObjectDef): GroupFields {
    const cells = this.#visible.fields(object).filter((field) => field.type !== 'address');
    const parents = this.#visible.parents(object).flatMap((link) => {
      const { name } = link;
      const parent = spannedObject(link);
      if (!parent) return [];
      const resolve = (group: AggregateGroup): AggregateGroup => ({ ...group, prefix: `${group.prefix}${name}.` });
      return [[name, { type: this.#aggregate(parent), resolve }] as const];
    });
    return {
      // a type must have a field, and the document perhaps names none that the user may read
      ...(cells.length + parents.length === 0 && { _: { type: GraphQLBoolean } }),
      ...Object.fromEntries(
        cells.map((field) => {
          const resolve = (group: AggregateGroup): GroupCell => ({ group, path: group.prefix + field.name, field });
          return [field.name, { type: this.#cell(typeNameOf(field)), resolve }] as const;
        }),
      ),
      ...Object.fromEntries(parents),
    };
  }

  /** A field of a group: its value, where records are grouped by it, and what the functions make of it. */
  #cell(typeName: string): GraphQLObjectType {
    return remember(this.#cells, typeName, () => {
      const of =
        (name: string) =>
        ({ group, path, field }: GroupCell): FieldCell => ({ field, value: group.value(name, path) });
      const number = (name: string): GraphQLFieldConfig<GroupCell, GraphQlContext> => ({
        type: this.#number(),
        resolve: ({ group, path, field }): FieldCell => ({ field: asNumber(field), value: group.value(name, path) }),
      });
      const same = (name: string): GraphQLFieldConfig<GroupCell, GraphQlContext> => ({
        type: this.#values.value(typeName),
        resolve: of(name),
      });
      return new GraphQLObjectType<GroupCell, GraphQlContext>({
        name: `${typeName}Aggregate`,
        fields: {
          value: { type: this.#values.scalar(typeName), resolve: ({ group, path }) => group.value('value', path) },
          displayValue: {
            type: GraphQLString,
            resolve: ({ group, path, field }, _, { user }) => toDisplayValue(field, group.value('value', path), user),
          },
          ...(typeName !== 'Boolean' && { count: number('count'), countDistinct: number('countDistinct') }),
          ...(typeName !== 'Boolean' && typeName !== 'ID' && { max: same('max'), min: same('min') }),
          ...(NUMERIC.has(typeName) && { avg: number('avg'), sum: number('sum') }),
          ...Object.fromEntries(
            functionsOf(typeName)
              .map(toFieldName)
              .map((name) => [name, number(name)]),
          ),
        },
      });
    });
  }

  #number(): GraphQLObjectType {
    return remember(this.#numbers, 'number', () => {
      return new GraphQLObjectType<FieldCell, GraphQlContext>({
        name: 'DoubleAggregateValue',
        fields: {
          value: { type: GraphQLFloat, resolve: ({ value }) => value },
          displayValue: {
            type: GraphQLString,
            resolve: ({ field, value }, _, { user }) => toDisplayValue(field, value, user),
          },
        },
      });
    });
  }
}

const NUMERIC = new Set(['Currency', 'Double', 'Int', 'Long', 'Percent']);

/** Counts and sums show as the field does where that is a number, else as whole numbers. */
const asNumber = (field: FieldDef): FieldDef =>
  NUMERIC.has(typeNameOf(field)) ? field : { ...field, type: 'int', scale: 0 };
