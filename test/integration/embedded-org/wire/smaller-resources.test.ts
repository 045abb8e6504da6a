import { describe, expect, it } from 'vitest';
import { insertRow } from '../../../support/org-people.ts';
import { addUser, startTestOrg, type TestOrg } from './running-org.ts';

const LEAD = { LastName: 'Ames', Company: 'Acme' };

const create = async (org: TestOrg, lead: object, headers: Record<string, string> = {}): Promise<string> =>
  ((await org.send('POST', 'sobjects/Lead', lead, headers)).body as { id: string }).id;

const asRep = (org: TestOrg): Record<string, string> => ({
  authorization: `Bearer ${org.sessions.create(addUser(org, 'rep@accord.example'))}`,
});

describe('recent items', () => {
  it('are those that Sforce-Mru asked to note, the latest first, each once', async () => {
    await using org = await startTestOrg();
    const noted = { 'sforce-mru': 'updateMru=true' };
    const first = await create(org, LEAD, noted);
    const second = await create(org, { ...LEAD, LastName: 'Bell' }, noted);
    await create(org, { ...LEAD, LastName: 'Unseen' });
    await org.send('GET', `sobjects/Lead/${first}`, undefined, noted);
    expect((await org.send('GET', 'recent')).body).toMatchObject([
      { attributes: { type: 'Lead' }, Id: first, Name: 'Ames' },
      { Id: second, Name: 'Bell' },
    ]);
    expect((await org.send('GET', 'recent?limit=1')).body).toHaveLength(1);
    expect((await org.send('GET', 'sobjects/Lead')).body).toMatchObject({
      recentItems: [{ Id: first }, { Id: second }],
    });
    expect((await org.send('GET', 'sobjects/Account')).body).toMatchObject({ recentItems: [] });
    expect((await org.send('GET', 'recent', undefined, asRep(org))).body).toEqual([]);
    await org.send('DELETE', `sobjects/Lead/${first}`);
    expect((await org.send('GET', 'recent')).body).toMatchObject([{ Id: second }]);
  });
});

describe('describes', () => {
  it('are answered with 304 until they change, and in the version that was asked', async () => {
    await using org = await startTestOrg();
    for (const path of ['sobjects/PermissionSet/describe', 'sobjects']) {
      const known = { 'if-modified-since': (await org.send('GET', path)).headers.get('last-modified') ?? '' };
      expect(await org.send('GET', path, undefined, known)).toMatchObject({ status: 304, body: undefined });
      expect((await org.send('GET', path, undefined, { 'if-modified-since': new Date(0).toUTCString() })).status).toBe(
        200,
      );
    }
    const old = await org.send('GET', '/services/data/v60.0/sobjects/Lead/describe');
    expect(old.body).toMatchObject({ urls: { describe: '/services/data/v60.0/sobjects/Lead/describe' } });
  });

  it('are new to a client once a field is there', async () => {
    await using org = await startTestOrg();
    const path = 'sobjects/Lead/describe';
    const known = { 'if-modified-since': (await org.send('GET', path)).headers.get('last-modified') ?? '' };
    const lead = org.org.core.schema.find('Lead')!;
    const field = { ...lead.fields.find((each) => each.name === 'Title')!, name: 'Nickname__c', custom: true };
    org.org.core.schema.define({ ...lead, fields: [...lead.fields, { ...field, permissionable: false }] });
    const answer = await org.send('GET', path, undefined, known);
    expect(answer.status).toBe(200);
    expect((answer.body as { fields: { name: string }[] }).fields.map((each) => each.name)).toContain('Nickname__c');
    const since = { 'if-modified-since': answer.headers.get('last-modified') ?? '' };
    expect((await org.send('GET', path, undefined, since)).status).toBe(304);
  });
});

