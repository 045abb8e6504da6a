import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningOrg, startOrg } from '../../src/embedded-org/start-org.ts';
import { OrgClient } from '../support/org-client.ts';
import { SfCli } from '../support/sf-cli.ts';

type Rows = { totalSize: number; done: boolean; records: Record<string, unknown>[] };

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

const query = (soql: string, ...more: readonly string[]): Promise<Rows> =>
  sf.result<Rows>(['data', 'query', '-q', soql, ...more]);

describe('sf data query', () => {
  beforeAll(async () => {
    const acme = await client.create('Account', { Name: 'Acme, Ltd', Industry: 'Banking' });
    await client.create('Account', { Name: 'Borealis', Industry: 'Energy' });
    await client.create('Contact', { LastName: 'Ames', AccountId: acme, Email: 'ames@acme.example' });
    await client.create('Contact', { LastName: 'Bell', AccountId: acme });
    await client.delete('Contact', await client.create('Contact', { LastName: 'Gone', AccountId: acme }));
  });

  it('prints rows with parents and children, also as csv', async () => {
    const soql =
      'SELECT Name, Owner.Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name';
    const csv = ['data', 'query', '-q', 'SELECT LastName, Account.Name FROM Contact', '--result-format', 'csv'];
    const [rows, flat] = await Promise.all([query(soql), sf.run(csv)]);
    expect(rows.records).toMatchObject([
      {
        Name: 'Acme, Ltd',
        Contacts: { totalSize: 2, done: true, records: [{ LastName: 'Ames' }, { LastName: 'Bell' }] },
      },
      { Name: 'Borealis', Contacts: null },
    ]);
    const [head, ...lines] = flat.stdout.trim().split('\n');
    expect([flat.code, head]).toEqual([0, 'LastName,Account.Name']);
    expect(lines.toSorted()).toEqual(['Ames,"Acme, Ltd"', 'Bell,"Acme, Ltd"']);
  });

  it('groups and counts, and sees the recycle bin only with --all-rows', async () => {
    const [groups, count, live, all] = await Promise.all([
      query('SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry ORDER BY Industry'),
      sf.run(['data', 'query', '-q', 'SELECT COUNT(Id) FROM Contact', '--result-format', 'csv']),
      query('SELECT Id FROM Contact'),
      query('SELECT Id FROM Contact', '--all-rows'),
    ]);
    expect(groups.records).toMatchObject([
      { Industry: 'Banking', n: 1 },
      { Industry: 'Energy', n: 1 },
    ]);
    expect(count.stdout.trim().split('\n').at(-1)).toBe('2');
    expect([live.totalSize, all.totalSize]).toEqual([2, 3]);
  });

  it('ends with the platform’s words where a field, an object or a whole query is wrong', async () => {
    const ask = (soql: string) => sf.json(['data', 'query', '-q', soql]);
    const [field, object, soql] = await Promise.all([
      ask('SELECT Nme FROM Lead'),
      ask('SELECT Id FROM Leed'),
      ask('SELECT Id FORM Lead'),
    ]);
    expect(field).toMatchObject({ status: 1, name: 'INVALID_FIELD' });
    expect(field.message).toContain("No such column 'Nme' on entity 'Lead'");
    expect(object).toMatchObject({ status: 1, name: 'INVALID_TYPE' });
    expect(soql).toMatchObject({ status: 1, name: 'MALFORMED_QUERY' });
  });
});

describe('sf data record', () => {
  it('creates, reads, changes and deletes one', async () => {
    const on = (verb: string, ...more: readonly string[]) => ['data', verb, 'record', '-s', 'Lead', ...more];
    const { id } = await sf.result<{ id: string }>(on('create', '-v', "LastName='van Dyk' Company=Acme"));
    await sf.result(on('update', '-i', id, '-v', 'Company="Acme & Sons" AnnualRevenue=1500'));
    const byField = await sf.result<Record<string, unknown>>(on('get', '-w', "LastName='van Dyk'"));
    expect(byField).toMatchObject({ Id: id, Company: 'Acme & Sons', AnnualRevenue: 1500 });
    await sf.result(on('delete', '-i', id));
    const gone = await sf.json(on('get', '-i', id));
    expect(gone).toMatchObject({ status: 1, name: 'ENTITY_IS_DELETED' });
  });

  it('names the field that is missing', async () => {
    const refused = await sf.json(['data', 'create', 'record', '-s', 'Lead', '-v', 'Company=Acme']);
    expect(refused).toMatchObject({ status: 1, name: 'REQUIRED_FIELD_MISSING' });
    expect(refused.message).toContain('Required fields are missing: [LastName]');
  });
});

describe('sf data tree', () => {
  it('carries accounts with their contacts from one org to another', async () => {
    const soql = "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Acme, Ltd'";
    await sf.result(['data', 'export', 'tree', '-q', soql, '--plan', '--output-dir', 'tree']);
    const other = await startOrg({ port: 0 });
    try {
      const there = { SF_ORG_INSTANCE_URL: other.instanceUrl, SF_TARGET_ORG: other.accessToken };
      const plan = JSON.parse(readFileSync(join(sf.folder, 'tree', 'Account-Contact-plan.json'), 'utf8')) as unknown[];
      expect(plan).toHaveLength(2);
      await sf.result(['data', 'import', 'tree', '--plan', join('tree', 'Account-Contact-plan.json')], there);
      const rows = await OrgClient.withToken(other.instanceUrl, other.accessToken).query<{ LastName: string }>(
        "SELECT LastName FROM Contact WHERE Account.Name = 'Acme, Ltd' ORDER BY LastName",
      );
      expect(rows.map((row) => row.LastName)).toEqual(['Ames', 'Bell']);
    } finally {
      await other.close();
    }
  });

  it('imports nothing of a file with a wrong record', async () => {
    const records = [
      { attributes: { type: 'Lead', referenceId: 'one' }, LastName: 'Tree', Company: 'Acme' },
      { attributes: { type: 'Lead', referenceId: 'two' }, Company: 'Acme' },
    ];
    writeFileSync(join(sf.folder, 'leads.json'), JSON.stringify({ records }));
    const refused = await sf.json(['data', 'import', 'tree', '--files', 'leads.json']);
    expect(refused.status).toBe(1);
    expect(JSON.stringify(refused)).toContain('REQUIRED_FIELD_MISSING');
    expect(await client.query("SELECT Id FROM Lead WHERE LastName = 'Tree'")).toEqual([]);
  });
});
