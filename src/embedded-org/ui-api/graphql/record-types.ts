import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Org } from '../../data/org-core.ts';
import type { ObjectDef, OutputRow, Value } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { soqlString } from '../soql-literal.ts';
import type { FilterTypes } from './filter-types.ts';
import { type Connection, type ConnectionArguments, readConnection } from './read-connection.ts';
import { nameFieldOf, toSelectPaths } from './selection.ts';
import { type GraphQlContext, remember, typeNameOf, type ValueTypes } from './value-types.ts';
import type { ChildLink, ParentLink, Visible } from './visible.ts';

type RowField = GraphQLFieldConfig<OutputRow, GraphQlContext>;

/** The types of records, and of the lists of records that a query reads. */
export class RecordTypes {
  readonly #org: Org;
  readonly #visible: Visible;
  readonly #values: ValueTypes;
  readonly #filters: FilterTypes;
  readonly #records = new Map<string, GraphQLObjectType>();
  readonly #connections = new Map<string, GraphQLObjectType>();
  readonly #unions = new Map<string, GraphQLUnionType>();
  readonly pageInfo = new GraphQLObjectType({
    name: 'PageInfo',
    fields: {
      hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      startCursor: { type: GraphQLString },
      endCursor: { type: GraphQLString },
    },
  });

  /** What every record tells of itself. */
  readonly #record = new GraphQLInterfaceType({
    name: 'Record',
    fields: () => ({
      Id: { type: new GraphQLNonNull(GraphQLID) },
      ApiName: { type: new GraphQLNonNull(GraphQLString) },
      DisplayValue: { type: GraphQLString },
      WeakEtag: { type: new GraphQLNonNull(this.#values.scalar('Long')) },
    }),
    resolveType: (row: OutputRow) => row.attributes.type,
  });

  constructor(org: Org, visible: Visible, values: ValueTypes, filters: FilterTypes) {
    this.#org = org;
    this.#visible = visible;
    this.#values = values;
    this.#filters = filters;
  }

  /** Records of an object; with a link, those whose reference points at the row. */
  query(object: ObjectDef, link?: ChildLink): GraphQLFieldConfig<OutputRow, GraphQlContext> {
    return {
      type: this.#connection(object),
      args: {
        first: { type: GraphQLInt },
        after: { type: GraphQLString },
        upperBound: { type: GraphQLInt },
        where: { type: this.#filters.filter(object) },
        scope: { type: this.#filters.scope },
        orderBy: { type: this.#filters.orderBy(object) },
      },
      resolve: (row, args: ConnectionArguments, context, info): Connection => {
        const condition = link && `${link.reference.name} = ${soqlString(String(row['Id']))}`;
        return readConnection(this.#org, context, this.#visible, object, args, info, condition);
      },
    };
  }

  #connection(object: ObjectDef): GraphQLObjectType {
    return remember(this.#connections, object.name, () => {
      const edge = new GraphQLObjectType({
        name: `${object.name}Edge`,
        fields: () => ({
          node: { type: new GraphQLNonNull(this.record(object)) },
          cursor: { type: new GraphQLNonNull(GraphQLString) },
        }),
      });
      return new GraphQLObjectType({
        name: `${object.name}Connection`,
        fields: {
          edges: { type: new GraphQLList(edge) },
          pageInfo: { type: new GraphQLNonNull(this.pageInfo) },
          totalCount: { type: new GraphQLNonNull(GraphQLInt) },
          pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
        },
      });
    });
  }

  record(object: ObjectDef): GraphQLObjectType {
    return remember(this.#records, object.name, () => {
      return new GraphQLObjectType<OutputRow, GraphQlContext>({
        name: object.name,
        interfaces: [this.#record],
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
      DisplayValue: { type: GraphQLString, resolve: (row) => row[nameFieldOf(object)] ?? null },
      WeakEtag: { type: new GraphQLNonNull(this.#values.scalar('Long')), resolve: toWeakEtag },
      ...Object.fromEntries(cells),
      ...Object.fromEntries(this.#visible.parents(object).map((link) => [link.name, this.#parent(object, link)])),
      ...Object.fromEntries(this.#visible.children(object).map((link) => [link.name, this.query(link.object, link)])),
    };
  }

  #parent(object: ObjectDef, link: ParentLink): RowField {
    const [only] = link.objects;
    if ((link.reference.referenceTo?.length ?? 0) === 1 && only) {
      return { type: this.record(only), resolve: (row) => row[link.name] ?? null };
    }
    const union = remember(this.#unions, `${object.name}_${link.name}_Union`, () => {
      return new GraphQLUnionType({
        name: `${object.name}_${link.name}_Union`,
        types: () => link.objects.map((each) => this.record(each)),
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

const toWeakEtag = (row: OutputRow): number =>
  Date.parse(((row['SystemModstamp'] as string | undefined) ?? '').replace(/\+0000$/, 'Z')) || 0;
