import { expect, it } from 'vitest';
import type { CrmRecord, WriteRequest } from '../../../src/app/ports.ts';
import { connect } from '../../../src/crm/connect.ts';
import type { CrmOptions } from '../../../src/crm/salesforce-crm.ts';
import { type Answer, type Call, on, type Route, type ScriptedOrg, startScriptedOrg } from './scripted-org.ts';

const write = async (org: ScriptedOrg, request: WriteRequest, options: CrmOptions = {}) => {
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' }, { firstPause: 1, ...options });
  return crm.write(request);
};
type Sent = { Id?: string; Name?: string };
const sent = (call: Call): Sent[] => JSON.parse(call.body).records;
const saved = (call: Call): Answer => ({
  body: sent(call).map(({ Id, Name }) => ({ id: Id ?? `id of ${Name}`, success: true, errors: [] })),
});
const failedRow = (statusCode: string, message = 'no'): object => ({
  success: false,
  errors: [{ statusCode, message, fields: ['Rating'] }],
});
const leads = (count: number): CrmRecord[] =>
  Array.from({ length: count }, (_, n) => ({ Id: `00Q${n}`, Rating: 'Hot' }));
const update = (records: readonly CrmRecord[]): WriteRequest => ({ kind: 'update', object: 'Lead', records });
const insert = (count: number): WriteRequest => ({
  kind: 'insert',
  object: 'Lead',
  records: Array.from({ length: count }, (_, n) => ({ Name: `${n}` })),
});
const collections = (method: string, answer: Answer | Route): Route => on(method, /\/composite\/sobjects$/, answer);

it('never fires assignment rules, and sends at most 200 records in a call', async () => {
  await using org = await startScriptedOrg(collections('PATCH', saved));
  const results = await write(org, update(leads(401)));
  expect(results).toHaveLength(401);
  expect(results.at(-1)).toEqual({ success: true, id: '00Q400', created: false });
  const calls = org.callsTo('/composite/sobjects');
  expect(calls.map((call) => sent(call).length)).toEqual([200, 200, 1]);
  expect(calls.every((call) => call.headers['sforce-auto-assign'] === 'FALSE')).toBe(true);
  expect(calls.some((call) => 'sforce-duplicate-rule-header' in call.headers)).toBe(false);
});

it('gives each record the outcome of its own row', async () => {
  const body = [{ id: '00Q0', success: true, errors: [] }, failedRow('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Too hot')];
  await using org = await startScriptedOrg(collections('PATCH', { body }));
  expect(await write(org, update(leads(2)))).toEqual([
    { success: true, id: '00Q0', created: false },
    { success: false, code: 'invalid', reason: 'Too hot (FIELD_CUSTOM_VALIDATION_EXCEPTION)', fields: ['Rating'] },
  ]);
});

it('sends only the locked rows again', async () => {
  let locked = true;
  const answer: Route = (call) => {
    const body = sent(call).map(({ Id }) =>
      locked && Id === '00Q1' ? failedRow('UNABLE_TO_LOCK_ROW') : { id: Id, success: true, errors: [] },
    );
    locked = false;
    return { body };
  };
  await using org = await startScriptedOrg(collections('PATCH', answer));
  const results = await write(org, update(leads(3)));
  expect(results.map((each) => each.success && each.id)).toEqual(['00Q0', '00Q1', '00Q2']);
  expect(org.callsTo('/composite/sobjects').map((call) => sent(call).map((row) => row.Id))).toEqual([
    ['00Q0', '00Q1', '00Q2'],
    ['00Q1'],
  ]);
});

it('gives up rows that stay locked as retryable', async () => {
  await using org = await startScriptedOrg(collections('PATCH', { body: [failedRow('UNABLE_TO_LOCK_ROW')] }));
  expect(await write(org, update(leads(1)))).toMatchObject([{ success: false, code: 'retryable' }]);
});

it('repeats an update whose answer was lost', async () => {
  let first = true;
  const answer: Route = (call) => {
    const cut = first ? { cutAfter: 5 } : {};
    first = false;
    return { ...saved(call), ...cut };
  };
  await using org = await startScriptedOrg(collections('PATCH', answer));
  await expect(write(org, update(leads(2)))).resolves.toMatchObject([{ success: true }, { success: true }]);
  expect(org.callsTo('/composite/sobjects')).toHaveLength(2);
});

