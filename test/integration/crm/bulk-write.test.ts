import { expect, it } from 'vitest';
import type { CrmRecord, WriteRequest, WriteResult } from '../../../src/app/ports.ts';
import { connect } from '../../../src/crm/connect.ts';
import { inTurn, on, type Route, type ScriptedOrg, startScriptedOrg } from './scripted-org.ts';

type Row = Readonly<Record<string, string>>;
type Verdict = { readonly id: string } | { readonly error: string } | 'untried';
type Job = { readonly body: Record<string, string>; rows: Row[]; columns: string[]; bytes: number };

/** An ingest endpoint that decides row by row and gives results back in reverse, since files keep no order. */
function ingest(judge: (row: Row, index: number) => Verdict): { readonly routes: Route[]; readonly jobs: Job[] } {
  const jobs: Job[] = [];
  const jobOf = (path: string): Job => jobs[Number(/ingest\/(\d+)/.exec(path)?.[1])] as Job;
  const file = (job: Job, first: string, pick: (verdict: Verdict) => string | undefined): string => {
    const lines = job.rows.flatMap((row, index) => {
      const cell = pick(judge(row, index));
      return cell === undefined
        ? []
        : [cell + job.columns.map((name) => `,"${(row[name] ?? '').replaceAll('"', '""')}"`).join('')];
    });
    return [`${first},${job.columns.map((name) => `"${name}"`).join(',')}`, ...lines.toReversed(), ''].join('\n');
  };
  const routes: Route[] = [
    on('POST', /\/jobs\/ingest$/, ({ body }) => {
      jobs.push({ body: JSON.parse(body), rows: [], columns: [], bytes: 0 });
      return { body: { id: String(jobs.length - 1), state: 'Open' } };
    }),
    on('PUT', /\/batches$/, ({ path, body }) => {
      const [header = [], ...rows] = parse(body);
      Object.assign(jobOf(path), {
        columns: header,
        bytes: Buffer.byteLength(body),
        rows: rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]]))),
      });
      return { status: 201 };
    }),
    on('PATCH', /\/ingest\/\d+$/, { body: {} }),
    on('GET', /\/ingest\/\d+$/, { body: { state: 'JobComplete' } }),
    on('DELETE', /\/ingest\/\d+$/, { status: 204 }),
    on('GET', /\/successfulResults$/, ({ path }) => ({
      body: file(jobOf(path), '"sf__Id","sf__Created"', (verdict) =>
        typeof verdict === 'object' && 'id' in verdict ? `"${verdict.id}","true"` : undefined,
      ),
    })),
    on('GET', /\/failedResults$/, ({ path }) => ({
      body: file(jobOf(path), '"sf__Id","sf__Error"', (verdict) =>
        typeof verdict === 'object' && 'error' in verdict ? `"","${verdict.error}"` : undefined,
      ),
    })),
    on('GET', /\/unprocessedrecords$/, ({ path }) => ({
      body: file(jobOf(path), '"sf__x"', (verdict) => (verdict === 'untried' ? '""' : undefined)),
    })),
  ];
  return { routes, jobs };
}

/** Every cell is quoted and none holds a line end in these tests. */
const parse = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .slice(1, -1)
        .split('","')
        .map((cell) => cell.replaceAll('""', '"')),
    );

const write = async (
  org: ScriptedOrg,
  request: WriteRequest,
  uploadBytes = 90_000_000,
): Promise<readonly WriteResult[]> => {
  const options = { firstPause: 1, bulkThreshold: 2, uploadBytes };
  return (await connect({ instanceUrl: org.instanceUrl, accessToken: 'token' }, options)).write(request);
};
const insert = (records: readonly CrmRecord[]): WriteRequest => ({ kind: 'insert', object: 'Lead', records });

it('finds the outcome of each inserted row though the files keep no order, equal rows included', async () => {
  const { routes } = ingest((row, index) =>
    row['Name'] === 'bad'
      ? { error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Company]:Company --' }
      : { id: `row ${index}` },
  );
  await using org = await startScriptedOrg(...routes);
  const names = ['a', 'twin', 'bad', 'twin', 'says "hi", and goes'];
  const results = await write(org, insert(names.map((Name) => ({ Name, Rating: null }))));
  expect(results.map((each) => (each.success ? each.id : each.reason))).toEqual([
    'row 0',
    'row 3',
    'Required fields are missing: [Company] (REQUIRED_FIELD_MISSING)',
    'row 1',
    'row 4',
  ]);
  expect(results[2]).toMatchObject({ code: 'invalid', fields: ['Company'] });
});

it('writes blank as #N/A, and leaves fields alone that a record does not name', async () => {
  const { routes, jobs } = ingest((row) => ({ id: row['Id'] ?? '' }));
  await using org = await startScriptedOrg(...routes);
  const records = [
    { Id: '1', Rating: null },
    { Id: '2', Company: 'C' },
    { Id: '3', Rating: true },
  ];
  await write(org, { kind: 'update', object: 'Lead', records });
  expect(jobs[0]?.body).toMatchObject({ operation: 'update', object: 'Lead', lineEnding: 'LF' });
  expect(jobs[0]?.rows).toEqual([
    { Id: '1', Rating: '#N/A', Company: '' },
    { Id: '2', Rating: '', Company: 'C' },
    { Id: '3', Rating: 'true', Company: '' },
  ]);
});

