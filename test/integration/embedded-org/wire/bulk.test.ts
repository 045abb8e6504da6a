import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BASE, startTestOrg, type TestOrg } from './running-org.ts';

type Job = {
  id: string;
  state: string;
  errorMessage?: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
};

/** Runs a job to its end; the org's jobs take milliseconds, so asking again at once is fair. */
async function finish(org: TestOrg, kind: 'query' | 'ingest', id: string): Promise<Job> {
  for (;;) {
    const job = (await org.send('GET', `jobs/${kind}/${id}`)).body as Job;
    if (!['Open', 'UploadComplete', 'InProgress'].includes(job.state)) return job;
  }
}

async function ingest(org: TestOrg, job: object, csv: string | Uint8Array<ArrayBuffer>): Promise<Job> {
  const { id } = (await org.send('POST', 'jobs/ingest', job)).body as Job;
  const headers = { 'content-type': 'text/csv' };
  const put = await org.call(`${BASE}/jobs/ingest/${id}/batches`, { method: 'PUT', body: csv, headers });
  expect([put.status, await put.text()]).toEqual([201, '']);
  expect((await org.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' })).status).toBe(200);
  return finish(org, 'ingest', id);
}

async function file(org: TestOrg, job: Job, name: string): Promise<string> {
  return (await org.call(`${BASE}/jobs/ingest/${job.id}/${name}`)).text();
}

async function query(org: TestOrg, soql: string, operation = 'query'): Promise<Job> {
  const { id } = (await org.send('POST', 'jobs/query', { operation, query: soql })).body as Job;
  return finish(org, 'query', id);
}

async function addLeads(org: TestOrg, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => `L${String(i).padStart(3, '0')},Acme`);
  const job = await ingest(org, { object: 'Lead', operation: 'insert' }, `LastName,Company\n${rows.join('\n')}\n`);
  expect(job).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: count, numberRecordsFailed: 0 });
}

