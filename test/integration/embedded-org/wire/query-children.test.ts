import { describe, expect, it } from 'vitest';
import { addUser, BASE, startTestOrg, type TestOrg } from './running-org.ts';

type Children = { totalSize: number; done: boolean; nextRecordsUrl?: string; records: { Subject: string }[] };

/** A lead with as many tasks as wanted, and one without. */
async function addLeads(org: TestOrg, tasks: number): Promise<void> {
  const [many, none] = await org.connection.sobject('Lead').create([
    { LastName: 'Many', Company: 'Acme' },
    { LastName: 'None', Company: 'Acme' },
  ]);
  expect([many?.success, none?.success]).toEqual([true, true]);
  const rows = Array.from({ length: tasks }, (_, i) => ({
    Subject: `T${String(i).padStart(4, '0')}`,
    WhoId: many?.id,
  }));
  for (let at = 0; at < tasks; at += 200)
    await org.connection.sobject('Task').create(rows.slice(at, at + 200), { allOrNone: true });
}

const subjects = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `T${String(from + i).padStart(4, '0')}`);

async function childrenOf(org: TestOrg, child: string): Promise<readonly (Children | null)[]> {
  const q = encodeURIComponent(`SELECT LastName, (${child}) FROM Lead ORDER BY LastName`);
  const { status, body } = await org.send('GET', `query?q=${q}`);
  expect(status).toBe(200);
  return (body as { records: { Tasks: Children | null }[] }).records.map((each) => each.Tasks);
}

const names = (page: Children | undefined | null): string[] | undefined => page?.records.map((each) => each.Subject);

describe('a list of children', () => {
  it('has five hundred records and the address of the others', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 620);
    const [many, none] = await childrenOf(org, 'SELECT Subject FROM Tasks ORDER BY Subject');
    expect(none).toBeNull();
    expect([many?.totalSize, many?.done]).toEqual([620, false]);
    expect(names(many)).toEqual(subjects(0, 500));
    expect(many?.nextRecordsUrl).toMatch(new RegExp(`^${BASE}/query/0r8\\w{15}-500$`));
    const rest = (await org.send('GET', String(many?.nextRecordsUrl))).body as Children;
    expect([rest.totalSize, rest.done, rest.nextRecordsUrl]).toEqual([620, true, undefined]);
    expect(names(rest)).toEqual(subjects(500, 620));
  });

  it('counts and continues within its own LIMIT and OFFSET', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 300);
    await org.send('POST', '/services/embedded/config', { queryPageSize: 100 });
    const [many] = await childrenOf(org, 'SELECT Subject FROM Tasks ORDER BY Subject LIMIT 150 OFFSET 20');
    expect([many?.totalSize, many?.done]).toEqual([150, false]);
    expect(names(many)).toEqual(subjects(20, 120));
    const rest = (await org.send('GET', String(many?.nextRecordsUrl))).body as Children;
    expect(names(rest)).toEqual(subjects(120, 170));
    expect(rest.done).toBe(true);
    const [few] = await childrenOf(org, 'SELECT Subject FROM Tasks ORDER BY Subject OFFSET 290');
    expect([few?.totalSize, few?.done, names(few)]).toEqual([10, true, subjects(290, 300)]);
    expect(await childrenOf(org, 'SELECT Subject FROM Tasks ORDER BY Subject OFFSET 300')).toEqual([null, null]);
  });

  it('belongs to the user who asked, and takes no place among the open queries', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 110);
    await org.send('POST', '/services/embedded/config', { queryPageSize: 100, locatorsPerUser: 1 });
    const lists = [
      await childrenOf(org, 'SELECT Subject FROM Tasks'),
      await childrenOf(org, 'SELECT Subject FROM Tasks'),
    ];
    for (const [list] of lists) expect((await org.send('GET', String(list?.nextRecordsUrl))).status).toBe(200);
    addUser(org, 'rep@accord.example');
    const rep = org.org.findUserByUsername('rep@accord.example')!;
    const authorization = `Bearer ${org.sessions.create(rep.userId)}`;
    const stolen = await org.send('GET', String(lists[0]?.[0]?.nextRecordsUrl), undefined, { authorization });
    expect(stolen).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });

  it('is told as unfinished over SOAP, with the locator of the others', async () => {
    await using org = await startTestOrg();
    await addLeads(org, 110);
    await org.send('POST', '/services/embedded/config', { queryPageSize: 100 });
    const soap = (body: string) =>
      org
        .call('/services/Soap/u/68.0', {
          method: 'POST',
          headers: { 'content-type': 'text/xml', soapaction: '""' },
          body: `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="urn:partner.soap.sforce.com"><Header><u:SessionHeader><u:sessionId>${org.accessToken}</u:sessionId></u:SessionHeader></Header><Body>${body}</Body></Envelope>`,
        })
        .then((answer) => answer.text());
    const page = await soap(
      "<u:query><u:queryString>SELECT Id, (SELECT Subject FROM Tasks ORDER BY Subject) FROM Lead WHERE LastName = 'Many'</u:queryString></u:query>",
    );
    const [, locator = ''] = /<queryLocator>(0r8\w{15}-100)<\/queryLocator>/.exec(page) ?? [];
    expect(page).toContain('<done>false</done>');
    const rest = await soap(`<u:queryMore><u:queryLocator>${locator}</u:queryLocator></u:queryMore>`);
    expect([...rest.matchAll(/<sf:Subject>(\w+)</g)].map((match) => match[1])).toEqual(subjects(100, 110));
  });
});
