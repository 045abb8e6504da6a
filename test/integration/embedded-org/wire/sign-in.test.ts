import { execFileSync } from 'node:child_process';
import { createSign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, OAuth2 } from 'jsforce';
import { describe, expect, it } from 'vitest';
import { addUser, BASE, connect, startTestOrg, type TestOrg } from './running-org.ts';

const EXPIRED = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

describe('sign-in', () => {
  it('knows the administrator by the token it starts with', async () => {
    await using org = await startTestOrg();
    const identity = await org.connection.identity();
    expect(identity).toMatchObject({ username: 'admin@accord.example', organization_id: org.org.core.organizationId });
    const userinfo = await org.send('GET', '/services/oauth2/userinfo');
    expect(userinfo.body).toMatchObject({ preferred_username: 'admin@accord.example', user_id: identity.user_id });
  });

  it('tells an identity at its own address alone', async () => {
    await using org = await startTestOrg();
    const { organization_id: organization, user_id: user } = await org.connection.identity();
    const other = addUser(org, 'rep@accord.example');
    const ask = async (path: string): Promise<unknown> => {
      const answer = await org.call(`/id/${path}`);
      return answer.ok ? 200 : [answer.status, await answer.text()];
    };
    expect(await ask(`${organization}/${user}`)).toBe(200);
    expect(await ask(`${organization.slice(0, 15)}/${user.slice(0, 15)}`)).toBe(200);
    expect(await ask(`${organization}/${other}`)).toEqual([403, 'No_Access']);
    expect(await ask(`00D000000000001EAA/${user}`)).toEqual([403, 'Wrong_Org']);
    expect(await ask('anything/anything')).toEqual([404, 'Bad_Id']);
  });

  it('refuses requests without a valid token, however they carry it', async () => {
    await using org = await startTestOrg();
    for (const authorization of ['', 'Bearer 00D000000000000!nonsense', 'Basic abc', org.accessToken]) {
      const answer = await org.send('GET', 'limits', undefined, { authorization });
      expect(answer).toMatchObject({ status: 401, body: EXPIRED });
    }
    const oauth = await org.send('GET', 'limits', undefined, { authorization: `OAuth ${org.accessToken}` });
    expect(oauth.status).toBe(200);
  });

  it('ends a session two hours after its last use', async () => {
    await using org = await startTestOrg();
    const { clock } = org.org.core;
    clock.advance(119 * 60_000);
    expect((await org.send('GET', 'limits')).status).toBe(200);
    clock.advance(119 * 60_000);
    expect((await org.send('GET', 'limits')).status).toBe(200);
    clock.advance(121 * 60_000);
    expect(await org.send('GET', 'limits')).toMatchObject({ status: 401, body: EXPIRED });
  });

  it('signs users in by name, and jsforce renews their session with the refresh token', async () => {
    await using org = await startTestOrg();
    addUser(org, 'rep@accord.example');
    const oauth2 = new OAuth2({ loginUrl: org.instanceUrl, clientId: 'test', clientSecret: 'none' });
    const token = await oauth2.authenticate('rep@accord.example', 'any');
    const connection = new Connection({
      instanceUrl: org.instanceUrl,
      oauth2,
      accessToken: token.access_token,
      refreshToken: String(token['refresh_token']),
      version: '68.0',
    });
    org.sessions.revoke(token.access_token);
    expect((await connection.identity()).username).toBe('rep@accord.example');
    expect(connection.accessToken).not.toBe(token.access_token);
  });

  it('refuses unknown users, grants and refresh tokens in OAuth form', async () => {
    await using org = await startTestOrg();
    const ask = async (form: Record<string, string>): Promise<unknown> => {
      const body = new URLSearchParams(form);
      const response = await fetch(`${org.instanceUrl}/services/oauth2/token`, { method: 'POST', body });
      return { status: response.status, ...((await response.json()) as object) };
    };
    expect(await ask({ grant_type: 'password', username: 'nobody@x.example' })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    expect(await ask({ grant_type: 'refresh_token', refresh_token: 'x' })).toMatchObject({ error: 'invalid_grant' });
    const token = org.sessions.refreshTokens.create(addUser(org, 'gone@accord.example'));
    const refresh = { grant_type: 'refresh_token', refresh_token: token };
    expect(await ask(refresh)).toMatchObject({ status: 200 });
    const id = org.org.findUserByUsername('gone@accord.example')?.userId ?? '';
    expect((await org.send('PATCH', `sobjects/User/${id}`, { IsActive: false })).status).toBe(204);
    expect(await ask(refresh)).toMatchObject({ status: 400, error: 'inactive_user' });
    expect(org.sessions.revoke(token)).toBe(true);
    expect(await ask(refresh)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await ask({ grant_type: 'magic' })).toMatchObject({ error: 'unsupported_grant_type' });
  });

  it('revokes a refresh token with the sessions that came of it, and leaves the user the others', async () => {
    await using org = await startTestOrg();
    addUser(org, 'rep@accord.example');
    const ask = async (form: Record<string, string>): Promise<{ access_token: string; refresh_token: string }> => {
      const body = new URLSearchParams(form);
      const answer = await fetch(`${org.instanceUrl}/services/oauth2/token`, { method: 'POST', body });
      return (await answer.json()) as { access_token: string; refresh_token: string };
    };
    const signIn = { grant_type: 'password', username: 'rep@accord.example' };
    const [first, second] = [await ask(signIn), await ask(signIn)];
    const renewed = await ask({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    const body = new URLSearchParams({ token: first.refresh_token });
    expect((await fetch(`${org.instanceUrl}/services/oauth2/revoke`, { method: 'POST', body })).status).toBe(200);
    const tokens = [first, renewed, second].map((each) => each.access_token);
    expect(tokens.map((each) => org.sessions.isOpen(each))).toEqual([false, false, true]);
  });

  it('invites to the pages once, and for a minute of the clock of the org', async () => {
    await using org = await startTestOrg();
    const { clock } = org.org.core;
    clock.freezeAt(clock.now());
    const invite = async (): Promise<string> =>
      ((await (await org.call('/services/oauth2/singleaccess')).json()) as { frontdoor_uri: string }).frontdoor_uri;
    const isLetIn = async (address: string): Promise<boolean> =>
      (await fetch(address, { redirect: 'manual' })).headers.has('set-cookie');
    const [used, late] = [await invite(), await invite()];
    clock.advance(60_000);
    expect([await isLetIn(used), await isLetIn(used)]).toEqual([true, false]);
    clock.advance(1);
    expect(await isLetIn(late)).toBe(false);
  });

  it('revokes a session', async () => {
    await using org = await startTestOrg();
    const connection = connect(org.instanceUrl, org.accessToken);
    const body = new URLSearchParams({ token: org.accessToken });
    const revoked = await fetch(`${org.instanceUrl}/services/oauth2/revoke`, { method: 'POST', body });
    expect(revoked.status).toBe(200);
    await expect(connection.query('SELECT Id FROM Lead')).rejects.toThrow('Session expired or invalid');
  });
});

describe('JWT bearer', () => {
  it('signs in the user that a registered app vouches for', async () => {
    await using org = await startTestOrg();
    const app = await registerApp(org);
    const assertion = app.sign({ sub: 'admin@accord.example' });
    expect(await exchange(org, assertion)).toMatchObject({
      status: 200,
      signedIn: true,
      instance_url: org.instanceUrl,
    });
  });

  it('refuses another audience, an old assertion, an unknown app, a wrong key and no signature', async () => {
    await using org = await startTestOrg();
    const app = await registerApp(org);
    const stranger = makeApp(org);
    const sub = 'admin@accord.example';
    const refused = { status: 400, signedIn: false, error: 'invalid_grant' };
    expect(await exchange(org, app.sign({ sub, aud: 'https://login.salesforce.com' }))).toMatchObject(refused);
    expect(await exchange(org, app.sign({ sub, exp: Math.floor(Date.now() / 1000) - 1 }))).toMatchObject(refused);
    expect(await exchange(org, stranger.sign({ sub }))).toMatchObject(refused);
    expect(await exchange(org, app.sign({ sub, iss: 'other' }))).toMatchObject({ error: 'invalid_client_id' });
    expect(await exchange(org, app.sign({ sub }).replace(/[^.]*$/, ''))).toMatchObject(refused);
    expect(await exchange(org, 'nonsense')).toMatchObject(refused);
  });
});

type App = { readonly certificate: string; sign(claims: Record<string, unknown>): string };

async function registerApp(org: TestOrg): Promise<App> {
  const app = makeApp(org);
  const body = { clientId: 'accord-app', certificate: app.certificate };
  const registered = await org.send('POST', '/services/embedded/connected-apps', body);
  expect(registered.status).toBe(200);
  return app;
}

function makeApp(org: TestOrg): App {
  const folder = mkdtempSync(join(tmpdir(), 'accord-jwt-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=accord', '-days', '2'];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const [privateKey, certificate] = [readFileSync(key, 'utf8'), readFileSync(cert, 'utf8')];
  rmSync(folder, { recursive: true });
  return {
    certificate,
    sign: (claims) => {
      const exp = Math.floor(Date.now() / 1000) + 180;
      const parts = [{ alg: 'RS256' }, { iss: 'accord-app', aud: org.instanceUrl, exp, ...claims }];
      const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
    },
  };
}

/** The token endpoint's answer, and whether the token works. */
async function exchange(org: TestOrg, assertion: string): Promise<unknown> {
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const response = await fetch(`${org.instanceUrl}/services/oauth2/token`, { method: 'POST', body });
  const answer = (await response.json()) as { access_token?: string };
  const headers = { authorization: `Bearer ${answer.access_token}` };
  const { ok } = await fetch(`${org.instanceUrl}${BASE}/limits`, { headers });
  return { status: response.status, signedIn: ok, ...answer };
}