describe('Bulk 2.0 ingest', () => {
  it('lets jsforce load and read back a table', async () => {
    await using org = await startTestOrg();
    org.connection.bulk2.pollInterval = 20;
    const input = [
      { LastName: 'Ames', Company: 'A "quoted", firm', NumberOfEmployees: 5 },
      { LastName: '', Company: 'No name', NumberOfEmployees: 6 },
    ];
    const result = await org.connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'insert', input });
    expect(result.successfulResults).toMatchObject([{ sf__Created: 'true', Company: 'A "quoted", firm' }]);
    expect(result.failedResults).toMatchObject([{ sf__Error: expect.stringMatching(/^REQUIRED_FIELD_MISSING:/) }]);
    const stream = await org.connection.bulk2.query('SELECT Company, NumberOfEmployees FROM Lead');
    expect(await stream.toArray()).toEqual([{ Company: 'A "quoted", firm', NumberOfEmployees: '5' }]);
  });

  it('tells of each row what became of it', async () => {
    await using org = await startTestOrg();
    const csv = 'LastName,Company\nAmes,Acme\n,Acme\nBell,"two\nlines"\n';
    const job = await ingest(org, { object: 'Lead', operation: 'insert' }, csv);
    expect(job).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3, numberRecordsFailed: 1 });
    const successful = await file(org, job, 'successfulResults');
    expect(successful).toMatch(
      /^"sf__Id","sf__Created","LastName","Company"\n"00Q\w{15}","true","Ames","Acme"\n"00Q\w{15}","true","Bell","two\nlines"\n$/,
    );
    expect(await file(org, job, 'failedResults')).toBe(
      '"sf__Id","sf__Error","LastName","Company"\n' +
        '"","REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --","","Acme"\n',
    );
    expect(await file(org, job, 'unprocessedrecords')).toBe('"LastName","Company"\n');
  });

  it('updates by Id, leaves empty cells alone and empties #N/A', async () => {
    await using org = await startTestOrg();
    const lead = { LastName: 'Ames', Company: 'Acme', Title: 'CEO', City: 'Rome' };
    const { id } = await org.connection.sobject('Lead').create(lead);
    await ingest(org, { object: 'Lead', operation: 'update' }, `Id,Title,City,Company\n${id},,#N/A,Other\n`);
    expect(await org.connection.sobject('Lead').retrieve(String(id))).toMatchObject({
      Title: 'CEO',
      City: null,
      Company: 'Other',
    });
    const removed = await ingest(org, { object: 'Lead', operation: 'delete' }, `Id\n${id}\n${id}\n`);
    expect(removed).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
  });

  it('takes other delimiters and line endings, and refuses them where they were not agreed', async () => {
    await using org = await startTestOrg();
    const format = { columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' };
    const job = { object: 'Lead', operation: 'insert' };
    expect(await ingest(org, { ...job, ...format }, 'LastName;Company\r\nAmes;Acme\r\n')).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 1,
    });
    expect(await ingest(org, job, 'LastName,Company\r\nAmes,Acme\r\n')).toMatchObject({
      state: 'Failed',
      errorMessage: 'LineEnding is invalid on user data. Current LineEnding setting is LF',
    });
  });

  it('fails a job with an unknown column and writes none of it', async () => {
    await using org = await startTestOrg();
    const job = await ingest(org, { object: 'Lead', operation: 'insert' }, 'LastName,Company,Nope__c\nAmes,Acme,1\n');
    expect(job).toMatchObject({
      state: 'Failed',
      errorMessage: 'InvalidBatch : Field name not found : Nope__c',
      numberRecordsProcessed: 0,
    });
    expect((await org.connection.query('SELECT COUNT() FROM Lead')).totalSize).toBe(0);
    expect(await file(org, job, 'unprocessedrecords')).toBe('LastName,Company,Nope__c\nAmes,Acme,1\n');
  });

  it('fails uploads that are no table of its object as a whole, and gives them back as they came', async () => {
    await using org = await startTestOrg();
    const good = 'LastName,Company\nAmes,Acme\n';
    const cases: readonly [string, string][] = [
      ['', 'The CSV data is empty'],
      [`${good}"Byrd,Acme\nCole,Acme\n`, 'Failed to parse CSV. EOF reached before closing an opened quote'],
      [`${good}"Byrd" B,Acme\n`, 'Failed to parse CSV. Not expecting more text after end quote'],
      [
        `${good}B"yrd,Acme\n`,
        'Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote',
      ],
      [`\uFEFF"LastName",Company\nAmes,Acme\n`, 'Failed to parse CSV. Found unescaped quote. A value with quote'],
      [`${good}Byrd\n`, 'A row has 1 values, but the header names 2 columns: Byrd'],
      ['LastName,Company,lastname\nAmes,Acme,Byrd\n', 'Duplicate field name : lastname'],
    ];
    for (const [csv, why] of cases) {
      const job = await ingest(org, { object: 'Lead', operation: 'insert' }, csv);
      expect({ csv, ...job }).toMatchObject({ csv, state: 'Failed', numberRecordsProcessed: 0 });
      expect(job.errorMessage).toContain(`InvalidBatch : ${why}`);
      const files = ['successfulResults', 'failedResults', 'unprocessedrecords'];
      expect(await Promise.all(files.map((name) => file(org, job, name)))).toEqual(['', '', csv.replace('\uFEFF', '')]);
    }
    expect((await org.connection.query('SELECT COUNT() FROM Lead')).totalSize).toBe(0);
  });

  it('gives back byte for byte what is no text, compressed or not', async () => {
    await using org = await startTestOrg();
    const csv = new Uint8Array(3_000).map((_, i) => (i * 7) % 256);
    const job = await ingest(org, { object: 'Lead', operation: 'insert' }, csv);
    expect(job).toMatchObject({ state: 'Failed', errorMessage: 'InvalidBatch : The CSV data is not valid UTF-8' });
    for (const encoding of ['identity', 'gzip']) {
      const path = `${BASE}/jobs/ingest/${job.id}/unprocessedrecords`;
      const answer = await org.call(path, { headers: { 'accept-encoding': encoding } });
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding);
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(csv);
    }
  });

  it('runs a job through its states only', async () => {
    await using org = await startTestOrg();
    const created = await org.send('POST', 'jobs/ingest', { object: 'Lead', operation: 'insert', lineEnding: 'LF' });
    const { id } = created.body as Job;
    expect(created).toMatchObject({
      status: 200,
      body: { state: 'Open', apiVersion: 68, contentUrl: `services/data/v68.0/jobs/ingest/${id}/batches` },
    });
    const close = (): Promise<unknown> => org.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' });
    expect(await close()).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] });
    expect(await org.send('DELETE', `jobs/ingest/${id}`)).toMatchObject({ status: 400 });
    const aborted = await org.send('PATCH', `jobs/ingest/${id}`, { state: 'Aborted' });
    expect(aborted.body).toMatchObject({ state: 'Aborted' });
    expect((await org.send('DELETE', `jobs/ingest/${id}`)).status).toBe(204);
    expect((await org.send('GET', `jobs/ingest/${id}`)).status).toBe(404);
    const refused = { status: 400 };
    expect(await org.send('POST', 'jobs/ingest', { object: 'Nope', operation: 'insert' })).toMatchObject(refused);
    expect(await org.send('POST', 'jobs/ingest', { object: 'Lead', operation: 'upsert' })).toMatchObject(refused);
    expect(await org.send('POST', 'jobs/ingest', { object: 'Lead', operation: 'hardDelete' })).toMatchObject(refused);
  });
});

