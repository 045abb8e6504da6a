import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployFiles, METADATA } from './deploy-files.ts';
import { insert, startPackagedOrg, type PackagedOrg } from './packaged-org.ts';

type Field = { value: unknown; displayValue: string | null };
type Page = {
  count: number;
  nextPageToken: string | null;
  records: { id: string; fields: Record<string, Field> }[];
  sortBy: string[];
};
type Info = {
  displayColumns: { fieldApiName: string; label: string }[];
  filteredByInfo: object[];
  label: string;
  listReference: { id: string; listViewApiName: string };
};

let org: PackagedOrg;
beforeAll(async () => {
  org = await startPackagedOrg();
  const owner = org.org.findUserByUsername('rep@northwind.example')?.userId;
  for (const [name, employees] of [
    ['Bell', 10],
    ['Carr', 20],
    ['100%', 30],
  ] as const) {
    insert(org, 'Lead', { LastName: name, Company: `${name} Co`, NumberOfEmployees: employees, OwnerId: owner });
  }
  insert(org, 'Lead', { LastName: 'Others', Company: 'Someone else' });
});
afterAll(() => org[Symbol.asyncDispose]());

const get = async <T>(path: string, send = org.asRep): Promise<T> => {
  const { status, body } = await send('GET', `ui-api/${path}`);
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return body as T;
};

const names = ({ records }: Page): unknown[] => records.map(({ fields }) => fields['Name']?.value);

