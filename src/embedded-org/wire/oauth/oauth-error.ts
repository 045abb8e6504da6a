/** A refusal by the token endpoint, in OAuth's own form. */
export class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string, options?: ErrorOptions) {
    super(description, options);
    this.name = 'OAuthError';
    this.error = error;
  }
}
