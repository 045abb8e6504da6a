import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { BulkContext } from '../../../../src/embedded-org/wire/bulk/bulk-context.ts';
import type { IngestJob, QueryJob } from '../../../../src/embedded-org/wire/bulk/bulk-job.ts';
import { BulkRunner } from '../../../../src/embedded-org/wire/bulk/bulk-runner.ts';
import { JobStore } from '../../../../src/embedded-org/wire/bulk/job-store.ts';
import { runIngest } from '../../../../src/embedded-org/wire/bulk/run-ingest.ts';
import { runQueryJob } from '../../../../src/embedded-org/wire/bulk/run-query-job.ts';
import { OrgLimits } from '../../../../src/embedded-org/http/org-limits.ts';
import { BASE, startTestOrg, type TestOrg } from './running-org.ts';

const WRITE = { allOrNone: true, autoAssign: false, apiVersion: 68 };
const CSV = 'LastName,Company\nAmes,Acme\n';

type Stage = AsyncDisposable & { readonly org: TestOrg; readonly dataDir: string; readonly context: BulkContext };

/** An org whose jobs a test runs itself, so that it can act at a certain step of them. */
async function stage(): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'accord-races-'));
  const org = await startTestOrg({ dataDir });
  const jobs = new JobStore(org.org.core.db, join(dataDir, 'spool'));
  const signal = new AbortController().signal;
  return {
    org,
    dataDir,
    context: { org: org.org, jobs, signal, countBatch: () => {} },
    [Symbol.asyncDispose]: async () => {
      try {
        await org[Symbol.asyncDispose]();
      } finally {
        rmSync(dataDir, { recursive: true });
      }
    },
  };
}

const common = (org: TestOrg) => ({
  object: 'Lead',
  createdById: org.org.findUserByUsername('admin@accord.example')!.userId,
  createdAt: org.org.core.clock.stamp(),
  modifiedAt: org.org.core.clock.stamp(),
  apiVersion: 68,
  columnDelimiter: 'COMMA' as const,
  lineEnding: 'LF' as const,
  state: 'UploadComplete' as const,
  columns: [],
  processed: 0,
  millisecondsSpent: 0,
});

function addIngest({ org, context }: Stage, rows: number): IngestJob {
  const job = context.jobs.add<IngestJob>({
    ...common(org),
    kind: 'ingest',
    operation: 'insert',
    uploaded: true,
    failed: 0,
  });
  const lines = Array.from({ length: rows }, (_, i) => `L${i},Acme\n`);
  writeFileSync(context.jobs.uploadPath(job.id), `LastName,Company\n${lines.join('')}`);
  return job;
}

function abort({ jobs }: BulkContext, id: string): void {
  expect(jobs.change(jobs.find(id)!, { state: 'Aborted' })?.state).toBe('Aborted');
}

const countLeads = async (org: TestOrg): Promise<number> =>
  (await org.connection.query('SELECT COUNT() FROM Lead')).totalSize;

const openJob = async (org: TestOrg): Promise<string> =>
  ((await org.send('POST', 'jobs/ingest', { object: 'Lead', operation: 'insert' })).body as { id: string }).id;

const put = async (org: TestOrg, id: string, body: string | Uint8Array<ArrayBuffer>, headers = {}): Promise<number> => {
  const init = { method: 'PUT', body, headers: { 'content-type': 'text/csv', ...headers } };
  return (await org.call(`${BASE}/jobs/ingest/${id}/batches`, init)).status;
};

const uploadsUnderWay = ({ dataDir }: Stage): number =>
  readdirSync(join(dataDir, 'spool')).filter((name) => name.endsWith('.part')).length;

