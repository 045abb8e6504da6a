import { describe, expect, it } from 'vitest';
import { addUser, BASE, connect, startTestOrg, type TestOrg } from './running-org.ts';

async function addLeads(org: TestOrg, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => ({
    LastName: `L${String(i).padStart(4, '0')}`,
    Company: 'Acme',
  }));
  for (let at = 0; at < count; at += 200) {
    const results = await org.connection.sobject('Lead').create(rows.slice(at, at + 200), { allOrNone: true });
    expect(results.every((each) => each.success)).toBe(true);
  }
}

type Page = { totalSize: number; done: boolean; nextRecordsUrl?: string; records: { LastName: string }[] };

const pageOf = (answer: { body: unknown }): Page => answer.body as Page;

describe('query', () => {
  it('gives jsforce every row over several pages, once and in order', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 450);
    await org.send('POST', '/services/embedded/config', { queryPageSize: 100 });
    const query = org.connection.query<{ LastName: string }>('SELECT LastName FROM Lead ORDER BY LastName', {
      autoFetch: true,
      maxFetch: 10_000,
    });
    const { records, done, totalSize } = await query;
    expect([done, totalSize]).toEqual([true, 450]);
    expect(records.map((row) => row.LastName)).toEqual(
      Array.from({ length: 450 }, (_, i) => `L${String(i).padStart(4, '0')}`),
    );
  });

  it('cuts pages as the client asks, and serves a page again', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 450);
    const q = encodeURIComponent('SELECT LastName FROM Lead ORDER BY LastName');
    const first = pageOf(await org.send('GET', `query?q=${q}`, undefined, { 'sforce-query-options': 'batchSize=200' }));
    expect([first.records.length, first.done]).toEqual([200, false]);
    expect(first.nextRecordsUrl).toMatch(new RegExp(`^${BASE}/query/0r8\\w{15}-200$`));
    const second = pageOf(await org.send('GET', String(first.nextRecordsUrl)));
    expect(pageOf(await org.send('GET', String(first.nextRecordsUrl)))).toEqual(second);
    expect(second.records[0]?.LastName).toBe('L0200');
  });

  it('refuses locators of others, unknown ones and those older than two days', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 201);
    addUser(org, 'rep@accord.example');
    await org.send('POST', '/services/embedded/config', { queryPageSize: 100 });
    const next = pageOf(await org.send('GET', 'query?q=SELECT+LastName+FROM+Lead')).nextRecordsUrl ?? '';
    const rep = org.org.findUserByUsername('rep@accord.example')!;
    const refused = { status: 400, body: [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }] };
    const asRep = { authorization: `Bearer ${org.sessions.create(rep.userId)}` };
    expect(await org.send('GET', next, undefined, asRep)).toMatchObject(refused);
    expect(await org.send('GET', 'query/0r8000000000000AAA-100')).toMatchObject(refused);
    org.org.core.clock.advance(49 * 60 * 60 * 1000);
    const token = org.sessions.create(org.org.findUserByUsername('admin@accord.example')!.userId);
    expect(await org.send('GET', next, undefined, { authorization: `Bearer ${token}` })).toMatchObject(refused);
  });

  it('keeps at most ten unfinished queries of a user and drops the oldest', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 3);
    await org.send('POST', '/services/embedded/config', { queryPageSize: 1 });
    const urls: string[] = [];
    for (let i = 0; i < 11; i++) {
      urls.push(pageOf(await org.send('GET', 'query?q=SELECT+LastName+FROM+Lead')).nextRecordsUrl ?? '');
    }
    const answers = await Promise.all(urls.map((url) => org.send('GET', url)));
    expect(answers.map((each) => each.status)).toEqual([400, ...Array<number>(10).fill(200)]);
  });

  it('gives groups in one page and refuses them when they do not fit', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 3);
    await org.send('POST', '/services/embedded/config', { queryPageSize: 2 });
    const grouped = 'query?q=SELECT+LastName,+COUNT(Id)+FROM+Lead+GROUP+BY+LastName';
    const [error] = (await org.send('GET', grouped)).body as [{ errorCode: string; message: string }];
    expect(error.errorCode).toBe('EXCEEDED_ID_LIMIT');
    expect(error.message).toMatch(/^Aggregate query does not support queryMore\(\), use LIMIT/);
    expect(pageOf(await org.send('GET', `${grouped}+LIMIT+2`))).toMatchObject({ done: true, totalSize: 2 });
  });

  it('counts, aggregates, reads the recycle bin with queryAll and tells columns', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 3);
    const { id } = await org.connection.sobject('Lead').create({ LastName: 'Gone', Company: 'Acme' });
    await org.connection.sobject('Lead').destroy(String(id));
    expect(await org.connection.query('SELECT COUNT() FROM Lead')).toMatchObject({ totalSize: 3, records: [] });
    const counted = await org.connection.query('SELECT COUNT(Id) n FROM Lead');
    expect(counted.records).toEqual([{ attributes: { type: 'AggregateResult' }, n: 3 }]);
    const all = await org.connection.query('SELECT Id FROM Lead', { scanAll: true });
    expect(all.totalSize).toBe(4);
    const columns = await org.send('GET', 'query?q=SELECT+Id,Name+FROM+Lead&columns=true');
    expect(columns.body).toMatchObject({ entityName: 'Lead', idSelected: true, keyPrefix: '00Q', groupBy: false });
    expect(
      (columns.body as { columnMetadata: { columnName: string }[] }).columnMetadata.map((c) => c.columnName),
    ).toEqual(['Id', 'Name']);
  });

  it('shows where a query is wrong', async () => {
    await using org = await startTestOrg();
    await expect(org.connection.query('SELECT Foo FROM Lead')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: /ERROR at Row:1:Column:8\nNo such column 'Foo'/,
    });
    expect(await org.send('GET', 'query')).toMatchObject({ status: 400, body: [{ errorCode: 'MALFORMED_QUERY' }] });
  });

  it('shows a user only the rows that the user may see', async () => {
    await using org = await startTestOrg();
    addUser(org, 'api@accord.example', 'Minimum Access - API Only Integrations');
    await addLeads(org, 1);
    const limited = connect(
      org.instanceUrl,
      org.sessions.create(org.org.findUserByUsername('api@accord.example')!.userId),
    );
    await expect(limited.query('SELECT Id FROM Lead')).rejects.toMatchObject({ errorCode: 'INVALID_TYPE' });
  });
});
