import {
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  specifiedDirectives,
} from 'graphql';
import type { Org } from '../../data/org-core.ts';
import { AggregateTypes } from './aggregate-types.ts';
import { FilterTypes } from './filter-types.ts';
import { MutationTypes } from './mutation-types.ts';
import { RecordTypes } from './record-types.ts';
import { type GraphQlContext, ValueTypes } from './value-types.ts';
import type { Visible } from './visible.ts';

/** Marks a field that may be missing: where the user may not read it, it is left out instead of failing the query. */
export const OPTIONAL = new GraphQLDirective({ name: 'optional', locations: ['FIELD'] });

/** A type must have a field, and the user may perhaps read nothing that the document names. */
const PLACEHOLDER = { _: { type: GraphQLBoolean } };

/** Builds the schema `uiapi { query aggregate }` and its mutations, of what a document can mean to a user. */
export function buildUiApiSchema(org: Org, visible: Visible, version: number): GraphQLSchema {
  const values = new ValueTypes();
  const filters = new FilterTypes(visible, values);
  const records = new RecordTypes(org, visible, values, filters);
  const aggregates = new AggregateTypes(org, visible, values, filters, records.pageInfo);
  const objects = visible.objects();
  const recordQuery = new GraphQLObjectType({
    name: 'RecordQuery',
    fields: { ...PLACEHOLDER, ...Object.fromEntries(objects.map((each) => [each.name, records.query(each)])) },
  });
  const recordQueryAggregate = new GraphQLObjectType({
    name: 'RecordQueryAggregate',
    fields: { ...PLACEHOLDER, ...Object.fromEntries(objects.map((each) => [each.name, aggregates.query(each)])) },
  });
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: {
      query: { type: new GraphQLNonNull(recordQuery), resolve: () => ({}) },
      aggregate: { type: new GraphQLNonNull(recordQueryAggregate), resolve: () => ({}) },
    },
  });
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: () => ({}) } },
  });
  const mutations = new MutationTypes(org, visible, values, records, version).fields();
  return new GraphQLSchema({
    query,
    mutation: mutationType({ ...PLACEHOLDER, ...mutations }),
    directives: [...specifiedDirectives, OPTIONAL],
  });
}

function mutationType(fields: ReturnType<MutationTypes['fields']>): GraphQLObjectType<unknown, GraphQlContext> {
  const input = new GraphQLInputObjectType({
    name: 'UIAPIMutationsInput',
    fields: { allOrNone: { type: GraphQLBoolean } },
  });
  return new GraphQLObjectType<unknown, GraphQlContext>({
    name: 'Mutation',
    fields: {
      uiapi: {
        type: new GraphQLNonNull(new GraphQLObjectType({ name: 'UIAPIMutations', fields })),
        args: { input: { type: input } },
        resolve: (_, args: { input?: { allOrNone?: boolean | null } }, { mutation }) => {
          mutation.allOrNone = args.input?.allOrNone ?? true;
          return {};
        },
      },
    },
  });
}