/** Begins an upload and waits until the org has a file for it. */
async function beginUpload(at: Stage, id: string, first: string | Uint8Array, headers = {}): Promise<ClientRequest> {
  const before = uploadsUnderWay(at);
  const upload = request(`${at.org.instanceUrl}${BASE}/jobs/ingest/${id}/batches`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${at.org.accessToken}`, 'content-type': 'text/csv', ...headers },
  });
  upload.on('error', () => {});
  upload.write(first);
  await vi.waitFor(() => expect(uploadsUnderWay(at)).toBe(before + 1));
  return upload;
}

const endUpload = (upload: ClientRequest, rest: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    upload.on('response', (response) => resolve(response.resume().statusCode));
    upload.end(rest);
  });

describe('a bulk query', () => {
  it('has every row that is left when one is removed for good while it runs', async () => {
    await using at = await stage();
    const { org, context } = at;
    const rows = Array.from({ length: 2_100 }, (_, i) => ({ LastName: `L${i}`, Company: 'Acme' }));
    const [removed] = org.org.insert(org.org.system(), 'Lead', rows, WRITE);
    const job = context.jobs.add<QueryJob>({
      ...common(org),
      kind: 'query',
      operation: 'query',
      query: 'SELECT LastName FROM Lead',
    });
    const running = runQueryJob(context, job);
    org.org.hardDelete(org.org.system(), [String(removed?.id)], WRITE);
    await running;
    expect(context.jobs.find(job.id)).toMatchObject({ state: 'JobComplete', processed: 2_099 });
    expect(readFileSync(context.jobs.resultPath(job.id), 'utf8').trimEnd().split('\n')).toHaveLength(2_099);
  });

  it('stays aborted when that comes while it runs', async () => {
    await using at = await stage();
    const job = at.context.jobs.add<QueryJob>({
      ...common(at.org),
      kind: 'query',
      operation: 'query',
      query: 'SELECT Id FROM Lead',
    });
    const running = runQueryJob(at.context, job);
    abort(at.context, job.id);
    await running;
    expect(at.context.jobs.find(job.id)?.state).toBe('Aborted');
  });
});

describe('a bulk ingest job that is aborted', () => {
  it('writes nothing when it has not begun to', async () => {
    await using at = await stage();
    const job = addIngest(at, 10);
    const running = runIngest(at.context, job);
    abort(at.context, job.id);
    await running;
    expect(at.context.jobs.find(job.id)).toMatchObject({ state: 'Aborted', processed: 0 });
    expect(await countLeads(at.org)).toBe(0);
  });

  it('keeps what it has written, writes no more and says how much that was', async () => {
    await using at = await stage();
    const job = addIngest(at, 4_000);
    const running = runIngest(at.context, job);
    while (at.context.jobs.find(job.id)?.processed === 0) await setImmediate();
    const written = at.context.jobs.find(job.id)?.processed;
    abort(at.context, job.id);
    await running;
    expect(at.context.jobs.find(job.id)).toMatchObject({ state: 'Aborted', processed: written });
    expect(await countLeads(at.org)).toBe(written);
  });
});

describe('a bulk job that fails and whose end cannot be saved', () => {
  it('does not keep those behind it from running, and goes on after a restart', async () => {
    await using at = await stage();
    const { org, context } = at;
    const faults: unknown[] = [];
    const start = (): BulkRunner =>
      new BulkRunner(org.org, context.jobs, new OrgLimits(org.org.core.clock), (error) => faults.push(error));
    const [first, second] = [addIngest(at, 10), addIngest(at, 5)];
    org.org.core.db.exec(`create trigger full before update on wire_bulk_job when old.id = '${first.id}'
      begin select raise(abort, 'disk full'); end`);
    const runner = start();
    runner.resume();
    await vi.waitFor(() => expect(context.jobs.find(second.id)?.state).toBe('JobComplete'));
    expect(faults.map(String)).toEqual(['Error: disk full', 'Error: disk full']);
    expect(await countLeads(org)).toBe(5);
    await runner.close();
    org.org.core.db.exec('drop trigger full');
    const again = start();
    again.resume();
    await vi.waitFor(() => expect(context.jobs.find(first.id)?.state).toBe('JobComplete'));
    expect(await countLeads(org)).toBe(15);
    await again.close();
  });
});

describe('an upload', () => {
  it('that ends after another one is refused and changes nothing', async () => {
    await using at = await stage();
    const id = await openJob(at.org);
    const late = await beginUpload(at, id, 'LastName,Company\nLate,Acme\n');
    expect(await put(at.org, id, CSV)).toBe(201);
    expect((await at.org.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' })).status).toBe(200);
    await vi.waitFor(async () => {
      expect((await at.org.send('GET', `jobs/ingest/${id}`)).body).toMatchObject({ state: 'JobComplete' });
    });
    expect(await endUpload(late, 'Later,Acme\n')).toBe(400);
    expect((await at.org.send('GET', `jobs/ingest/${id}`)).body).toMatchObject({ state: 'JobComplete' });
    expect(readFileSync(at.context.jobs.uploadPath(id), 'utf8')).toBe(CSV);
    expect(uploadsUnderWay(at)).toBe(0);
  });

  it('of a job that was aborted and deleted meanwhile leaves nothing behind', async () => {
    await using at = await stage();
    const id = await openJob(at.org);
    const late = await beginUpload(at, id, CSV);
    await at.org.send('PATCH', `jobs/ingest/${id}`, { state: 'Aborted' });
    await at.org.send('DELETE', `jobs/ingest/${id}`);
    expect(await endUpload(late, '')).toBe(404);
    expect(readdirSync(join(at.dataDir, 'spool'))).toEqual([]);
  });

  it.each([
    ['plain', CSV, {}],
    ['compressed', gzipSync(CSV).subarray(0, 25), { 'content-encoding': 'gzip' }],
  ])('that is cut off, %s, gives its file free and is no fault of the org', async (_how, part, headers) => {
    await using at = await stage();
    const id = await openJob(at.org);
    const upload = await beginUpload(at, id, part, headers);
    upload.destroy();
    await vi.waitFor(() => expect(uploadsUnderWay(at)).toBe(0));
    expect(await put(at.org, id, CSV)).toBe(201);
    expect(at.org.faults).toEqual([]);
  });

  it('that is not the compressed data it claims to be is refused', async () => {
    await using at = await stage();
    const id = await openJob(at.org);
    const encoding = { 'content-encoding': 'gzip' };
    expect(await put(at.org, id, CSV, encoding)).toBe(400);
    expect(await put(at.org, id, gzipSync(CSV), encoding)).toBe(201);
  });
});
