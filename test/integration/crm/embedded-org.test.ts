import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Crm, CrmValue } from '../../../src/app/ports.ts';
import { rowCount, unpackRows } from '../../../src/app/ports/packed-rows.ts';
import { connect } from '../../../src/crm/connect.ts';
import { type RunningOrg, startOrg } from '../../../src/embedded-org/start-org.ts';
import { openStore } from '../../../src/store/open-store.ts';

let org: RunningOrg;
let crm: Crm;

beforeAll(async () => {
  org = await startOrg({ port: 0 });
  const options = { firstPause: 5, bulkThreshold: 400, bulkPageRows: 700, batchRows: 100 };
  crm = await connect({ instanceUrl: org.instanceUrl, accessToken: org.accessToken }, options);
});
afterAll(() => org.close());

const lead = (n: number, more: Record<string, CrmValue> = {}): Record<string, CrmValue> => ({
  LastName: `Lead ${n}`,
  Company: `Company "${n}", Ltd`,
  Description: n % 3 === 0 ? null : 'two\nlines, and a comma',
  NumberOfEmployees: n,
  ...more,
});
const leads = (from: number, to: number): Record<string, CrmValue>[] =>
  Array.from({ length: to - from }, (_, index) => lead(from + index));

it('knows who is signed in, and what they may see', async () => {
  expect(await crm.whoAmI()).toMatchObject({ username: org.username, instanceUrl: org.instanceUrl });
  const described = await crm.describe('Lead');
  expect(described?.fields.find((field) => field.name === 'NumberOfEmployees')).toMatchObject({
    type: 'int',
    custom: false,
  });
  expect(await crm.describe('Accord_Nothing__c')).toBeUndefined();
});

it('brings what it wrote into the store, through several pages, as it was', async () => {
  const few = await crm.write({ kind: 'insert', object: 'Lead', records: leads(0, 300) });
  const many = await crm.write({ kind: 'insert', object: 'Lead', records: leads(300, 2_000) });
  const written = [...few, ...many].map((result) => (result.success ? result.id : result.reason));
  expect(new Set(written).size).toBe(2_000);

  const fields = ['Id', 'LastName', 'Company', 'Description', 'NumberOfEmployees', 'IsConverted', 'CreatedDate'];
  const store = await openStore(':memory:');
  await store.mirror.prepare('Lead', fields);
  await store.mirror.beginSweep('Lead');
  for await (const page of crm.extract({ object: 'Lead', fields, where: "LastName LIKE 'Lead %'" })) {
    expect(rowCount(page.rows)).toBeLessThanOrEqual(700);
    await store.mirror.save('Lead', page.columns, page.rows);
  }
  expect(await store.mirror.endSweep('Lead')).toEqual([]);
  const held = await store.mirror.get('Lead', written);
  expect(held).toHaveLength(2_000);
  const byId = new Map(held.map((record) => [record['Id'], record]));
  written.forEach((id, n) => expect(byId.get(id)).toMatchObject({ ...lead(n), IsConverted: false }));
  expect(held[0]?.['CreatedDate']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  await store.close();
});

it('polls every change once, whatever the size of the pages, though all share a few stamps', async () => {
  const seen: CrmValue[] = [];
  let after = { modstamp: '2000-01-01T00:00:00.000Z', lastId: '' };
  for (let done = false; !done;) {
    const [page] = (
      await crm.pollChanges([{ object: 'Lead', fields: ['LastName'], stampField: 'SystemModstamp', after, limit: 333 }])
    ).pages;
    done = page?.done ?? true;
    seen.push(...(page?.records ?? []).map((record) => record['Id'] as CrmValue));
    const last = page?.records.at(-1);
    if (last) after = { modstamp: String(last['SystemModstamp']), lastId: String(last['Id']) };
  }
  const all = await crm.query('SELECT Id FROM Lead');
  expect(seen).toHaveLength(all.length);
  expect(new Set(seen)).toEqual(new Set(all.map((record) => record['Id'])));
});

it('tells what became of each row, by either way of writing', async () => {
  const [good, other] = await crm.query("SELECT Id FROM Lead WHERE LastName IN ('Lead 1', 'Lead 2') ORDER BY LastName");
  const bad = { Id: String(other?.['Id']), LastName: null };
  const fine = { Id: String(good?.['Id']), LastName: 'Renamed' };
  const one = await crm.write({ kind: 'update', object: 'Lead', records: [fine, bad] });
  expect(one).toMatchObject([{ success: true }, { success: false, code: 'invalid', fields: ['LastName'] }]);

  const records = [...leads(5_000, 5_500), lead(5_500, { LastName: null }), ...leads(5_501, 5_600)];
  const results = await crm.write({ kind: 'insert', object: 'Lead', records });
  expect(results.filter((result) => result.success)).toHaveLength(599);
  expect(results[500]).toMatchObject({
    success: false,
    code: 'invalid',
    reason: expect.stringContaining('REQUIRED_FIELD_MISSING'),
  });
});

it('deletes, and finds the deleted by queryAll', async () => {
  const doomed = await crm.query("SELECT Id FROM Lead WHERE LastName LIKE 'Lead 55%'");
  const results = await crm.write({ kind: 'delete', object: 'Lead', records: doomed });
  expect(results.every((result) => result.success)).toBe(true);
  const deleted: (readonly CrmValue[])[] = [];
  for await (const page of crm.extract({
    object: 'Lead',
    fields: ['Id'],
    where: 'IsDeleted = true',
    includeDeleted: true,
  }))
    deleted.push(...unpackRows(page.rows));
  expect(new Set(deleted.map(([id]) => id))).toEqual(new Set(doomed.map((record) => record['Id'])));
});

it('says what is wrong with a query', async () => {
  await expect(crm.query('SELECT Nope FROM Lead')).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining("No such column 'Nope' on entity 'Lead'"),
  });
  await expect(crm.query('SELECT Id FROM Nope__c')).rejects.toMatchObject({ code: 'missing' });
});

it('deploys a source folder, and checks one without changing anything', async () => {
  const folder = new URL('../../../force-app', import.meta.url).pathname;
  const progress: number[] = [];
  const onProgress = (done: number): number => progress.push(done);
  const checked = await crm.deploy({ sourceFolder: folder, checkOnly: true, onProgress });
  expect(checked).toMatchObject({ success: true, failures: [] });
  expect(await crm.describe('Accord_Agreement__c')).toBeUndefined();
  const deployed = await crm.deploy({ sourceFolder: folder, checkOnly: false, onProgress });
  expect(deployed).toMatchObject({ success: true, failures: [], components: checked.components });
  expect(progress.at(-1)).toBe(deployed.components);
  await expect(crm.deploy({ sourceFolder: `${folder}/nowhere`, checkOnly: true })).rejects.toMatchObject({
    code: 'invalid',
  });
});

it('asks for a new sign-in after the session has expired', async () => {
  const other = await connect({ instanceUrl: org.instanceUrl, accessToken: 'none' });
  await expect(other.query('SELECT Id FROM Lead')).rejects.toMatchObject({ code: 'reauthorize' });
});
