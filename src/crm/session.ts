/** What Accord needs of a signed-in connection; those of jsforce and of @salesforce/core both have it. */
export interface Session {
  readonly instanceUrl: string;
  readonly accessToken?: string | null | undefined;
  version: string;
  /** Used for the session alone: it renews the access token on a 401 where the sign-in allows that. */
  request(request: { readonly method: 'GET'; readonly url: string }): PromiseLike<unknown>;
}