describe('answers', () => {
  it('are compressed for clients that accept gzip, and only for them', async () => {
    await using org = await startTestOrg();
    const describe = '/services/data/v68.0/sobjects/Lead/describe';
    const zipped = await org.call(describe, { headers: { 'accept-encoding': 'gzip, deflate' } });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    const plain = await org.call(describe, { headers: { 'accept-encoding': 'identity, gzip;q=0' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await zipped.json()).toEqual(await plain.json());
  });
});

describe('limits/recordCount', () => {
  it('counts records whoever may see them, without the recycle bin and without names it does not know', async () => {
    await using org = await startTestOrg();
    await create(org, LEAD);
    await org.send('DELETE', `sobjects/Lead/${await create(org, LEAD)}`);
    const some = await org.send('GET', 'limits/recordCount?sObjects=Lead,Account,Nothing');
    expect(some.body).toEqual({
      sObjects: [
        { count: 1, name: 'Lead' },
        { count: 0, name: 'Account' },
      ],
    });
    const all = (await org.send('GET', 'limits/recordCount')).body as { sObjects: { name: string }[] };
    expect(all.sObjects.map((each) => each.name)).toContain('User');
    expect(all.sObjects.map((each) => each.name)).not.toContain('LeadHistory');
  });
});

describe('query plans', () => {
  it('count the rows, and refuse what the query itself is refused for', async () => {
    await using org = await startTestOrg();
    await create(org, LEAD);
    await create(org, { ...LEAD, Company: 'Other' });
    const soql = "SELECT Id FROM Lead WHERE Company = 'Acme'";
    const { body } = await org.send('GET', `query?explain=${encodeURIComponent(soql)}`);
    expect(body).toMatchObject({
      sourceQuery: soql,
      plans: [{ cardinality: 1, sobjectCardinality: 2, sobjectType: 'Lead', leadingOperationType: 'TableScan' }],
    });
    const wrong = await org.send('GET', 'query?explain=SELECT+Nothing+FROM+Lead');
    expect(wrong).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
  });

  it('count for a user without View Setup the records that the user sees', async () => {
    await using org = await startTestOrg();
    org.org.core.schema.define({ ...org.org.core.schema.find('Lead')!, sharingModel: 'Private' });
    await create(org, LEAD);
    const robot = addUser(org, 'robot@accord.example', 'Minimum Access - API Only Integrations');
    const set = insertRow(org.org, org.org.system(), 'PermissionSet', { Name: 'Leads', Label: 'Leads' });
    const read = { ParentId: set, SobjectType: 'Lead', PermissionsRead: true };
    insertRow(org.org, org.org.system(), 'ObjectPermissions', read);
    insertRow(org.org, org.org.system(), 'PermissionSetAssignment', { PermissionSetId: set, AssigneeId: robot });
    const cardinality = async (headers: Record<string, string>) => {
      const { body } = await org.send('GET', 'query?explain=SELECT+Id+FROM+Lead', undefined, headers);
      return (body as { plans: { sobjectCardinality: number }[] }).plans[0]?.sobjectCardinality;
    };
    expect(await cardinality({})).toBe(1);
    expect(await cardinality({ authorization: `Bearer ${org.sessions.create(robot)}` })).toBe(0);
  });
});

describe('tooling', () => {
  it('knows setup objects, and neither records nor source tracking', async () => {
    await using org = await startTestOrg();
    expect(await org.send('GET', 'tooling/query?q=SELECT+Name+FROM+Profile+LIMIT+1')).toMatchObject({
      status: 200,
      body: { totalSize: 1 },
    });
    for (const object of ['Lead', 'SourceMember']) {
      expect(await org.send('GET', `tooling/query?q=SELECT+Id+FROM+${object}`)).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_TYPE' }],
      });
    }
    for (const path of ['tooling/sobjects/SourceMember/describe', 'tooling/executeAnonymous?anonymousBody=x']) {
      expect(await org.send('GET', path)).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
    }
  });
});