describe('the list views of an object', () => {
  it('are those that were deployed, and those that every org has', async () => {
    const lead = await get<{ lists: { apiName: string; label: string }[] }>('list-info/Lead');
    expect(lead.lists.map(({ apiName }) => apiName)).toEqual([
      'AllOpenLeads',
      'Accord_Stages',
      'MyLeads',
      'TodaysLeads',
    ]);
    const state = await get<{ lists: { apiName: string }[] }>('list-ui/Accord_Lead_State__c');
    expect(state.lists.map(({ apiName }) => apiName)).toEqual(['All', 'Mine']);
    const found = await get<{ lists: { apiName: string }[]; count: number }>('list-info/Lead?q=my*');
    expect(found.lists.map(({ apiName }) => apiName)).toEqual(['MyLeads']);
  });

  it('of leads that the package brings shows their stages, promises and due times', async () => {
    const { displayColumns } = await get<Info>('list-info/Lead/Accord_Stages');
    expect(displayColumns.map(({ fieldApiName }) => fieldApiName)).toEqual([
      'Name',
      'Company',
      'Accord_Stage__c',
      'Accord_Promise__c',
      'Accord_Next_Due__c',
      'Status',
      'Owner.Alias',
    ]);
    const standard = await get<Info>('list-info/Lead/AllOpenLeads');
    expect(standard.displayColumns.map(({ fieldApiName }) => fieldApiName)).not.toContain('Accord_Stage__c');
  });

  it('tell their columns, filters and order by name and by id alike', async () => {
    const info = await get<Info>('list-info/Accord_Agreement__c/Waiting_For_Signature');
    expect(info.displayColumns.map(({ fieldApiName }) => fieldApiName)).toEqual([
      'Name',
      'Version__c',
      'CreatedBy.Name',
      'CreatedDate',
    ]);
    expect(info.filteredByInfo).toEqual([
      { fieldApiName: 'Status__c', label: 'Status', operandLabels: ['Proposed'], operator: 'Equals' },
    ]);
    expect(await get<Info>(`list-info/${info.listReference.id}`)).toEqual(info);
  });

  it('show no column that the user may not read', async () => {
    const view = `<listViews><fullName>Rich</fullName><columns>LEAD.COMPANY</columns><columns>LEAD.ANNUAL_REVENUE</columns>
      <filterScope>Everything</filterScope><label>Rich</label></listViews>`;
    const files = { 'objects/Lead.object': `<CustomObject ${METADATA}>${view}</CustomObject>` };
    await deployFiles(org.org, files, { ListView: ['Lead.Rich'] });
    const columns = async (send = org.asRep): Promise<string[]> =>
      (await get<Info>('list-info/Lead/Rich', send)).displayColumns.map(({ fieldApiName }) => fieldApiName);
    expect(await columns()).toEqual(['Company']);
    expect(await columns(org.asAdmin)).toEqual(['Company', 'AnnualRevenue']);
  });

  it('are answered one by one in a batch', async () => {
    const { results } = await get<{ results: { statusCode: number; result: unknown }[] }>(
      'list-info/batch?names=Lead.MyLeads,Lead.Nowhere',
    );
    expect(results.map(({ statusCode }) => statusCode)).toEqual([200, 404]);
    expect(results[1]?.result).toEqual([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
  });
});

describe('the records of a list view', () => {
  it('are those of its filters that the user may see', async () => {
    expect(names(await get<Page>('list-records/Lead/MyLeads?sortBy=Name'))).toEqual(
      expect.arrayContaining(['100%', "Ada O'Neil", 'Bell', 'Carr']),
    );
    expect(names(await get<Page>('list-records/Lead/AllOpenLeads?sortBy=-Name'))).toContain('Others');
    expect(names(await get<Page>('list-records/Accord_Lead_State__c/Mine'))).toHaveLength(1);
    expect(names(await get<Page>('list-records/Accord_Agreement__c/In_Force'))).toEqual([]);
  });

  it('carry the columns, the fields asked for and optional ones that the user may read', async () => {
    const { records } = await get<Page>(
      'list-records/Lead/MyLeads?fields=Lead.NumberOfEmployees&optionalFields=AnnualRevenue&sortBy=Lead.Name',
    );
    expect(records[0]?.fields['NumberOfEmployees']).toEqual({ value: 30, displayValue: '30' });
    expect(records[0]?.fields['Owner']?.displayValue).toBe('Tester');
    expect(records[0]?.fields['AnnualRevenue']).toBeUndefined();
    const { body } = await org.asRep('GET', 'ui-api/list-records/Lead/MyLeads?fields=AnnualRevenue');
    expect(body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
  });

  it('come in pages, each with the token of the next', async () => {
    const first = await get<Page>('list-records/Lead/MyLeads?pageSize=3&sortBy=Name');
    expect([first.count, first.nextPageToken]).toEqual([3, '3']);
    const second = await get<Page>('list-records/Lead/MyLeads?pageSize=3&sortBy=Name&pageToken=3');
    expect([second.count, second.nextPageToken]).toEqual([1, null]);
    expect(names(first)).not.toContain(names(second)[0]);
  });

  it('can be searched and filtered further, wildcards standing for themselves', async () => {
    expect(names(await get<Page>('list-records/Lead/MyLeads?searchTerm=100%25'))).toEqual(['100%']);
    const where = '{ or: [{ NumberOfEmployees: { lt: 15 } }, { Company: { like: "Carr%" } }] }';
    const body = { where, sortBy: ['-Name'], fields: ['Lead.Name'] };
    const found = await org.asRep('POST', 'ui-api/list-records/Lead/MyLeads', body);
    expect(names(found.body as Page)).toEqual(['Carr', 'Bell']);
  });

  it.each([
    ['a filter by a hidden field', { where: '{ AnnualRevenue: { gt: 1 } }' }],
    ['a filter that is no filter', { where: 'Name = 1' }],
    ['a filter that never ends', { where: '{and:['.repeat(50_000) }],
    ['an order by a hidden field', { sortBy: ['AnnualRevenue'] }],
    ['an order by more than a field', { sortBy: ['Name, (SELECT Id FROM Tasks)'] }],
    ['a page beyond all bounds', { pageSize: 2001 }],
    ['a page that begins nowhere', { pageToken: 'next' }],
  ])('refuse %s', async (_, body) => {
    const { status } = await org.asRep('POST', 'ui-api/list-records/Lead/MyLeads', body);
    expect(status).toBe(400);
  });

  it('come with what the list is like in list-ui', async () => {
    const { info, records } = await get<{ info: Info; records: Page }>('list-ui/Lead/TodaysLeads?pageSize=1');
    expect([info.label, records.count]).toEqual(["Today's Leads", 1]);
  });

  it.each([
    ['GET', 'mru-list-ui/Lead'],
    ['GET', 'favorites'],
    ['GET', 'actions/record/00QAc0000000001'],
    ['POST', 'list-info/Lead/MyLeads'],
    ['DELETE', 'list-info/Lead/MyLeads'],
  ])('come with no success for what is not served: %s %s', async (method, path) => {
    const { status, body } = await org.asRep(method, `ui-api/${path}`, method === 'POST' ? {} : undefined);
    expect([404, 405]).toContain(status);
    expect(body).toMatchObject([{ errorCode: expect.stringMatching(/NOT_FOUND|METHOD_NOT_ALLOWED/) }]);
  });

  it('are not served of objects that UI API leaves out', async () => {
    const { status, body } = await org.asAdmin('GET', 'ui-api/list-info/Task');
    expect([status, body]).toEqual([
      400,
      [{ errorCode: 'INVALID_TYPE', message: 'Object Task is not supported in UI API' }],
    ]);
  });
});
