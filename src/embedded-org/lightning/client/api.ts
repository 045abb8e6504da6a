/** A refusal as Lightning Data Service hands it to components. */
export type FetchError = {
  readonly status: number;
  readonly statusText: string;
  readonly body: { readonly message: string; readonly errorCode?: string; readonly output?: unknown };
  readonly ok: false;
  readonly errorType: 'fetchResponse';
  readonly headers: Record<string, never>;
};

/** Calls the page's own data service as the signed-in user; throws a FetchError. */
export async function callApi(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(`/lightning/api/${path}`, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((error: unknown) => {
    throw toFetchError(0, 'Network error', { message: `The org cannot be reached: ${String(error)}` });
  });
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toFetchError(response.status, response.statusText, answer);
  return answer;
}

function toFetchError(status: number, statusText: string, body: unknown): FetchError {
  const known = (body ?? { message: 'The org gave no reason.' }) as FetchError['body'];
  return { status, statusText, body: known, ok: false, errorType: 'fetchResponse', headers: {} };
}