it('cuts an upload that is too large into several jobs and keeps the order of the results', async () => {
  const { routes, jobs } = ingest((row) => ({ id: row['Key__c'] ?? '' }));
  await using org = await startScriptedOrg(...routes);
  const records = Array.from({ length: 50 }, (_, n) => ({ Key__c: `key ${n}` }));
  const results = await write(org, { kind: 'upsert', object: 'State__c', key: 'Key__c', records }, 200);
  expect(results.map((each) => each.success && each.id)).toEqual(records.map((record) => record.Key__c));
  expect(jobs.length).toBeGreaterThan(2);
  expect(Math.max(...jobs.map((job) => job.bytes))).toBeLessThanOrEqual(200);
  expect(jobs[0]?.body).toMatchObject({ externalIdFieldName: 'Key__c' });
});

it('sends locked rows again, and reports rows that were never tried as retryable', async () => {
  let locked = true;
  const { routes } = ingest((row) => {
    if (row['Id'] === '2' && locked)
      return { error: 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--' };
    return row['Id'] === '3' ? 'untried' : { id: row['Id'] ?? '' };
  });
  const unlock: Route = ({ path }) => {
    if (path.endsWith('/composite/sobjects')) locked = false;
    return undefined;
  };
  const answer = on('PATCH', /\/composite\/sobjects$/, { body: [{ id: '2', success: true, errors: [] }] });
  await using org = await startScriptedOrg(unlock, answer, ...routes);
  const results = await write(org, {
    kind: 'update',
    object: 'Lead',
    records: ['1', '2', '3'].map((Id) => ({ Id, Rating: 'Hot' })),
  });
  expect(results).toMatchObject([
    { success: true, id: '1' },
    { success: true, id: '2' },
    { success: false, code: 'retryable' },
  ]);
});

it('throws away the job when its upload fails, since nothing was written', async () => {
  const { routes } = ingest(() => ({ id: 'never' }));
  const refused = on('PUT', /\/batches$/, {
    status: 400,
    body: [{ errorCode: 'INVALIDJOBSTATE', message: 'not open' }],
  });
  await using org = await startScriptedOrg(refused, ...routes);
  await expect(write(org, insert([{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }]))).rejects.toMatchObject({
    code: 'invalid',
  });
  expect(org.callsTo('DELETE')).toHaveLength(1);
});

it('says which rows the org never got when a later upload fails, and keeps the outcomes of the earlier ones', async () => {
  const { routes, jobs } = ingest((row) => ({ id: row['Key__c'] ?? '' }));
  const expired = on('POST', /\/jobs\/ingest$/, () =>
    jobs.length > 0
      ? { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }] }
      : undefined,
  );
  await using org = await startScriptedOrg(expired, ...routes);
  const records = Array.from({ length: 50 }, (_, n) => ({ Key__c: `key ${n}` }));
  const results = await write(org, { kind: 'upsert', object: 'State__c', key: 'Key__c', records }, 200);
  const written = results.filter((each) => each.success).length;
  expect(written).toBe(jobs[0]?.rows.length);
  expect(results.slice(written).every((each) => !each.success && each.unsent && each.code === 'reauthorize')).toBe(
    true,
  );
});

it('reads the results of a job whose start was answered too late, and was refused when it was repeated', async () => {
  const { routes } = ingest((_, index) => ({ id: `row ${index}` }));
  const started = inTurn(
    { status: 503, body: 'gone' },
    { status: 400, body: [{ errorCode: 'INVALIDJOBSTATE', message: 'Job is already complete' }] },
  );
  await using org = await startScriptedOrg(on('PATCH', /\/ingest\/\d+$/, started), ...routes);
  const results = await write(org, insert([{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }]));
  expect(results.map((each) => each.success && each.id)).toEqual(['row 0', 'row 1', 'row 2']);
});

it('throws the job away when it could not be started, and the failure with it', async () => {
  const { routes } = ingest(() => ({ id: 'never' }));
  const refused = { status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'Limit exceeded' }] };
  const open = { body: { state: 'Open' } };
  const state = [on('PATCH', /\/ingest\/\d+$/, refused), on('GET', /\/ingest\/\d+$/, open)];
  await using org = await startScriptedOrg(...state, ...routes);
  await expect(write(org, insert([{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }]))).rejects.toMatchObject({
    code: 'limit',
  });
});

it('never calls inserts unsent whose job ran on while its answers were lost', async () => {
  const { routes } = ingest(() => ({ id: 'unseen' }));
  const lost = on('GET', /\/successfulResults$/, { status: 400, body: [{ errorCode: 'NO_SUCH', message: 'gone' }] });
  await using org = await startScriptedOrg(lost, ...routes);
  const results = await write(org, insert([{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }]));
  expect(results).toHaveLength(3);
  for (const each of results) {
    expect(each).toMatchObject({ code: 'conflict', reason: expect.stringContaining('not known') as string });
    expect(each).not.toHaveProperty('unsent');
  }
});