describe('search', () => {
  it('finds by words, as SOSL and as parameters', async () => {
    await using org = await startTestOrg();
    const id = await create(org, { ...LEAD, FirstName: 'Ada' });
    await create(org, { LastName: 'Bell', Company: 'Ames & Sons' });
    const find = async (path: string): Promise<unknown> => (await org.send('GET', path)).body;
    const sosl = encodeURIComponent('FIND {ada} IN NAME FIELDS RETURNING Lead(Id, Name)');
    const expected = { searchRecords: [{ attributes: { type: 'Lead' }, Id: id }] };
    expect(await find(`search?q=${sosl}`)).toMatchObject({ searchRecords: [{ Id: id, Name: 'Ada Ames' }] });
    expect(await find('parameterizedSearch?q=ames&in=name&sobject=Lead')).toMatchObject(expected);
    const body = {
      q: 'Ames',
      in: 'ALL',
      fields: ['Id', 'Company'],
      sobjects: [{ name: 'Lead', where: "Company != 'Acme'", limit: 5 }],
    };
    expect((await org.send('POST', 'parameterizedSearch', body)).body).toMatchObject({
      searchRecords: [{ Company: 'Ames & Sons' }],
    });
  });

  it('refuses what is no search and what would not stay within its place', async () => {
    await using org = await startTestOrg();
    const refusals = [
      ['search', 'MALFORMED_SEARCH'],
      ['search?q=Ames', 'MALFORMED_SEARCH'],
      ['parameterizedSearch?q=Ames&sobject=Lead(Id),User', 'INVALID_INPUT'],
      ['parameterizedSearch?sobject=Lead', 'MISSING_ARGUMENT'],
      ['parameterizedSearch?q=Ames&sobject=Leed', 'INVALID_TYPE'],
    ];
    for (const [path = '', errorCode] of refusals) {
      expect(await org.send('GET', path)).toMatchObject({ status: 400, body: [{ errorCode }] });
    }
    expect((await org.send('GET', 'parameterizedSearch?q=a%7D+RETURNING+User(Id)&sobject=Lead')).body).toMatchObject({
      searchRecords: [],
    });
  });
});

describe('formats', () => {
  it('other than JSON are refused, asked for or sent', async () => {
    await using org = await startTestOrg();
    expect(await org.send('GET', 'limits', undefined, { accept: 'application/xml' })).toMatchObject({
      status: 406,
      body: [{ errorCode: 'NOT_ACCEPTABLE' }],
    });
    for (const accept of ['*/*', 'text/html, application/json;q=0.9', 'application/*']) {
      expect((await org.send('GET', 'limits', undefined, { accept })).status).toBe(200);
    }
    const body = '<Lead><LastName>Ames</LastName></Lead>';
    const sent = await org.call('/services/data/v68.0/sobjects/Lead', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/xml' },
    });
    expect([sent.status, await sent.json()]).toMatchObject([415, [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }]]);
  });
});

describe('a page of a query', () => {
  it('leads on to the next though rows were deleted meanwhile', async () => {
    await using org = await startTestOrg();
    const rows = Array.from({ length: 9 }, (_, i) => ({ LastName: `L${i}`, Company: 'Acme' }));
    const created = await org.connection.sobject('Lead').create(rows);
    await org.send('POST', '/services/embedded/config', { queryPageSize: 3 });
    type Page = { records: { LastName: string }[]; nextRecordsUrl?: string };
    const first = (await org.send('GET', 'query?q=SELECT+LastName+FROM+Lead+ORDER+BY+LastName')).body as Page;
    await org.connection.sobject('Lead').destroy([4, 5].map((i) => String(created[i]?.id)));
    const seen = first.records.map((row) => row.LastName);
    for (let next = first.nextRecordsUrl; next;) {
      const page = (await org.send('GET', next)).body as Page;
      seen.push(...page.records.map((row) => row.LastName));
      next = page.nextRecordsUrl;
    }
    const left = seen.filter((name) => name !== 'L4' && name !== 'L5');
    expect(left).toEqual(['L0', 'L1', 'L2', 'L3', 'L6', 'L7', 'L8']);
  });
});
