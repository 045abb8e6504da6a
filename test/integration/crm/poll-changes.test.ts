import { expect, it } from 'vitest';
import type { ChangePoll } from '../../../src/app/ports.ts';
import { connect } from '../../../src/crm/connect.ts';
import { type Call, leadDescribe, on, type Route, startScriptedOrg } from './scripted-org.ts';

const poll = (more: Partial<ChangePoll> = {}): ChangePoll => ({
  object: 'Lead',
  fields: ['Name', 'Owner.Name'],
  stampField: 'SystemModstamp',
  after: { modstamp: '2026-01-01T00:00:00.000Z', lastId: '00Q1' },
  limit: 2,
  ...more,
});
const lead = (n: number, owner: object | null): object => ({
  attributes: { type: 'Lead' },
  Id: `00Q${n}`,
  SystemModstamp: '2026-01-01T00:00:05.000+0000',
  Name: `L${n}`,
  Owner: owner,
});
const part = (body: unknown, httpStatusCode = 200): object => ({ body, httpStatusCode, referenceId: 'x' });
const found = (...records: object[]): object => part({ totalSize: records.length, done: true, records });
const composite = (parts: (call: Call) => object[]): Route =>
  on('POST', /\/composite$/, (call) => ({
    headers: { date: 'Thu, 01 Jan 2026 00:01:00 GMT' },
    body: { compositeResponse: parts(call) },
  }));
const queries = (call: Call | undefined): string[] =>
  JSON.parse(call?.body ?? '{}').compositeRequest.map((each: { url: string }) => decodeURIComponent(each.url));

it('pages by key, so that records that share a stamp are neither lost nor read for ever', async () => {
  await using org = await startScriptedOrg(
    leadDescribe,
    composite(() => [found(lead(2, { Name: 'Ann' }), lead(3, null))]),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  const answer = await crm.pollChanges([poll()]);
  expect(answer).toEqual({
    serverTime: '2026-01-01T00:01:00.000Z',
    pages: [
      {
        object: 'Lead',
        done: false,
        records: [
          { Id: '00Q2', SystemModstamp: '2026-01-01T00:00:05.000Z', Name: 'L2', 'Owner.Name': 'Ann' },
          { Id: '00Q3', SystemModstamp: '2026-01-01T00:00:05.000Z', Name: 'L3', 'Owner.Name': null },
        ],
      },
    ],
  });
  expect(queries(org.callsTo('POST')[0])).toEqual([
    '/services/data/v68.0/query?q=SELECT Id, SystemModstamp, Name, Owner.Name FROM Lead WHERE ' +
      "((SystemModstamp = 2026-01-01T00:00:00.000Z AND Id > '00Q1') OR SystemModstamp > 2026-01-01T00:00:00.000Z) " +
      'ORDER BY SystemModstamp, Id LIMIT 2',
  ]);
});

it('says that everything was seen when a page is not full', async () => {
  await using org = await startScriptedOrg(
    leadDescribe,
    composite(() => [found(lead(2, null))]),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  const answer = await crm.pollChanges([poll({ after: { modstamp: '2026-01-01T00:00:00.000Z', lastId: '' } })]);
  expect(answer.pages[0]?.done).toBe(true);
  expect(queries(org.callsTo('POST')[0])[0]).toContain('WHERE SystemModstamp >= 2026-01-01T00:00:00.000Z ORDER BY');
});

it('asks for five objects in one call, and for more in as few calls as possible', async () => {
  await using org = await startScriptedOrg(
    leadDescribe,
    composite((call) => queries(call).map(() => found())),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  const answer = await crm.pollChanges(Array.from({ length: 7 }, () => poll()));
  expect(answer.pages).toHaveLength(7);
  expect(org.callsTo('POST').map((call) => queries(call).length)).toEqual([5, 2]);
});

it('reads the recycle bin by queryAll where asked', async () => {
  await using org = await startScriptedOrg(
    leadDescribe,
    composite(() => [found()]),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  await crm.pollChanges([poll({ includeDeleted: true })]);
  expect(queries(org.callsTo('POST')[0])[0]).toMatch(/^\/services\/data\/v68\.0\/queryAll\?q=SELECT/);
});

it('names the object whose part failed', async () => {
  const refused = part([{ errorCode: 'MALFORMED_QUERY', message: 'unexpected token: LIMIT' }], 400);
  await using org = await startScriptedOrg(
    leadDescribe,
    composite(() => [refused]),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  await expect(crm.pollChanges([poll()])).rejects.toMatchObject({
    code: 'invalid',
    message: 'Reading changes of Lead failed: unexpected token: LIMIT (MALFORMED_QUERY)',
  });
});
