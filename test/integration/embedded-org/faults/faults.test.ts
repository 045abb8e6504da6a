import { describe, expect, it } from 'vitest';
import { addUser, connect, startTestOrg, type TestOrg } from '../wire/running-org.ts';

const FAULTS = '/services/embedded/faults';
const LEAD = { LastName: 'Lovelace', Company: 'Engine Works' };

const withFaults = (): Promise<TestOrg> => startTestOrg({ faults: true });

async function ask(org: TestOrg, fault: object, match: object = {}): Promise<void> {
  const { status, body } = await org.send('POST', FAULTS, { match, do: fault });
  expect([status, body]).toMatchObject([200, { do: fault }]);
}

const countLeads = async (org: TestOrg): Promise<unknown> =>
  ((await org.send('GET', 'query?q=SELECT+COUNT()+FROM+Lead')).body as { totalSize: number }).totalSize;

async function createLead(org: TestOrg): Promise<string> {
  const { body } = await org.send('POST', 'sobjects/Lead', LEAD);
  return (body as { id: string }).id;
}

describe('the endpoint of faults', () => {
  it('is not there in an org that was started without', async () => {
    await using org = await startTestOrg();
    expect((await org.send('GET', FAULTS)).status).toBe(404);
  });

  it('serves administrators only', async () => {
    await using org = await withFaults();
    const token = org.sessions.create(addUser(org, 'rep@northwind.example'));
    const { status, body } = await org.send(
      'POST',
      FAULTS,
      { do: { status: 500 } },
      { authorization: `Bearer ${token}` },
    );
    expect([status, body]).toMatchObject([403, [{ errorCode: 'INSUFFICIENT_ACCESS' }]]);
  });

  it('names what is wrong with a rule', async () => {
    await using org = await withFaults();
    const refused = await org.send('POST', FAULTS, { match: { path: '(' }, do: { status: 500 } });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('match.path');
    expect((await org.send('POST', FAULTS, { do: { status: 200 } })).status).toBe(400);
  });

  it('refuses the requests that a rule cannot be held against in time, until it is deleted', async () => {
    await using org = await withFaults();
    await ask(org, { status: 503 }, { path: '(a+)+$' });
    const refused = await org.send('GET', `query?q=${'a'.repeat(60)}!`);
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('fault rule 1')]);
    await org.send('DELETE', FAULTS);
    expect((await org.send('GET', 'limits')).status).toBe(200);
  });

  it('lists rules with how often they fired, and clears one or all', async () => {
    await using org = await withFaults();
    await ask(org, { status: 503 }, { path: '/limits' });
    await ask(org, { status: 500 }, { path: '/recent', times: 5 });
    await org.send('GET', 'limits');
    const { body } = await org.send('GET', FAULTS);
    expect(body).toMatchObject({
      rules: [
        { id: 1, matched: 1, fired: 1 },
        { id: 2, fired: 0 },
      ],
    });
    expect((await org.send('DELETE', `${FAULTS}/1`)).body).toMatchObject({ rules: [{ id: 2 }] });
    expect((await org.send('DELETE', `${FAULTS}/1`)).status).toBe(404);
    expect((await org.send('DELETE', FAULTS)).body).toEqual({ rules: [] });
    expect((await org.send('GET', 'recent')).status).toBe(200);
  });
});

