import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  GraphQLDirective,
  specifiedDirectives,
  type GraphQLFieldConfig,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Org } from '../../data/org-core.ts';
import type { ObjectDef, OutputRow, Value } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { soqlString } from '../soql-literal.ts';
import { FilterTypes } from './filter-types.ts';
import { type Connection, type ConnectionArguments, readConnection } from './read-connection.ts';
import { toSelectPaths } from './selection.ts';
import { type GraphQlContext, remember, typeNameOf, ValueTypes } from './value-types.ts';
import type { ChildLink, ParentLink, Visible } from './visible.ts';

type RowField = GraphQLFieldConfig<OutputRow, GraphQlContext>;

/** Marks a field that may be missing: where the user may not read it, it is left out instead of failing the query. */
export const OPTIONAL = new GraphQLDirective({ name: 'optional', locations: ['FIELD'] });

/** Builds the schema `uiapi { query { … } }` of what a document can mean to a user. */
export class RecordSchema {
  readonly #org: Org;
  readonly #visible: Visible;
  readonly #values = new ValueTypes();
  readonly #filters: FilterTypes;
  readonly #records = new Map<string, GraphQLObjectType>();
  readonly #connections = new Map<string, GraphQLObjectType>();
  readonly #unions = new Map<string, GraphQLUnionType>();
  readonly #pageInfo = new GraphQLObjectType({
    name: 'PageInfo',
    fields: {
      hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      startCursor: { type: GraphQLString },
      endCursor: { type: GraphQLString },
    },
  });

  constructor(org: Org, visible: Visible) {
    this.#org = org;
    this.#visible = visible;
    this.#filters = new FilterTypes(visible, this.#values);
  }

  build(): GraphQLSchema {
    const objects = this.#visible.objects();
    const records = new GraphQLObjectType({
      name: 'RecordQuery',
      // A type must have a field, and the user may perhaps read nothing that the document names.
      fields: {
        _: { type: GraphQLBoolean },
        ...Object.fromEntries(objects.map((each) => [each.name, this.#query(each)])),
      },
    });
    const uiapi = new GraphQLObjectType({
      name: 'UIAPI',
      fields: { query: { type: new GraphQLNonNull(records), resolve: () => ({}) } },
    });
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: () => ({}) } },
    });
    return new GraphQLSchema({ query, directives: [...specifiedDirectives, OPTIONAL] });
  }

  /** Records of an object; with a link, those whose reference points at the row. */
  #query(object: ObjectDef, link?: ChildLink): GraphQLFieldConfig<OutputRow, GraphQlContext> {
    const orderBy = this.#filters.orderBy(object);
    return {
      type: this.#connection(object),
      args: {
        first: { type: GraphQLInt },
        after: { type: GraphQLString },
        where: { type: this.#filters.filter(object) },
        scope: { type: this.#filters.scope },
        ...(hasFields(orderBy) && { orderBy: { type: orderBy } }),
      },
      resolve: (row, args: ConnectionArguments, { user }, info): Connection => {
        const condition = link && `${link.reference.name} = ${soqlString(String(row['Id']))}`;
        return readConnection(this.#org, user, this.#visible, object, args, info, condition);
      },
    };
  }

  #connection(object: ObjectDef): GraphQLObjectType {
    return remember(this.#connections, object.name, () => {
      const edge = new GraphQLObjectType({
        name: `${object.name}Edge`,
        fields: () => ({
          node: { type: new GraphQLNonNull(this.#record(object)) },
          cursor: { type: new GraphQLNonNull(GraphQLString) },
        }),
      });
      return new GraphQLObjectType({
        name: `${object.name}Connection`,
        fields: {
          edges: { type: new GraphQLList(edge) },
          pageInfo: { type: new GraphQLNonNull(this.#pageInfo) },
          totalCount: { type: new GraphQLNonNull(GraphQLInt) },
          pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
        },
      });
    });
  }

  #record(object: ObjectDef): GraphQLObjectType {
    return remember(this.#records, object.name, () => {
      return new GraphQLObjectType<OutputRow, GraphQlContext>({
        name: object.name,
        fields: () => this.#recordFields(object),
      });
    });
  }

  #recordFields(object: ObjectDef): Record<string, RowField> {
    const cells = this.#visible
      .fields(object)
      .filter((field) => field.type !== 'id' && field.type !== 'address')
      .map((field): readonly [string, RowField] => [
        field.name,
        { type: this.#values.value(typeNameOf(field)), resolve: (row) => ({ field, value: row[field.name] as Value }) },
      ]);
    return {
      Id: { type: new GraphQLNonNull(GraphQLID), resolve: (row) => row['Id'] },
      ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
      ...Object.fromEntries(cells),
      ...Object.fromEntries(this.#visible.parents(object).map((link) => [link.name, this.#parent(object, link)])),
      ...Object.fromEntries(this.#visible.children(object).map((link) => [link.name, this.#query(link.object, link)])),
    };
  }

  #parent(object: ObjectDef, link: ParentLink): RowField {
    const [only] = link.objects;
    if ((link.reference.referenceTo?.length ?? 0) === 1 && only) {
      return { type: this.#record(only), resolve: (row) => row[link.name] ?? null };
    }
    const union = remember(this.#unions, `${object.name}_${link.name}_Union`, () => {
      return new GraphQLUnionType({
        name: `${object.name}_${link.name}_Union`,
        types: () => link.objects.map((each) => this.#record(each)),
        resolveType: (row: OutputRow) => row.attributes.type,
      });
    });
    return {
      type: union,
      resolve: (row, _, { user }, info) => this.#readParent(row[link.reference.name], link, user, info),
    };
  }

  /** A parent that may be of several objects is read by its id, whose prefix tells which. */
  #readParent(id: unknown, link: ParentLink, user: GraphQlContext['user'], info: GraphQLResolveInfo): OutputRow | null {
    const object = typeof id === 'string' ? this.#org.core.schema.byPrefix(id.slice(0, 3)) : undefined;
    if (!object || !link.objects.some((each) => each.name === object.name)) return null;
    const paths = toSelectPaths(this.#visible, object, info.fieldNodes, info.fragments);
    const soql = `SELECT ${paths.join(', ')} FROM ${object.name} WHERE Id = ${soqlString(String(id))}`;
    return this.#org.query(user, soql, { includeDeleted: false, apiVersion: UI_API_VERSION }).page(0, 1)[0] ?? null;
  }
}

const hasFields = (type: { getFields(): object }): boolean => Object.keys(type.getFields()).length > 0;
