import { text } from 'node:stream/consumers';
import { SfDate } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';

const ROWS = 250;

let org: TestOrg;
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `L${String(from + i).padStart(3, '0')}`);

beforeAll(async () => {
  org = await startTestOrg();
  const leads = names(0, ROWS).map((LastName, i) => ({
    LastName,
    Company: i % 2 === 0 ? 'Acme' : "O'Neill & Söhne",
    NumberOfEmployees: i,
  }));
  for (let at = 0; at < ROWS; at += 200) await org.connection.sobject('Lead').create(leads.slice(at, at + 200));
  const account = await org.connection.sobject('Account').create({ Name: 'Acme' });
  const contacts = names(0, 3).map((LastName) => ({ LastName, AccountId: String(account.id) }));
  await org.connection.sobject('Contact').create(contacts);
  await org.send('POST', '/services/embedded/config', { queryPageSize: 100 });
});

afterAll(() => org?.[Symbol.asyncDispose]());

type Lead = { Id: string; LastName: string };
const soql = 'SELECT Id, LastName FROM Lead ORDER BY LastName';

describe('jsforce reads the rows of a query', () => {
  it('page by page with queryMore', async () => {
    let page = await org.connection.query<Lead>(soql);
    const seen = page.records.map((row) => row.LastName);
    while (!page.done && page.nextRecordsUrl) {
      page = await org.connection.queryMore<Lead>(page.nextRecordsUrl);
      seen.push(...page.records.map((row) => row.LastName));
    }
    expect(seen).toEqual(names(0, ROWS));
  });

  it('up to a most of rows with autoFetch', async () => {
    const { records } = await org.connection.query<Lead>(soql, { autoFetch: true, maxFetch: 120 });
    expect(records.map((row) => row.LastName)).toEqual(names(0, 120));
  });

  it('as events and as a stream of csv', async () => {
    const byEvent = await new Promise<string[]>((resolve, reject) => {
      const seen: string[] = [];
      const query = org.connection.query<Lead>(soql);
      query.on('record', (row: Lead) => seen.push(row.LastName));
      query.on('end', () => resolve(seen));
      query.on('error', reject);
      void query.run({ autoFetch: true, maxFetch: 1_000 });
    });
    expect(byEvent).toEqual(names(0, ROWS));
    const csv = await text(org.connection.query<Lead>('SELECT LastName FROM Lead ORDER BY LastName').stream('csv'));
    expect(csv.trim().split('\n')).toEqual(['LastName', ...names(0, ROWS)]);
  });

  it('with conditions, order, limit and offset built by find', async () => {
    const rows = await org.connection
      .sobject('Lead')
      .find({ $and: [{ Company: "O'Neill & Söhne" }, { NumberOfEmployees: { $lt: 200 } }] }, 'LastName')
      .sort({ NumberOfEmployees: -1 })
      .limit(2)
      .skip(1);
    expect(rows.map((row) => row.LastName)).toEqual(['L197', 'L195']);
    const one = await org.connection.sobject('Lead').findOne({ LastName: { $like: 'L01%' } }, ['Id', 'LastName']);
    expect(one?.LastName).toBe('L010');
    expect(await org.connection.sobject('Lead').count({ Company: 'Acme' })).toBe(ROWS / 2);
    const today = { CreatedDate: { $gte: SfDate.TODAY } };
    expect(await org.connection.sobject('Lead').count(today)).toBe(ROWS);
    const none = await org.connection.sobject('Lead').find({ LastName: { $in: ['Nobody', "Rob'); --"] } }, 'Id');
    expect(none).toEqual([]);
  });

  it('with their children and parents', async () => {
    const [account] = await org.connection
      .sobject('Account')
      .find({}, 'Name')
      .include('Contacts')
      .select('LastName')
      .orderby('LastName', 'DESC')
      .end();
    expect(account).toMatchObject({
      Name: 'Acme',
      Contacts: { totalSize: 3, records: [{ LastName: 'L002' }, {}, {}] },
    });
    const contacts = await org.connection.sobject('Contact').find({ 'Account.Name': 'Acme' }, ['Account.Name']);
    expect(contacts).toMatchObject(Array.from({ length: 3 }, () => ({ Account: { Name: 'Acme' } })));
  });

  it('and those in the recycle bin with queryAll, and counts only with count()', async () => {
    const { id } = await org.connection.sobject('Account').create({ Name: 'Gone' });
    await org.connection.sobject('Account').destroy(String(id));
    const all = await org.connection.query<{ Name: string; IsDeleted: boolean }>(
      'SELECT Name, IsDeleted FROM Account',
      {
        scanAll: true,
      },
    );
    expect(all.records.filter((row) => row.IsDeleted).map((row) => row.Name)).toEqual(['Gone']);
    expect((await org.connection.query('SELECT COUNT() FROM Account')).totalSize).toBe(1);
  });

  it('and explains a query and a list view', async () => {
    const plan = await org.connection.query(soql).explain();
    expect(plan.plans[0]).toMatchObject({ sobjectType: 'Lead', sobjectCardinality: ROWS });
    const { listviews } = (await org.connection.sobject('Lead').listviews()) as { listviews: { id: string }[] };
    const explained = await org.connection.sobject('Lead').listview(String(listviews[0]?.id)).explain();
    expect(explained).toMatchObject({ plans: [{ sobjectType: 'Lead' }] });
  });
});

describe('jsforce changes what a query finds', () => {
  it('with update and destroy, in collections', async () => {
    const leads = org.connection.sobject('Lead');
    const updated = await leads
      .find({ NumberOfEmployees: { $lt: 5 } })
      .update({ Company: 'Borealis', Title: '${LastName}!' });
    expect(updated.map((each) => each.success)).toEqual(Array(5).fill(true));
    const rows = await leads.find({ Company: 'Borealis' }, 'Title').sort('Title');
    expect(rows.map((row) => row.Title)).toEqual(names(0, 5).map((name) => `${name}!`));
    await leads.find({ Company: 'Borealis' }).destroy();
    expect(await leads.count({ Company: 'Borealis' })).toBe(0);
  });
});
