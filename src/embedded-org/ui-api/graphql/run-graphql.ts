import {
  type DocumentNode,
  executeSync,
  type ExecutionResult,
  FieldsOnCorrectTypeRule,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { inTransaction } from '../../data/dml/run-batch.ts';
import type { Org } from '../../data/org-core.ts';
import { OrgError } from '../../data/org-error.ts';
import type { UserContext } from '../../data/types.ts';
import { UI_API_VERSION } from '../read-record.ts';
import { FieldUndefinedRule } from './field-undefined-rule.ts';
import { tooLarge } from './query-size.ts';
import { buildUiApiSchema, OPTIONAL } from './uiapi-schema.ts';
import type { GraphQlContext } from './value-types.ts';
import { Visible } from './visible.ts';

export type GraphQlRequest = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
};

export type GraphQlAnswer = { readonly data: unknown; readonly errors: readonly object[] };

const RULES = [...specifiedRules.filter((rule) => rule !== FieldsOnCorrectTypeRule), FieldUndefinedRule];

/** Twice what the most fields that a request may select take; longer documents would be read to their end before they are counted. */
const MOST_TOKENS = 60_000;

/** Answers a GraphQL request on the user's behalf; what is wrong with it is in `errors`, as on the platform. */
export function runGraphQl(
  org: Org,
  user: UserContext,
  request: GraphQlRequest,
  version = UI_API_VERSION,
): GraphQlAnswer {
  try {
    return answer(org, user, request, version);
  } catch (error) {
    // the parser and the validator call themselves for each level of a document
    if (error instanceof RangeError)
      return refused([new GraphQLError('The document is nested too deeply.')], 'InvalidSyntax');
    throw error;
  }
}

function answer(org: Org, user: UserContext, request: GraphQlRequest, version: number): GraphQlAnswer {
  let document: DocumentNode;
  try {
    document = parse(request.query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return refused([error], 'InvalidSyntax');
    throw error;
  }
  const variables = request.variables ?? {};
  const visible = new Visible(org.core.schema, user, namesIn(document, variables));
  const schema = buildUiApiSchema(org, visible, version);
  const meant = withoutMissingOptionals(document, schema);
  const excess = tooLarge(meant, schema);
  // the validator compares every two fields of one name, so it is not shown what is too large
  const problems = excess.length > 0 ? excess : validate(schema, meant, RULES);
  if (problems.length > 0) return refused(problems, 'ValidationError');
  const context: GraphQlContext = { user, variables, mutation: { allOrNone: true } };
  const execute = (): ExecutionResult =>
    executeSync({
      schema,
      document: meant,
      contextValue: context,
      variableValues: variables,
      operationName: request.operationName ?? undefined,
    });
  const operation = getOperationAST(meant, request.operationName);
  const { data, errors = [] } = operation?.operation === 'mutation' ? runMutation(org, context, execute) : execute();
  return { data: data ?? null, errors: errors.map((error) => toJson(error, 'DataFetchingException')) };
}

/** Runs the writes of a request as one transaction; unless the client said otherwise, one that fails undoes them all. */
function runMutation(org: Org, { mutation }: GraphQlContext, execute: () => ExecutionResult): ExecutionResult {
  const { result, keep } = inTransaction(org.core, () => {
    const result = execute();
    return { result, keep: !result.errors?.length || !mutation.allOrNone };
  });
  if (keep || !result.data) return result;
  const nothing = (value: unknown): unknown => Object.fromEntries(Object.keys(value ?? {}).map((name) => [name, null]));
  const undone = Object.entries(result.data).map(([name, value]) => [name, nothing(value)] as const);
  return { ...result, data: Object.fromEntries(undone) };
}

/** Reads a request's JSON body; throws JSON_PARSER_ERROR for anything else. */
export function toGraphQlRequest(body: unknown): GraphQlRequest {
  const { query, variables, operationName } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== 'string') throw new OrgError('JSON_PARSER_ERROR', 'The request body must have a text "query".');
  if (typeof (variables ?? {}) !== 'object' || Array.isArray(variables))
    throw new OrgError('JSON_PARSER_ERROR', 'The "variables" of the request body must be an object.');
  return {
    query,
    variables: variables as GraphQlRequest['variables'],
    operationName: operationName as GraphQlRequest['operationName'],
  };
}

/** Every name in a document and its variables; undefined when it asks for the schema itself. */
function namesIn(document: DocumentNode, variables: unknown): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  visit(document, { Name: (node) => void names.add(node.value) });
  const addKeys = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      names.add(name);
      addKeys(inner);
    }
  };
  addKeys(variables);
  // the field that a semi-join compares is named in a text
  visit(document, { StringValue: (node) => void (/^\w+$/.test(node.value) && names.add(node.value)) });
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

const refused = (errors: readonly GraphQLError[], type: ErrorType): GraphQlAnswer => ({
  data: {},
  errors: errors.map((error) => toJson(error, type)),
});

type ErrorType = 'InvalidSyntax' | 'ValidationError' | 'DataFetchingException';

function toJson(error: GraphQLError, type: ErrorType): object {
  const { message, locations = [], path = [], extensions } = error.toJSON();
  return { message, locations, paths: path, extensions: { ErrorType: type, ...extensions } };
}
