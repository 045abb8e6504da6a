import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningOrg, startOrg } from '../../src/embedded-org/start-org.ts';
import { OrgClient } from '../support/org-client.ts';
import { SfCli } from '../support/sf-cli.ts';

type Job = { jobId: string; processedRecords: number; successfulRecords: number; failedRecords: number };

const ROWS = 1_200;

let org: RunningOrg;
let sf: SfCli;
let client: OrgClient;

beforeAll(async () => {
  org = await startOrg({ port: 0 });
  sf = new SfCli({ SF_ORG_INSTANCE_URL: org.instanceUrl, SF_TARGET_ORG: org.accessToken });
  client = OrgClient.withToken(org.instanceUrl, org.accessToken);
});

afterAll(async () => {
  await org?.close();
  sf?.dispose();
});

function writeCsv(name: string, lines: readonly string[]): void {
  writeFileSync(join(sf.folder, name), `${lines.join('\n')}\n`);
}

const bulk = (verb: string, file: string, ...more: readonly string[]): string[] => [
  'data',
  verb,
  'bulk',
  '--file',
  file,
  '--sobject',
  'Lead',
  '--wait',
  '2',
  '--line-ending',
  'LF',
  ...more,
];

const readCsv = (name: string): string[] => readFileSync(join(sf.folder, name), 'utf8').trim().split('\n');

// One story: what the first command writes, the next ones change.
describe('sf data … bulk', () => {
  it('imports a file', async () => {
    const rows = Array.from({ length: ROWS }, (_, i) => `Lead ${i},"Acme, Ltd",${i}`);
    writeCsv('leads.csv', ['LastName,Company,NumberOfEmployees', ...rows]);
    const job = await sf.result<Job>(bulk('import', 'leads.csv'));
    expect(job).toMatchObject({ processedRecords: ROWS, successfulRecords: ROWS, failedRecords: 0 });
    expect(await client.query('SELECT COUNT(Id) n FROM Lead')).toMatchObject([{ n: ROWS }]);
  });

  it('exports every page of a query once, as csv and as json', async () => {
    await client.request('POST', '/services/embedded/config', { bulkPageSize: 500 });
    const soql = 'SELECT Id, LastName, Company, NumberOfEmployees FROM Lead ORDER BY NumberOfEmployees';
    const out = (file: string, format: string): string[] => {
      const target = ['--output-file', file, '--result-format', format];
      return ['data', 'export', 'bulk', '-q', soql, '--wait', '2', ...target];
    };
    await Promise.all([sf.result(out('all.csv', 'csv')), sf.result(out('all.json', 'json'))]);
    const [head, ...lines] = readCsv('all.csv');
    expect(head).toBe('"Id","LastName","Company","NumberOfEmployees"');
    expect(lines.map((line) => /"Lead (\d+)"/.exec(line)?.[1])).toEqual(
      Array.from({ length: ROWS }, (_, i) => String(i)),
    );
    expect(JSON.parse(readFileSync(join(sf.folder, 'all.json'), 'utf8'))).toHaveLength(ROWS);
  });

  it('updates and upserts by id, and tells which rows failed and why', async () => {
    const ids = readCsv('all.csv')
      .slice(1, 5)
      .map((line) => line.slice(1, 19));
    writeCsv('update.csv', ['Id,Company', `${ids[0]},Borealis`, `${ids[1]},${'x'.repeat(256)}`]);
    const failed = await sf.json(bulk('update', 'update.csv'));
    expect(failed.status).not.toBe(0);
    writeCsv('upsert.csv', ['Id,Company', `${ids[2]},Corvus`, `${ids[3]},Corvus`]);
    const upserted = await sf.result<Job>(bulk('upsert', 'upsert.csv', '--external-id', 'Id'));
    expect(upserted).toMatchObject({ jobInfo: { numberRecordsProcessed: 2, numberRecordsFailed: 0 } });
    const rows = await client.query<{ Company: string; n: number }>(
      "SELECT Company, COUNT(Id) n FROM Lead WHERE Company != 'Acme, Ltd' GROUP BY Company ORDER BY Company",
    );
    expect(rows).toMatchObject([
      { Company: 'Borealis', n: 1 },
      { Company: 'Corvus', n: 2 },
    ]);
    const jobId = /750\w{15}/.exec(JSON.stringify(failed))?.[0] ?? '';
    await sf.result(['data', 'bulk', 'results', '--job-id', jobId]);
    const results = readCsv(`${jobId}-failed-records.csv`);
    expect(results[1]).toMatch(/^"00Q\w{15}","STRING_TOO_LONG:.+:Company --"/);
  });

  it('deletes by id and refuses to delete for good without the permission', async () => {
    const ids = readCsv('all.csv')
      .slice(1, 101)
      .map((line) => line.slice(1, 19));
    writeCsv('delete.csv', ['Id', ...ids]);
    const refused = await sf.json(bulk('delete', 'delete.csv', '--hard-delete'));
    expect(refused.status).not.toBe(0);
    expect(await client.query('SELECT COUNT(Id) n FROM Lead')).toMatchObject([{ n: ROWS }]);
    await sf.result(bulk('delete', 'delete.csv'));
    expect(await client.query('SELECT COUNT(Id) n FROM Lead')).toMatchObject([{ n: ROWS - 100 }]);
  });

  it('says that a column does not exist', async () => {
    writeCsv('wrong.csv', ['LastName,Company,Nowhere__c', 'Ames,Acme,1']);
    const refused = await sf.json(bulk('import', 'wrong.csv'));
    expect(refused.status).not.toBe(0);
    expect(refused.message).toContain('InvalidBatch : Field name not found : Nowhere__c');
  });
});
