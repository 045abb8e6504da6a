import { Connection } from 'jsforce';
import { type RunningOrg, startOrg } from '../../../../src/embedded-org/start-org.ts';

export const BASE = '/services/data/v68.0';

export type TestOrg = RunningOrg & {
  readonly faults: unknown[];
  readonly connection: Connection;
  /** One request with the administrator's token unless the headers say otherwise. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** A JSON request; `path` is below the version unless it begins with a slash. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** An empty org over HTTP, with unmodified jsforce as its administrator. It ends with the test and must not have failed inside. */
export async function startTestOrg(options: { dataDir?: string; faults?: boolean } = {}): Promise<TestOrg> {
  const faults: unknown[] = [];
  const running = await startOrg({ port: 0, ...options, reportFault: (error) => faults.push(error) });
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(running.instanceUrl + path, {
      ...init,
      headers: { authorization: `Bearer ${running.accessToken}`, ...(init.headers as Record<string, string>) },
    });
  return {
    ...running,
    faults,
    call,
    connection: connect(running.instanceUrl, running.accessToken),
    send: async (method, path, body, headers = {}) => {
      const url = path.startsWith('/') ? path : `${BASE}/${path}`;
      const json = body === undefined ? {} : { body: JSON.stringify(body) };
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await call(url, { method, ...json, headers: { ...type, ...headers } });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    },
    [Symbol.asyncDispose]: async () => {
      await running.close();
      if (faults.length > 0) throw new AggregateError(faults, 'The embedded org failed inside');
    },
  };
}

export const connect = (instanceUrl: string, accessToken: string): Connection =>
  new Connection({ instanceUrl, accessToken, version: '68.0' });

/** The id of a new user of a profile, for trying what others may do. */
export function addUser(org: RunningOrg, username: string, profileName = 'Standard User'): string {
  const system = org.org.system();
  const options = { allOrNone: true, autoAssign: false, apiVersion: 68 };
  const profiles = org.org.query(system, `SELECT Id FROM Profile WHERE Name = '${profileName}'`, {
    includeDeleted: false,
    apiVersion: 68,
  });
  const [result] = org.org.insert(
    system,
    'User',
    [
      {
        Username: username,
        LastName: 'Tester',
        Email: username,
        Alias: 'tester',
        IsActive: true,
        ProfileId: profiles.page(0, 1)[0]?.['Id'],
        CommunityNickname: username.split('@')[0],
        TimeZoneSidKey: 'America/New_York',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US',
      },
    ],
    options,
  );
  if (!result?.id) throw new Error(`No user ${username}: ${JSON.stringify(result?.errors)}`);
  return result.id;
}
