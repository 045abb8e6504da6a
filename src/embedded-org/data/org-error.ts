/**
 * A refusal in Salesforce's own words.
 *
 * `code` is the API's error code (`MALFORMED_QUERY`), `status` the HTTP status a REST call answers it with, `fields` the
 * fields it names. Per-row errors of a write are returned as `SaveError`, not thrown.
 */
export class OrgError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: readonly string[];

  constructor(code: string, message: string, status = 400, fields: readonly string[] = []) {
    super(message);
    this.name = 'OrgError';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}
