import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningOrg, startOrg } from '../../src/embedded-org/start-org.ts';
import { OrgClient } from '../support/org-client.ts';
import { SfCli } from '../support/sf-cli.ts';

type Display = { id: string; username: string; connectedStatus: string; instanceUrl: string };

let org: RunningOrg;
const clients: SfCli[] = [];

beforeAll(async () => {
  org = await startOrg({ port: 0 });
});

afterAll(async () => {
  await org?.close();
  for (const sf of clients) sf.dispose();
});

function newCli(env: Readonly<Record<string, string>> = {}): SfCli {
  const sf = new SfCli(env);
  clients.push(sf);
  return sf;
}

/** A key and a certificate of its own, registered as a connected app of the org. */
async function registerApp(folder: string, clientId: string): Promise<string> {
  const [key, certificate] = [join(folder, 'app.key'), join(folder, 'app.crt')];
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=accord-test'];
  execFileSync('openssl', [...args, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const body = { clientId, certificate: readFileSync(certificate, 'utf8') };
  await OrgClient.withToken(org.instanceUrl, org.accessToken).request(
    'POST',
    '/services/embedded/connected-apps',
    body,
  );
  return key;
}

describe('sf org login', () => {
  it('takes an access token, keeps it under an alias, and is told when the session has ended', async () => {
    const sf = newCli();
    const token = org.sessions.create(org.org.findUserByUsername(org.username)!.userId);
    const login = ['org', 'login', 'access-token', '--instance-url', org.instanceUrl, '--no-prompt', '--alias', 'here'];
    const signedIn = await sf.result<{ username: string; orgId: string }>(login, { SF_ACCESS_TOKEN: token });
    expect(signedIn).toMatchObject({ username: org.username, orgId: org.org.core.organizationId });
    const shown = await sf.result<Display>(['org', 'display', '-o', 'here']);
    expect(shown).toMatchObject({ username: org.username, connectedStatus: 'Connected' });
    org.sessions.revoke(token);
    const late = await sf.json(['data', 'query', '-o', 'here', '-q', 'SELECT Id FROM Lead']);
    expect(late).toMatchObject({ status: 1, message: 'Session expired or invalid', name: 'INVALID_SESSION_ID' });
  });

  it('takes a signed assertion of a registered app, gets a new token by it, and is refused with another key', async () => {
    const sf = newCli();
    const key = await registerApp(sf.folder, 'accord-cli');
    const login = (clientId: string): string[] => {
      const app = ['--client-id', clientId, '--jwt-key-file', key, '--instance-url', org.instanceUrl];
      return ['org', 'login', 'jwt', '--username', org.username, ...app];
    };
    await sf.result(login('accord-cli'));
    org.sessions.expireUser(org.org.findUserByUsername(org.username)!.userId);
    const query = ['data', 'query', '-o', org.username, '-q', 'SELECT Id FROM User'];
    const count = await sf.result<{ totalSize: number }>(query);
    expect(count.totalSize).toBeGreaterThan(0);
    const refused = await newCli().json(login('another-app'));
    expect(refused.status).toBe(1);
    expect(refused.message).toContain('client identifier invalid');
  });

  it('is not needed where the environment names the org and the session', async () => {
    const token = org.sessions.create(org.org.findUserByUsername(org.username)!.userId);
    const sf = newCli({ SF_ORG_INSTANCE_URL: org.instanceUrl, SF_TARGET_ORG: token });
    const [shown, opened] = await Promise.all([
      sf.result<Display>(['org', 'display']),
      sf.result<{ url: string }>(['org', 'open', '--url-only', '--path', '/lightning/o/Lead/list']),
    ]);
    expect(shown).toMatchObject({ connectedStatus: 'Connected', instanceUrl: org.instanceUrl });
    const first = await fetch(opened.url, { redirect: 'manual' });
    expect(first.headers.get('location')).toBe('/lightning/o/Lead/list');
    expect(first.headers.get('set-cookie')).toMatch(/^sid=.+HttpOnly/);
    const again = await fetch(opened.url, { redirect: 'manual' });
    expect(again.headers.get('set-cookie')).toBeNull();
  });
});
