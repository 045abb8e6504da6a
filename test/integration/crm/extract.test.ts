import { expect, it } from 'vitest';
import type { CrmValue, ExtractPage, ExtractRequest } from '../../../src/app/ports.ts';
import { packRows, rowCount, unpackRows } from '../../../src/app/ports/packed-rows.ts';
import { connect } from '../../../src/crm/connect.ts';
import {
  type Answer,
  inTurn,
  leadDescribe,
  on,
  type Route,
  type ScriptedOrg,
  startScriptedOrg,
} from './scripted-org.ts';

const fields = ['Id', 'Name', 'NumberOfEmployees', 'IsConverted'];
const header = '"Id","Name","NumberOfEmployees","IsConverted"\n';
const line = (n: number): string => `"00Q${n}","Name ${n}","${n}","false"\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');
const started = 'Mon, 02 Mar 2026 10:00:00 GMT';

const jobs: readonly Route[] = [
  leadDescribe,
  on('POST', /\/jobs\/query$/, { headers: { date: started }, body: { id: '750', state: 'UploadComplete' } }),
  on('PATCH', /\/jobs\/query\/750$/, { body: { id: '750', state: 'Aborted' } }),
  on('DELETE', /\/jobs\/query\/750$/, { status: 204 }),
];
const complete: Route = on('GET', /\/jobs\/query\/750$/, { body: { id: '750', state: 'JobComplete' } });

const page = (from: number, to: number, next: string | undefined, more: Partial<Answer> = {}): Answer => ({
  ...more,
  headers: {
    'sforce-numberofrecords': String(to - from),
    ...(next === undefined ? {} : { 'sforce-locator': next }),
    ...more.headers,
  },
  body: header + lines(from, to),
});

/** Result pages by locator; a list of answers is given in turn. */
function results(pages: Readonly<Record<string, Answer | readonly Answer[]>>): Route {
  const routes = Object.entries(pages).map(([locator, answers]) => [locator, inTurn(...[answers].flat())] as const);
  return on('GET', /\/results$/, (call) => {
    const wanted = call.url.searchParams.get('locator') ?? '';
    return routes.find(([locator]) => locator === wanted)?.[1](call);
  });
}

async function extractAll(org: ScriptedOrg, request: Partial<ExtractRequest> = {}): Promise<(readonly CrmValue[])[]> {
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' }, { firstPause: 1, batchRows: 10 });
  const rows: (readonly CrmValue[])[] = [];
  for await (const part of crm.extract({ object: 'Lead', fields, ...request })) rows.push(...unpackRows(part.rows));
  return rows;
}

const ids = (rows: readonly (readonly CrmValue[])[]): readonly CrmValue[] => rows.map((row) => row[0] as CrmValue);
const expectedIds = (to: number): readonly string[] => Array.from({ length: to }, (_, n) => `00Q${n}`);

it('reads every page once, in order, until the locator says null', async () => {
  await using org = await startScriptedOrg(
    ...jobs,
    complete,
    results({ '': page(0, 30, 'b'), b: page(30, 60, 'c'), c: page(60, 75, 'null') }),
  );
  expect(ids(await extractAll(org))).toEqual(expectedIds(75));
});

it('ends at a page without a locator instead of reading it for ever', async () => {
  await using org = await startScriptedOrg(...jobs, complete, results({ '': page(0, 3, undefined) }));
  expect(ids(await extractAll(org))).toEqual(expectedIds(3));
  expect(org.callsTo('/results')).toHaveLength(1);
});

it('types values as the fields are described, and blank is null', async () => {
  const body = `${header}"00Q0","Says ""hi"", twice\nthen leaves","7.5","true"\n"00Q1","","",""\n`;
  await using org = await startScriptedOrg(...jobs, complete, results({ '': { body } }));
  expect(await extractAll(org)).toEqual([
    ['00Q0', 'Says "hi", twice\nthen leaves', 7.5, true],
    ['00Q1', null, null, null],
  ]);
});

it('tells when the query started by the clock of the org', async () => {
  await using org = await startScriptedOrg(...jobs, complete, results({ '': page(0, 1, 'null') }));
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  for await (const part of crm.extract({ object: 'Lead', fields }))
    expect(part.startedAt).toBe('2026-03-02T10:00:00.000Z');
  expect.assertions(1);
});

it('neither loses nor doubles a row when the connection breaks in the middle of a page', async () => {
  const cut = { ...page(30, 90, 'c'), cutAfter: 1_500 };
  await using org = await startScriptedOrg(
    ...jobs,
    complete,
    results({ '': page(0, 30, 'b'), b: [cut, cut, page(30, 90, 'c')], c: page(90, 95, 'null') }),
  );
  expect(ids(await extractAll(org))).toEqual(expectedIds(95));
});

it('reads a page again that holds fewer rows than it announces', async () => {
  const short = { ...page(0, 20, 'null'), body: header + lines(0, 12) };
  await using org = await startScriptedOrg(...jobs, complete, results({ '': [short, page(0, 20, 'null')] }));
  expect(ids(await extractAll(org))).toEqual(expectedIds(20));
});

it('goes on after passing server errors', async () => {
  const sick = { status: 503, body: 'unavailable' };
  const busy = { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred' }] };
  await using org = await startScriptedOrg(
    ...jobs,
    on(
      'GET',
      /\/jobs\/query\/750$/,
      inTurn(sick, { body: { id: '750', state: 'InProgress' } }, { body: { id: '750', state: 'JobComplete' } }),
    ),
    results({ '': [sick, page(0, 5, 'b')], b: [busy, sick, page(5, 9, 'null')] }),
  );
  expect(ids(await extractAll(org))).toEqual(expectedIds(9));
});

it('gives up a page that never comes, with what to do', async () => {
  await using org = await startScriptedOrg(...jobs, complete, results({ '': { status: 503, body: 'unavailable' } }));
  await expect(extractAll(org)).rejects.toMatchObject({ code: 'retryable', message: expect.stringContaining('503') });
});

it('gives one empty page for a result without rows, so that the reader learns when it started', async () => {
  await using org = await startScriptedOrg(...jobs, complete, results({ '': page(0, 0, 'null') }));
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' });
  const pages: ExtractPage[] = [];
  for await (const part of crm.extract({ object: 'Lead', fields })) pages.push(part);
  expect(pages).toEqual([{ columns: fields, rows: packRows([]), startedAt: '2026-03-02T10:00:00.000Z' }]);
});

it('removes the job when all rows were read', async () => {
  await using org = await startScriptedOrg(...jobs, complete, results({ '': page(0, 3, 'null') }));
  await extractAll(org);
  expect(org.callsTo('DELETE /services/data/v68.0/jobs/query/750')).toHaveLength(1);
  expect(org.callsTo('PATCH')).toHaveLength(0);
});

it('removes the job when the reader stops early', async () => {
  await using org = await startScriptedOrg(
    ...jobs,
    complete,
    results({ '': page(0, 50, 'b'), b: page(50, 90, 'null') }),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' }, { batchRows: 10 });
  for await (const part of crm.extract({ object: 'Lead', fields })) {
    expect(rowCount(part.rows)).toBeGreaterThan(0);
    break;
  }
  expect(org.callsTo('DELETE /services/data/v68.0/jobs/query/750')).toHaveLength(1);
});

it('aborts and removes a job that makes no progress', async () => {
  await using org = await startScriptedOrg(
    ...jobs,
    on('GET', /\/jobs\/query\/750$/, { body: { id: '750', state: 'InProgress' } }),
  );
  const crm = await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' }, { firstPause: 1, jobPatience: 20 });
  const reading = crm.extract({ object: 'Lead', fields })[Symbol.asyncIterator]().next();
  await expect(reading).rejects.toMatchObject({ code: 'retryable', message: expect.stringContaining('no progress') });
  expect(org.callsTo('PATCH').map((call) => call.body)).toEqual(['{"state":"Aborted"}']);
  expect(org.callsTo('DELETE')).toHaveLength(1);
});

it('says why the org refused the query', async () => {
  await using org = await startScriptedOrg(
    ...jobs,
    on('GET', /\/jobs\/query\/750$/, {
      body: { id: '750', state: 'Failed', errorMessage: 'MALFORMED_QUERY: unexpected token' },
    }),
  );
  await expect(extractAll(org)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('unexpected token'),
  });
});

it('refuses fields that the Bulk API cannot read, and fields that do not exist, before it starts a job', async () => {
  await using org = await startScriptedOrg(...jobs);
  await expect(extractAll(org, { fields: ['Id', 'Address'] })).rejects.toMatchObject({
    message: expect.stringContaining('Address (address)'),
  });
  await expect(extractAll(org, { fields: ['Id', 'Nope__c'] })).rejects.toMatchObject({
    message: expect.stringContaining('Nope__c'),
  });
  expect(org.callsTo('/jobs')).toHaveLength(0);
});

it('refuses columns in another order than asked, which would mix up fields', async () => {
  const body = '"Id","NumberOfEmployees","Name","IsConverted"\n"00Q0","1","A","false"\n';
  await using org = await startScriptedOrg(...jobs, complete, results({ '': { body } }));
  await expect(extractAll(org)).rejects.toMatchObject({ code: 'bug' });
});

it('reads the recycle bin by queryAll', async () => {
  await using org = await startScriptedOrg(...jobs, complete, results({ '': page(0, 1, 'null') }));
  await extractAll(org, { includeDeleted: true, where: 'IsConverted = false' });
  expect(JSON.parse(org.callsTo('POST')[0]?.body ?? '')).toEqual({
    operation: 'queryAll',
    query: 'SELECT Id, Name, NumberOfEmployees, IsConverted FROM Lead WHERE IsConverted = false',
  });
});
