/** A bare HTTP client of an org, so that tests look at the org with other eyes than the product's. */
export class OrgClient {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static withToken(instanceUrl: string, accessToken: string): OrgClient {
    return new OrgClient(instanceUrl, accessToken);
  }

  /** Signs a sample user in by name, which only the embedded org allows. */
  static async as(instanceUrl: string, username: string): Promise<OrgClient> {
    const body = new URLSearchParams({ grant_type: 'password', username });
    const answer = await fetch(`${instanceUrl}/services/oauth2/token`, { method: 'POST', body });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (!token) throw new Error(`${username} cannot sign in: ${answer.status}`);
    return new OrgClient(instanceUrl, token);
  }

  get accessToken(): string {
    return this.#token;
  }

  /** All rows of a query, page after page. */
  async query<Row = Record<string, unknown>>(soql: string): Promise<Row[]> {
    const rows: Row[] = [];
    let path: string | undefined = `/services/data/v68.0/query?q=${encodeURIComponent(soql)}`;
    while (path) {
      const page: { records: Row[]; nextRecordsUrl?: string } = await this.request('GET', path);
      rows.push(...page.records);
      path = page.nextRecordsUrl;
    }
    return rows;
  }

  async create(objectName: string, fields: Record<string, unknown>): Promise<string> {
    const { id } = await this.request<{ id: string }>('POST', `/services/data/v68.0/sobjects/${objectName}`, fields);
    return id;
  }

  async update(objectName: string, id: string, fields: Record<string, unknown>): Promise<void> {
    await this.request('PATCH', `/services/data/v68.0/sobjects/${objectName}/${id}`, fields);
  }

  async delete(objectName: string, id: string): Promise<void> {
    await this.request('DELETE', `/services/data/v68.0/sobjects/${objectName}/${id}`);
  }

  async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as Answer;
  }
}
