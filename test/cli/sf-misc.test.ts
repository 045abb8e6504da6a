import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningOrg, startOrg } from '../../src/embedded-org/start-org.ts';
import { OrgClient } from '../support/org-client.ts';
import { SfCli } from '../support/sf-cli.ts';

let org: RunningOrg;
let sf: SfCli;
let client: OrgClient;
let leadId: string;

beforeAll(async () => {
  org = await startOrg({ port: 0 });
  sf = new SfCli({ SF_ORG_INSTANCE_URL: org.instanceUrl, SF_TARGET_ORG: org.accessToken });
  client = OrgClient.withToken(org.instanceUrl, org.accessToken);
  leadId = await client.create('Lead', { LastName: 'Ames', FirstName: 'Ada', Company: 'Acme' });
});

afterAll(async () => {
  await org?.close();
  sf?.dispose();
});

describe('sf', () => {
  it('describes and lists objects', async () => {
    const [described, listed] = await Promise.all([
      sf.result<{ name: string; fields: { name: string }[] }>(['sobject', 'describe', '-s', 'Lead']),
      sf.result<string[]>(['sobject', 'list', '--sobject', 'standard']),
    ]);
    expect(described.name).toBe('Lead');
    expect(described.fields.map((field) => field.name)).toContain('LastName');
    expect(listed).toContain('CampaignMember');
    const unknown = await sf.json(['sobject', 'describe', '-s', 'Leed']);
    expect(unknown).toMatchObject({ status: 1, name: 'NOT_FOUND' });
  });

  it('lists limits and counts records', async () => {
    const [limits, counts] = await Promise.all([
      sf.result<{ name: string; max: number; remaining: number }[]>(['org', 'list', 'limits']),
      sf.result<unknown>(['org', 'list', 'sobject', 'record-counts', '-s', 'Lead', '-s', 'Nothing']),
    ]);
    expect(limits).toContainEqual({ name: 'DailyApiRequests', max: 15_000, remaining: expect.any(Number) });
    expect(counts).toEqual([{ name: 'Lead', count: 1 }]);
  });

  it('sends bare requests to REST and GraphQL', async () => {
    const query = 'query { uiapi { query { Lead { edges { node { LastName { value } } } } } } }';
    const [read, graph] = await Promise.all([
      sf.run(['api', 'request', 'rest', `/services/data/v68.0/sobjects/Lead/${leadId}?fields=LastName`]),
      sf.run(['api', 'request', 'graphql', '--body', query]),
    ]);
    expect(JSON.parse(read.stdout)).toMatchObject({ LastName: 'Ames' });
    expect(JSON.parse(graph.stdout)).toMatchObject({
      data: { uiapi: { query: { Lead: { edges: [{ node: { LastName: { value: 'Ames' } } }] } } } },
    });
  });

  it('finds records by their words', async () => {
    const sosl = 'FIND {Ame*} IN NAME FIELDS RETURNING Lead(Id, Name)';
    const found = await sf.result<{ searchRecords: object[] }>(['data', 'search', '-q', sosl]);
    expect(found.searchRecords).toMatchObject([{ attributes: { type: 'Lead' }, Id: leadId, Name: 'Ada Ames' }]);
  });

  it('assigns a permission set, and says when there is none of that name', async () => {
    const token = org.sessions.create(org.org.findUserByUsername(org.username)!.userId);
    const login = ['org', 'login', 'access-token', '--instance-url', org.instanceUrl, '--no-prompt'];
    await sf.result(login, { SF_ACCESS_TOKEN: token });
    await client.create('PermissionSet', { Name: 'Callers', Label: 'Callers' });
    const assign = (name: string) => sf.json(['org', 'assign', 'permset', '-n', name, '-o', org.username]);
    expect(await assign('Callers')).toMatchObject({ result: { successes: [{ value: 'Callers' }], failures: [] } });
    const unknown = await assign('Nobody');
    expect(unknown.status).toBe(1);
    expect(JSON.stringify(unknown)).toContain('Nobody');
    const soql = "SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Callers'";
    expect(await client.query(soql)).toMatchObject([{ Assignee: { Username: org.username } }]);
  });

  it('is refused once the day’s requests are used up', async () => {
    await client.request('POST', '/services/embedded/limits', { DailyApiRequests: { max: 100, used: 100 } });
    const refused = await sf.json(['data', 'query', '-q', 'SELECT Id FROM Lead']);
    await client.request('POST', '/services/embedded/limits', { DailyApiRequests: { max: 15_000, used: 0 } });
    expect(refused).toMatchObject({ status: 1, name: 'REQUEST_LIMIT_EXCEEDED' });
    expect(refused.message).toContain('TotalRequests Limit exceeded.');
  });
});
