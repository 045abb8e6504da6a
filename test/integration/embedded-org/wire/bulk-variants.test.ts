import { describe, expect, it } from 'vitest';
import { addUser, BASE, startTestOrg, type TestOrg } from './running-org.ts';

type Job = {
  id: string;
  state: string;
  errorMessage?: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
};

async function finish(org: TestOrg, kind: 'query' | 'ingest', id: string): Promise<Job> {
  for (;;) {
    const job = (await org.send('GET', `jobs/${kind}/${id}`)).body as Job;
    if (!['Open', 'UploadComplete', 'InProgress'].includes(job.state)) return job;
  }
}

async function ingest(org: TestOrg, job: object, csv: string): Promise<Job> {
  const { id } = (await org.send('POST', 'jobs/ingest', job)).body as Job;
  const headers = { 'content-type': 'text/csv' };
  await org.call(`${BASE}/jobs/ingest/${id}/batches`, { method: 'PUT', body: csv, headers });
  await org.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' });
  return finish(org, 'ingest', id);
}

const leads = (count: number): string =>
  `LastName,Company\n${Array.from({ length: count }, (_, i) => `L${i},Acme\n`).join('')}`;

function multipart(job: object, csv: string): FormData {
  const form = new FormData();
  form.append('job', new Blob([JSON.stringify(job)], { type: 'application/json' }));
  form.append('content', new Blob([csv], { type: 'text/csv' }), 'content');
  return form;
}

describe('a bulk job that brings its data along', () => {
  it('runs without being closed', async () => {
    await using org = await startTestOrg();
    const body = multipart({ object: 'Lead', operation: 'insert', contentType: 'CSV' }, leads(3));
    const answer = await org.call(`${BASE}/jobs/ingest`, { method: 'POST', body });
    const created = (await answer.json()) as Job;
    expect([answer.status, created.state]).toEqual([200, 'UploadComplete']);
    expect(await finish(org, 'ingest', created.id)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3 });
  });

  it('is refused beyond 100,000 characters, and without its parts', async () => {
    await using org = await startTestOrg();
    const job = { object: 'Lead', operation: 'insert' };
    const large = await org.call(`${BASE}/jobs/ingest`, { method: 'POST', body: multipart(job, 'x'.repeat(100_001)) });
    expect([large.status, await large.json()]).toMatchObject([413, [{ errorCode: 'REQUEST_TOO_LARGE' }]]);
    const form = new FormData();
    form.append('job', JSON.stringify(job));
    const half = await org.call(`${BASE}/jobs/ingest`, { method: 'POST', body: form });
    expect([half.status, await half.json()]).toMatchObject([400, [{ errorCode: 'INVALID_MULTIPART_REQUEST' }]]);
    expect((await org.connection.query('SELECT COUNT() FROM Lead')).totalSize).toBe(0);
  });
});

describe('hardDelete', () => {
  it('leaves nothing in the recycle bin, and needs its permission', async () => {
    await using org = await startTestOrg();
    const { id } = await org.connection.sobject('Lead').create({ LastName: 'Ames', Company: 'Acme' });
    const job = { object: 'Lead', operation: 'hardDelete' };
    expect(await org.send('POST', 'jobs/ingest', job)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FEATURENOTENABLED' }],
    });
    const { id: set } = await org.connection.sobject('PermissionSet').create({
      Name: 'Purge',
      Label: 'Purge',
      PermissionsBulkApiHardDelete: true,
    });
    const admin = org.org.findUserByUsername(org.username)!.userId;
    await org.connection.sobject('PermissionSetAssignment').create({ AssigneeId: admin, PermissionSetId: String(set) });
    expect(await ingest(org, job, `Id\n${id}\n`)).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 0 });
    const all = await org.connection.query('SELECT Id FROM Lead', { scanAll: true });
    expect(all.totalSize).toBe(0);
  });
});

describe('resultPages', () => {
  it('names the pages of a result, five at a time', async () => {
    await using org = await startTestOrg();
    await ingest(org, { object: 'Lead', operation: 'insert' }, leads(40));
    await org.send('POST', '/services/embedded/config', { bulkPageSize: 2 });
    const query = { operation: 'query', query: 'SELECT LastName FROM Lead' };
    const { id } = (await org.send('POST', 'jobs/query', query)).body as Job;
    await finish(org, 'query', id);
    type Pages = { resultPages: { resultUrl: string }[]; nextRecordsUrl: string | null; done: boolean };
    const first = (await org.send('GET', `jobs/query/${id}/resultPages`)).body as Pages;
    expect([first.resultPages.length, first.done]).toEqual([5, false]);
    const second = (await org.send('GET', String(first.nextRecordsUrl))).body as Pages;
    expect([second.resultPages.length, second.done, second.nextRecordsUrl]).toEqual([1, true, null]);
    const pages = await Promise.all(
      [...first.resultPages, ...second.resultPages].map(async ({ resultUrl }) => (await org.call(resultUrl)).text()),
    );
    const names = pages.flatMap((page) => page.trim().split('\n').slice(1));
    expect([names.length, new Set(names).size]).toEqual([40, 40]);
    expect(await org.send('GET', `/services/data/v57.0/jobs/query/${id}/resultPages`)).toMatchObject({ status: 409 });
  });
});

describe('the daily limit of batches', () => {
  it('counts one for every 10,000 rows, and a job ends where none is left', async () => {
    await using org = await startTestOrg();
    const left = async (): Promise<number> =>
      ((await org.send('GET', 'limits')).body as { DailyBulkApiBatches: { Remaining: number } }).DailyBulkApiBatches
        .Remaining;
    await org.send('POST', '/services/embedded/limits', { DailyBulkApiBatches: { max: 2, used: 0 } });
    await ingest(org, { object: 'Lead', operation: 'insert' }, leads(10_001));
    expect(await left()).toBe(0);
    const refused = await ingest(org, { object: 'Lead', operation: 'insert' }, leads(1));
    expect(refused).toMatchObject({ state: 'Failed', numberRecordsProcessed: 0 });
    expect(refused.errorMessage).toBe('ExceededQuota: ApiBatchItems Limit exceeded.');
  });
});

describe('jobs', () => {
  it('are hidden from others than their creator and administrators', async () => {
    await using org = await startTestOrg();
    const { id } = (await org.send('POST', 'jobs/ingest', { object: 'Lead', operation: 'insert' })).body as Job;
    const rep = { authorization: `Bearer ${org.sessions.create(addUser(org, 'rep@accord.example'))}` };
    expect(await org.send('GET', `jobs/ingest/${id}`, undefined, rep)).toMatchObject({ status: 404 });
  });
});