describe('a fault', () => {
  it('answers 5xx instead of the chosen requests only', async () => {
    await using org = await withFaults();
    await ask(org, { status: 503 }, { method: 'POST', path: '/sobjects/Lead$', nth: 2, times: 2 });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await org.send('POST', 'sobjects/Lead', LEAD)).status);
    expect(statuses).toEqual([201, 503, 503, 201]);
    expect(await countLeads(org)).toBe(2);
  });

  it('meets every interface of the org: SOAP, Bulk, deployments, streaming', async () => {
    await using org = await withFaults();
    const paths = [
      '/services/Soap/u/68.0',
      '/services/data/v68.0/jobs/ingest',
      '/services/data/v68.0/metadata/deployRequest',
      '/cometd/68.0',
    ];
    await ask(org, { status: 500 }, { times: paths.length });
    for (const path of paths) expect([path, (await org.send('POST', path, {})).status]).toEqual([path, 500]);
  });

  it('cuts the connection before the work', async () => {
    await using org = await withFaults();
    await ask(org, { cutConnection: 'before' }, { method: 'POST' });
    await expect(org.send('POST', 'sobjects/Lead', LEAD)).rejects.toThrow('fetch failed');
    expect(await countLeads(org)).toBe(0);
  });

  it('cuts the connection after the work, so that the client cannot know', async () => {
    await using org = await withFaults();
    await ask(org, { cutConnection: 'after' }, { method: 'POST' });
    await expect(org.send('POST', 'sobjects/Lead', LEAD)).rejects.toThrow('fetch failed');
    expect(await countLeads(org)).toBe(1);
  });

  it('cuts the connection half-way through an answer', async () => {
    await using org = await withFaults();
    await ask(org, { cutConnection: 'half-way' }, { path: '/describe' });
    const response = await org.call('/services/data/v68.0/sobjects/Lead/describe');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('delays an answer', async () => {
    await using org = await withFaults();
    await ask(org, { delayMs: 120 }, { path: '/limits' });
    const start = performance.now();
    expect((await org.send('GET', 'limits')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
  });

  it('ends the session of the request, and no other', async () => {
    await using org = await withFaults();
    await ask(org, { expireSession: true }, { path: '/limits' });
    const token = org.sessions.create(addUser(org, 'rep@northwind.example'));
    const first = await org.send('GET', 'limits', undefined, { authorization: `Bearer ${token}` });
    expect([first.status, first.body]).toMatchObject([401, [{ errorCode: 'INVALID_SESSION_ID' }]]);
    expect((await org.send('GET', 'limits')).status).toBe(200);
  });

  it('says that the daily requests are used up', async () => {
    await using org = await withFaults();
    await ask(org, { requestLimitExceeded: true });
    const { status, body } = await org.send('GET', 'limits');
    expect([status, body]).toEqual([
      403,
      [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ]);
  });

  it('locks records until the time is up on the clock of the org', async () => {
    await using org = await withFaults();
    await org.send('POST', '/services/embedded/clock', { set: '2026-06-15T12:00:00Z' });
    const id = await createLead(org);
    await ask(org, { lockRows: { ids: [id], ms: 5_000 } }, { method: 'PATCH' });
    const locked = await org.send('PATCH', `sobjects/Lead/${id}`, { Rating: 'Hot' });
    expect([locked.status, locked.body]).toMatchObject([400, [{ errorCode: 'UNABLE_TO_LOCK_ROW' }]]);
    await org.send('POST', '/services/embedded/clock', { advance: 5_001 });
    expect((await org.send('PATCH', `sobjects/Lead/${id}`, { Rating: 'Hot' })).status).toBe(204);
  });

  it('stamps a write before its commit', async () => {
    await using org = await withFaults();
    await org.send('POST', '/services/embedded/clock', { set: '2026-06-15T12:00:00Z' });
    await ask(org, { commitLate: 90_000 }, { method: 'POST' });
    const ids = [await createLead(org), await createLead(org)];
    const { body } = await org.send('GET', 'query?q=SELECT+Id,SystemModstamp+FROM+Lead+ORDER+BY+SystemModstamp');
    expect((body as { records: object[] }).records).toMatchObject([
      { Id: ids[0], SystemModstamp: '2026-06-15T11:58:30.000+0000' },
      { Id: ids[1], SystemModstamp: '2026-06-15T12:00:00.000+0000' },
    ]);
  });

  it('reaches unmodified jsforce as it would in an org', async () => {
    await using org = await withFaults();
    await ask(org, { expireSession: true }, { path: '/query' });
    const token = org.sessions.create(addUser(org, 'rep@northwind.example'));
    await expect(connect(org.instanceUrl, token).query('SELECT Id FROM Lead')).rejects.toMatchObject({
      errorCode: 'INVALID_SESSION_ID',
    });
    await ask(org, { expireSession: true }, { path: '/Soap/' });
    const again = org.sessions.create(org.org.findUserByUsername('rep@northwind.example')?.userId ?? '');
    await expect(connect(org.instanceUrl, again).soap.getUserInfo()).rejects.toMatchObject({
      errorCode: 'sf:INVALID_SESSION_ID',
    });
  });
});
