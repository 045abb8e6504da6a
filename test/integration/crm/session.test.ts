import { expect, it } from 'vitest';
import { connect, fromConnection } from '../../../src/crm/connect.ts';
import { inTurn, on, type Route, startScriptedOrg } from './scripted-org.ts';

const expired = { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] };
const empty = { body: { totalSize: 0, done: true, records: [] } };

/** Accepts one token only, as an org does after the old one has expired. */
const onlyToken =
  (token: string): Route =>
  (call) =>
    call.path === '/services/data' || call.headers.authorization === `Bearer ${token}` ? undefined : expired;

it('asks for a new sign-in when an expired token cannot be renewed', async () => {
  await using org = await startScriptedOrg(onlyToken('new'));
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'old' });
  await expect(crm.query('SELECT Id FROM Lead')).rejects.toMatchObject({
    code: 'reauthorize',
    message: expect.stringContaining('Sign in again'),
  });
});

it('renews the session once for all calls that met the expired token, and repeats them', async () => {
  await using org = await startScriptedOrg(onlyToken('new'), on('GET', /\/query$/, empty));
  let renewals = 0;
  const session = {
    instanceUrl: org.instanceUrl,
    accessToken: 'old',
    version: '',
    request: async () => {
      renewals += 1;
      session.accessToken = 'new';
    },
  };
  const crm = await fromConnection(session);
  const answers = await Promise.all([1, 2, 3].map(() => crm.query('SELECT Id FROM Lead')));
  expect(answers).toEqual([[], [], []]);
  expect(renewals).toBe(1);
});

it('speaks the version it was written for where the org offers it', async () => {
  await using org = await startScriptedOrg(on('GET', /\/query$/, empty));
  const crm = await connect({ instanceUrl: `${org.instanceUrl}/`, accessToken: 'token' });
  await crm.query('SELECT Id FROM Lead');
  expect(org.calls.map((call) => call.path)).toEqual(['/services/data', '/services/data/v68.0/query']);
});

it('falls back to the highest version of an older org', async () => {
  const versions = [{ version: '59.0' }, { version: '66.0' }, { version: '65.0' }];
  await using org = await startScriptedOrg(
    on('GET', /^\/services\/data$/, { body: versions }),
    on('GET', /\/v66\.0\/query$/, empty),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  expect(await crm.query('SELECT Id FROM Lead')).toEqual([]);
});

it('says that nobody answers at an address', async () => {
  let address: string;
  {
    await using org = await startScriptedOrg();
    address = org.instanceUrl;
  }
  await expect(connect({ instanceUrl: address, accessToken: 'token' })).rejects.toMatchObject({
    code: 'retryable',
    message: expect.stringContaining(address),
  });
});

it('refuses an address that is none', async () => {
  await expect(connect({ instanceUrl: 'my org', accessToken: 'token' })).rejects.toMatchObject({ code: 'invalid' });
});

it('stops at its share of the daily calls and says when it asks again', async () => {
  const used = {
    ...empty,
    headers: { 'sforce-limit-info': 'api-usage=12000/15000 (per-app-api-usage=17/250(appName=x))' },
  };
  await using org = await startScriptedOrg(on('GET', /\/query$/, used));
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  await crm.query('SELECT Id FROM Lead');
  expect(crm.apiUsage()).toEqual({ used: 12_000, limit: 15_000 });
  await expect(crm.query('SELECT Id FROM Lead')).rejects.toMatchObject({
    code: 'limit',
    message: expect.stringMatching(/12000 of 15000 API calls.*asks again at \d{4}-/),
  });
  expect(org.callsTo('/query')).toHaveLength(1);
});

it('reads all pages of a query and flattens parents, null ones too', async () => {
  const first = {
    totalSize: 2,
    done: false,
    nextRecordsUrl: '/services/data/v68.0/query/0r8-2000',
    records: [
      { attributes: {}, Id: '1', CreatedDate: '2026-01-01T00:00:00.000+0000', Owner: { attributes: {}, Name: 'Ann' } },
    ],
  };
  const last = { totalSize: 2, done: true, records: [{ attributes: {}, Id: '2', CreatedDate: null, Owner: null }] };
  await using org = await startScriptedOrg(
    on('GET', /\/query$/, { body: first }),
    on('GET', /\/query\/0r8-2000$/, { body: last }),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  const [a, b] = await crm.query('SELECT Id, CreatedDate, Owner.Name FROM Lead');
  expect(a).toEqual({ Id: '1', CreatedDate: '2026-01-01T00:00:00.000Z', 'Owner.Name': 'Ann' });
  expect(b).toMatchObject({ Id: '2', CreatedDate: null, 'Owner.Name': null });
});

it('refuses a result that is larger than asked for instead of cutting it off', async () => {
  const body = { totalSize: 30, done: false, nextRecordsUrl: '/next', records: [{ Id: '1' }] };
  await using org = await startScriptedOrg(on('GET', /\/query$/, { body }));
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  await expect(crm.query('SELECT Id FROM Lead', { max: 20 })).rejects.toMatchObject({
    code: 'limit',
    message: expect.stringContaining('30 rows'),
  });
});

it('repeats a read after a server error', async () => {
  await using org = await startScriptedOrg(
    on('GET', /\/query$/, inTurn({ status: 502, body: '<html>bad gateway</html>' }, empty)),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' }, { firstPause: 1 });
  expect(await crm.query('SELECT Id FROM Lead')).toEqual([]);
});

it('describes an object that is not there as undefined', async () => {
  await using org = await startScriptedOrg();
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  expect(await crm.describe('Nope__c')).toBeUndefined();
});
