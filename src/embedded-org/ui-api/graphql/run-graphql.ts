import {
  executeSync,
  FieldsOnCorrectTypeRule,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { UserContext } from '../../data/types.ts';
import { FieldUndefinedRule } from './field-undefined-rule.ts';
import { OPTIONAL, RecordSchema } from './record-schema.ts';
import type { GraphQlContext } from './value-types.ts';
import { Visible } from './visible.ts';

export type GraphQlRequest = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
};

export type GraphQlAnswer = { readonly data: unknown; readonly errors: readonly object[] };

const RULES = [...specifiedRules.filter((rule) => rule !== FieldsOnCorrectTypeRule), FieldUndefinedRule];

/** Answers a GraphQL request on the user's behalf; what is wrong with it is in `errors`, as on the platform. */
export function runGraphQl(org: Org, user: UserContext, request: GraphQlRequest): GraphQlAnswer {
  let document: DocumentNode;
  try {
    document = parse(request.query);
  } catch (error) {
    return refused([error as GraphQLError]);
  }
  const schema = new RecordSchema(org, new Visible(org.core.schema, user, namesIn(document))).build();
  const meant = withoutMissingOptionals(document, schema);
  const problems = validate(schema, meant, RULES);
  if (problems.length > 0) return refused(problems);
  const context: GraphQlContext = { user };
  const { data, errors } = executeSync({
    schema,
    document: meant,
    contextValue: context,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? undefined,
  });
  return { data: data ?? null, errors: (errors ?? []).map(toJson) };
}

/** Reads a request's JSON body; throws JSON_PARSER_ERROR for anything else. */
export function toGraphQlRequest(body: unknown): GraphQlRequest {
  const { query, variables, operationName } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== 'string') throw new OrgError('JSON_PARSER_ERROR', 'The request body must have a text "query".');
  return {
    query,
    variables: variables as GraphQlRequest['variables'],
    operationName: operationName as GraphQlRequest['operationName'],
  };
}

/** Every name in a document; undefined when it asks for the schema itself. */
function namesIn(document: DocumentNode): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  visit(document, { Name: (node) => void names.add(node.value) });
  return names.has('__schema') || names.has('__type') ? undefined : names;
}

/** Takes out fields marked `@optional` that the user's schema does not have. */
function withoutMissingOptionals(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) =>
        !types.getFieldDef() && node.directives?.some((each) => each.name.value === OPTIONAL.name) ? null : undefined,
    }),
  );
}

const refused = (errors: readonly GraphQLError[]): GraphQlAnswer => ({ data: {}, errors: errors.map(toJson) });

const toJson = (error: GraphQLError): object => error.toJSON();
