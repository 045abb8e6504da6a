import { callApi, type FetchError } from '../api.ts';
import { makeWireAdapter } from '../wire-adapter.ts';

type Document = { readonly text: string };

/** Marks a GraphQL document; other documents may be put in as fragments. */
export const gql = (parts: TemplateStringsArray, ...fragments: readonly Document[]): Document => ({
  text: parts.map((part, i) => part + (fragments[i]?.text ?? '')).join(''),
});

type Request = { readonly query?: unknown; readonly variables?: unknown; readonly operationName?: unknown };

type Result = { readonly data: unknown; readonly errors: readonly unknown[] | undefined };

/** Runs a mutation as the signed-in user. Wires do not read again by themselves: call their `refresh`. */
export const executeMutation = (request: Request): Promise<Result> =>
  run(request).catch((error: FetchError) => ({ data: undefined, errors: [{ message: error.body.message }] }));

async function run({ query, variables, operationName }: Request): Promise<Result> {
  const body = { query: (query as Document).text, variables, operationName };
  const { data, errors } = (await callApi('POST', 'graphql', body)) as { data: unknown; errors?: readonly unknown[] };
  return { data, errors: errors?.length ? errors : undefined };
}

/** Runs a query as the signed-in user: `{ data, errors, refresh }`. */
export const graphql = makeWireAdapter({
  isReady: (config) => config['query'] !== undefined && !('variables' in config && config['variables'] === undefined),
  fetch: run,
  shows: (_config, result, changed) => {
    const text = JSON.stringify(result);
    return [...changed].some((id) => text.includes(id));
  },
  toError: (error: FetchError) => ({ data: undefined, errors: [{ message: error.body.message }] }),
  empty: { data: undefined, errors: undefined },
});