describe('Bulk 2.0 over a restart', () => {
  it('goes on where the org stopped, and writes every row once', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'accord-bulk-'));
    try {
      const rows = Array.from({ length: 5_000 }, (_, i) => `L${i},Acme`);
      let id = '';
      {
        await using org = await startTestOrg({ dataDir });
        ({ id } = (await org.send('POST', 'jobs/ingest', { object: 'Lead', operation: 'insert' })).body as Job);
        const body = `LastName,Company\n${rows.join('\n')}\n`;
        const headers = { 'content-type': 'text/csv' };
        await org.call(`${BASE}/jobs/ingest/${id}/batches`, { method: 'PUT', body, headers });
        await org.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' });
      }
      await using org = await startTestOrg({ dataDir });
      expect(await finish(org, 'ingest', id)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 5_000 });
      const leads = await org.connection.query('SELECT COUNT(Id) rows, COUNT_DISTINCT(LastName) names FROM Lead');
      expect(leads.records[0]).toMatchObject({ rows: 5_000, names: 5_000 });
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});

describe('Bulk 2.0 query', () => {
  it('serves several pages, names the next one and ends with the literal null', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 250);
    await org.send('POST', '/services/embedded/config', { bulkPageSize: 100 });
    const job = await query(org, 'SELECT LastName, Owner.Username FROM Lead ORDER BY LastName');
    expect(job).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 250 });
    const pages: { rows: string | null; text: string }[] = [];
    for (let locator: string | null = ''; locator !== 'null';) {
      const path = `${BASE}/jobs/query/${job.id}/results${locator ? `?locator=${locator}` : ''}`;
      const answer: Response = await org.call(path);
      expect(answer.headers.get('content-type')).toContain('text/csv');
      pages.push({ rows: answer.headers.get('sforce-numberofrecords'), text: await answer.text() });
      locator = answer.headers.get('sforce-locator');
    }
    expect(pages.map((page) => page.rows)).toEqual(['100', '100', '50']);
    expect(pages.every((page) => page.text.startsWith('"LastName","Owner.Username"\n'))).toBe(true);
    const rows = pages.flatMap((page) => page.text.trim().split('\n').slice(1));
    expect(rows).toEqual(
      Array.from({ length: 250 }, (_, i) => `"L${String(i).padStart(3, '0')}","admin@accord.example"`),
    );
  });

  it('serves a small result in several pages unless told otherwise, and makes them larger the further it goes', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 2_500);
    const { id } = await query(org, 'SELECT Id FROM Lead');
    const sizes: string[] = [];
    for (let locator: string | null = ''; locator !== 'null';) {
      const path = `${BASE}/jobs/query/${id}/results?maxRecords=50000${locator ? `&locator=${locator}` : ''}`;
      const answer: Response = await org.call(path);
      sizes.push(answer.headers.get('sforce-numberofrecords') ?? '');
      locator = answer.headers.get('sforce-locator');
      await answer.text();
    }
    expect(sizes).toEqual(['500', '500', '1000', '500']);
  });

  it('cuts pages as maxRecords says and keeps what it read although records change', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 3);
    const job = await query(org, 'SELECT LastName FROM Lead ORDER BY LastName');
    await org.connection.sobject('Lead').create({ LastName: 'New', Company: 'Acme' });
    const first = await org.call(`${BASE}/jobs/query/${job.id}/results?maxRecords=2`);
    expect(await first.text()).toBe('"LastName"\n"L000"\n"L001"\n');
    const locator = first.headers.get('sforce-locator');
    const second = await org.call(`${BASE}/jobs/query/${job.id}/results?maxRecords=2&locator=${locator}`);
    expect([await second.text(), second.headers.get('sforce-locator')]).toEqual(['"LastName"\n"L002"\n', 'null']);
  });

  it('answers an empty result with its header', async () => {
    await using org = await startTestOrg();
    const job = await query(org, 'SELECT Id, Company FROM Lead');
    const answer = await org.call(`${BASE}/jobs/query/${job.id}/results`);
    expect(await answer.text()).toBe('"Id","Company"\n');
    expect([answer.headers.get('sforce-locator'), answer.headers.get('sforce-numberofrecords')]).toEqual(['null', '0']);
  });

  it('gives results only to the job’s own API version', async () => {
    await using org = await startTestOrg();
    const job = await query(org, 'SELECT Id FROM Lead');
    expect((await org.call(`/services/data/v67.0/jobs/query/${job.id}/results`)).status).toBe(409);
  });

  it('refuses what is no flat query of this org', async () => {
    await using org = await startTestOrg();
    const ask = async (soql: string): Promise<unknown> =>
      ((await org.send('POST', 'jobs/query', { operation: 'query', query: soql })).body as { errorCode: string }[])[0]
        ?.errorCode;
    expect(await ask('SELECT Foo FROM Lead')).toBe('INVALID_FIELD');
    expect(await ask('SELECT FROM Lead')).toBe('MALFORMED_QUERY');
    expect(await ask('SELECT COUNT(Id) FROM Lead')).toBe('API_ERROR');
    expect(await ask('SELECT Id, (SELECT Id FROM Contacts) FROM Account')).toBe('API_ERROR');
  });
});