it('never repeats an insert whose answer was lost, and says that its outcome is not known', async () => {
  await using org = await startScriptedOrg(collections('POST', { status: 503, body: 'gone' }));
  const results = await write(org, insert(2));
  expect(results).toMatchObject([
    { success: false, code: 'conflict', reason: expect.stringContaining('not known whether the row was written') },
    { success: false, code: 'conflict' },
  ]);
  expect(org.callsTo('/composite/sobjects')).toHaveLength(1);
});

it('keeps the outcomes of rows written before the org ran out of calls', async () => {
  let calls = 0;
  const limit = {
    status: 403,
    body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
  };
  await using org = await startScriptedOrg(collections('POST', (call) => (calls++ === 0 ? saved(call) : limit)));
  const results = await write(org, insert(500));
  expect(results.filter((each) => each.success)).toHaveLength(200);
  expect(results.slice(200).every((each) => !each.success && each.code === 'limit' && each.unsent)).toBe(true);
  expect(org.callsTo('/composite/sobjects')).toHaveLength(2);
});

it('keeps the outcomes of rows written before the session ended, and says which rows the org never got', async () => {
  let calls = 0;
  const expired = { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }] };
  await using org = await startScriptedOrg(collections('PATCH', (call) => (calls++ === 0 ? saved(call) : expired)));
  const results = await write(org, update(leads(450)));
  expect(results.map((each) => (each.success ? 'written' : each.unsent && each.code))).toEqual([
    ...Array.from({ length: 200 }, () => 'written'),
    ...Array.from({ length: 250 }, () => 'reauthorize'),
  ]);
});

it('keeps the outcomes of rows written when the session ends while locked ones are sent again', async () => {
  let calls = 0;
  const expired = { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }] };
  const body = [{ id: '00Q0', success: true, errors: [] }, failedRow('UNABLE_TO_LOCK_ROW')];
  await using org = await startScriptedOrg(collections('PATCH', () => (calls++ === 0 ? { body } : expired)));
  expect(await write(org, update(leads(2)))).toMatchObject([
    { success: true, id: '00Q0' },
    { success: false, code: 'reauthorize', unsent: true },
  ]);
});

it('throws when not even the first call was accepted', async () => {
  const limit = {
    status: 403,
    body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
  };
  await using org = await startScriptedOrg(collections('PATCH', limit));
  await expect(write(org, update(leads(1)))).rejects.toMatchObject({ code: 'limit' });
});

it('upserts by the key, and a parent by its own key', async () => {
  const body = [{ id: 'a0B1', success: true, created: true, errors: [] }];
  await using org = await startScriptedOrg(on('PATCH', /\/composite\/sobjects\/State__c\/Key__c$/, { body }));
  const records = [{ Key__c: 'k', 'Agreement__r.Key__c': 'a:1', Why__c: null }];
  const results = await write(org, { kind: 'upsert', object: 'State__c', key: 'Key__c', records });
  expect(results).toEqual([{ success: true, id: 'a0B1', created: true }]);
  expect(JSON.parse(org.callsTo('PATCH')[0]?.body ?? '').records).toEqual([
    { attributes: { type: 'State__c' }, Key__c: 'k', Agreement__r: { Key__c: 'a:1' }, Why__c: null },
  ]);
});

it('takes a record that is already deleted as deleted', async () => {
  const body = [failedRow('ENTITY_IS_DELETED'), failedRow('DELETE_FAILED')];
  await using org = await startScriptedOrg(collections('DELETE', { body }));
  const results = await write(org, { kind: 'delete', object: 'Lead', records: leads(2) });
  expect(results.map((each) => each.success)).toEqual([true, false]);
  expect(org.callsTo('DELETE')[0]?.url.searchParams.get('ids')).toBe('00Q0,00Q1');
});

it('refuses to upsert leads and contacts, and updates without an Id', async () => {
  await using org = await startScriptedOrg();
  await expect(
    write(org, { kind: 'upsert', object: 'Lead', key: 'Email', records: [{ Email: 'a@b.example' }] }),
  ).rejects.toMatchObject({ code: 'bug' });
  await expect(write(org, update([{ Rating: 'Hot' }]))).rejects.toMatchObject({ code: 'bug' });
  expect(org.callsTo('/composite')).toHaveLength(0);
});
