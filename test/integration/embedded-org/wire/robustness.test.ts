import { request } from 'node:http';
import { mkdtempSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startOrg } from '../../../../src/embedded-org/start-org.ts';
import { type Answer, BASE, startTestOrg } from './running-org.ts';

const LEAD = { LastName: 'Ames', Company: 'Acme' };

describe('the server', () => {
  it('lists its versions to anybody', async () => {
    await using org = await startTestOrg();
    const versions = (await (await fetch(`${org.instanceUrl}/services/data`)).json()) as object[];
    expect(versions.at(-1)).toEqual({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
    expect(versions[0]).toEqual({ label: "Spring '19", url: '/services/data/v45.0', version: '45.0' });
  });

  it('takes doubled and trailing slashes, as the Salesforce CLI and SFDMU send them', async () => {
    await using org = await startTestOrg();
    for (const path of [`/${BASE}/limits`, `${BASE}/limits/`, `//services/data`, `${BASE}/`]) {
      expect({ path, status: (await org.send('GET', path)).status }).toEqual({ path, status: 200 });
    }
  });

  it('tells the org’s own time and the calls used', async () => {
    await using org = await startTestOrg();
    org.org.core.clock.freezeAt(Date.parse('2026-02-03T04:05:06Z'));
    const token = org.sessions.create(org.org.findUserByUsername('admin@accord.example')!.userId);
    const answer = await org.send('GET', '', undefined, { authorization: `Bearer ${token}` });
    expect(answer.headers.get('date')).toBe('Tue, 03 Feb 2026 04:05:06 GMT');
    expect(answer.headers.get('sforce-limit-info')).toBe('api-usage=1/15000');
    expect(answer.body).toMatchObject({ sobjects: `${BASE}/sobjects`, identity: expect.stringContaining('/id/00D') });
  });

  it('refuses calls beyond the daily limit until a day has passed', async () => {
    await using org = await startTestOrg();
    await org.send('POST', '/services/embedded/limits', { DailyApiRequests: { max: 2, used: 1 } });
    expect((await org.send('GET', 'limits')).body).toMatchObject({ DailyApiRequests: { Max: 2, Remaining: 0 } });
    expect(await org.send('GET', 'limits')).toMatchObject({
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
    });
    org.org.core.clock.advance(24 * 60 * 60 * 1000 + 60_000);
    const token = org.sessions.create(org.org.findUserByUsername('admin@accord.example')!.userId);
    const next = await org.send('GET', 'limits', undefined, { authorization: `Bearer ${token}` });
    expect(next.status).toBe(200);
  });

  it('ends a user’s sessions and refuses bulk queries beyond their daily limit when an administrator says so', async () => {
    await using org = await startTestOrg();
    await org.send('POST', '/services/embedded/limits', { DailyBulkV2QueryJobs: { max: 1 } });
    const job = { operation: 'query', query: 'SELECT Id FROM Lead' };
    expect((await org.send('POST', 'jobs/query', job)).status).toBe(200);
    expect(await org.send('POST', 'jobs/query', job)).toMatchObject({
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
    const expired = await org.send('POST', '/services/embedded/sessions/expire', { username: org.username });
    expect(expired.body).toEqual({ expired: 1 });
    expect((await org.send('GET', 'limits')).status).toBe(401);
  });

  it('reads compressed bodies and refuses broken ones', async () => {
    await using org = await startTestOrg();
    const post = async (
      body: string | Uint8Array<ArrayBuffer>,
      encoding?: string,
      type = 'application/json',
    ): Promise<[number, unknown]> => {
      const headers = { 'content-type': type, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) };
      const answer = await org.call(`${BASE}/sobjects/Lead`, { method: 'POST', body, headers });
      return [answer.status, ((await answer.json()) as { errorCode?: string }[])[0]?.errorCode];
    };
    const json = JSON.stringify(LEAD);
    expect(await post(gzipSync(json), 'gzip')).toEqual([201, undefined]);
    expect(await post(deflateSync(json), 'deflate')).toEqual([201, undefined]);
    expect(await post(json, 'gzip')).toEqual([400, 'INVALID_INPUT']);
    expect(await post(json, 'br')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(await post('{"LastName": ')).toEqual([400, 'JSON_PARSER_ERROR']);
    expect(await post('[]')).toEqual([400, 'JSON_PARSER_ERROR']);
    expect(await post('<a/>', undefined, 'application/xml')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect((await org.connection.query('SELECT COUNT() FROM Lead')).totalSize).toBe(2);
  });

  it('refuses addresses over 16 kB, unpacked bodies over its limit, and other host names', async () => {
    await using org = await startTestOrg();
    expect((await org.call(`${BASE}/query?q=${'x'.repeat(17_000)}`)).status).toBe(414);
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024, 32));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await org.call(`${BASE}/sobjects/Lead`, { method: 'POST', body: bomb, headers })).status).toBe(413);
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(org.instanceUrl);
      request({ host: '127.0.0.1', port, path: '/services/data', headers: { host: 'evil.example' } }, (response) =>
        resolve(response.statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('refuses addresses that are none in the form of other refusals', async () => {
    await using org = await startTestOrg();
    for (const path of [`${BASE}/sobjects/Lead/%ff`, '/services/data/%ff', '/%zz']) {
      const { status, body } = await org.send('GET', path);
      expect([status, body]).toEqual([400, [{ errorCode: 'INVALID_INPUT', message: expect.any(String) }]]);
    }
  });

  it('keeps its clock within the years that there are dates of', async () => {
    await using org = await startTestOrg();
    const set = (body: object): Promise<Answer> => org.send('POST', '/services/embedded/clock', body);
    for (const body of [
      { set: '4001-01-01T00:00:00Z' },
      { set: '1699-12-31T00:00:00Z' },
      { advance: 1e15 },
      { advance: -1e15 },
    ])
      expect((await set(body)).status).toBe(400);
    expect((await set({ set: '4000-12-31T00:00:00Z' })).body).toEqual({ now: '4000-12-31T00:00:00.000Z' });
    const authorization = `Bearer ${org.sessions.create(org.org.findUserByUsername(org.username)!.userId)}`;
    const late = await org.send('POST', '/services/embedded/clock', { advance: 86_400_000 }, { authorization });
    expect(late.status).toBe(400);
  });

  it('lets administrators alone change how the org behaves', async () => {
    await using org = await startTestOrg();
    const post = (path: string, body: object): Promise<{ status: number; body: unknown }> =>
      org.send('POST', `/services/embedded/${path}`, body);
    expect((await post('clock', { set: '2026-01-01T00:00:00Z' })).body).toEqual({ now: '2026-01-01T00:00:00.000Z' });
    const faulty: [string, object][] = [
      ['clock', { set: 'soon' }],
      ['limits', { Nope: { max: 1 } }],
      ['config', { queryPageSize: 0 }],
      ['sessions/expire', { username: 'nobody' }],
      ['connected-apps', { clientId: 'x', certificate: 'y' }],
    ];
    const token = org.sessions.create(org.org.findUserByUsername('admin@accord.example')!.userId);
    for (const [path, body] of faulty) {
      const answer = await org.send('POST', `/services/embedded/${path}`, body, { authorization: `Bearer ${token}` });
      expect({ path, ...answer }).toMatchObject({ path, status: 400, body: [{ errorCode: 'INVALID_INPUT' }] });
    }
    const anonymous = await fetch(`${org.instanceUrl}/services/embedded/clock`);
    expect(anonymous.status).toBe(401);
  });
});

describe('the data folder', () => {
  it('keeps records and sessions over a restart and belongs to one org at a time', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'accord-data-'));
    try {
      const first = await startOrg({ port: 0, dataDir });
      await expect(startOrg({ port: 0, dataDir })).rejects.toThrow(`is in use by process ${process.pid}`);
      const headers = { authorization: `Bearer ${first.accessToken}`, 'content-type': 'application/json' };
      const lead = { method: 'POST', headers, body: JSON.stringify(LEAD) };
      expect((await fetch(`${first.instanceUrl}${BASE}/sobjects/Lead`, lead)).status).toBe(201);
      await first.close();
      const second = await startOrg({ port: 0, dataDir });
      const found = await fetch(`${second.instanceUrl}${BASE}/query?q=SELECT+LastName+FROM+Lead`, { headers });
      expect(await found.json()).toMatchObject({ totalSize: 1, records: [{ LastName: 'Ames' }] });
      await second.close();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('is removed with a temporary org, and a port in use is told', async () => {
    const org = await startOrg({ port: 0 });
    const path = String(org.org.core.db.location());
    const port = Number(new URL(org.instanceUrl).port);
    await expect(startOrg({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(path)).toBe(true);
    await org.close();
    expect(existsSync(path)).toBe(false);
  });
});
