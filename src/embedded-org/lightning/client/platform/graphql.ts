import { callApi, type FetchError } from '../api.ts';
import { makeWireAdapter } from '../wire-adapter.ts';

type Document = { readonly text: string };

/** Marks a GraphQL document; other documents may be put in as fragments. */
export const gql = (parts: TemplateStringsArray, ...fragments: readonly Document[]): Document => ({
  text: parts.map((part, i) => part + (fragments[i]?.text ?? '')).join(''),
});

/** Runs a query as the signed-in user: `{ data, errors, refresh }`. */
export const graphql = makeWireAdapter({
  isReady: (config) => config['query'] !== undefined && !('variables' in config && config['variables'] === undefined),
  fetch: async ({ query, variables, operationName }) => {
    const body = { query: (query as Document).text, variables, operationName };
    const { data, errors } = (await callApi('POST', 'graphql', body)) as { data: unknown; errors?: readonly unknown[] };
    return { data, errors: errors?.length ? errors : undefined };
  },
  shows: (_config, result, changed) => {
    const text = JSON.stringify(result);
    return [...changed].some((id) => text.includes(id));
  },
  toError: (error: FetchError) => ({ data: undefined, errors: [{ message: error.body.message }] }),
  empty: { data: undefined, errors: undefined },
});
