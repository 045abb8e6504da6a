import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, startPackagedOrg, type PackagedOrg } from './packaged-org.ts';

type Page = {
  count: number;
  nextPageToken: string | null;
  listReference: object;
  records: { fields: Record<string, { value: unknown }> }[];
};

let org: PackagedOrg;
let agreementId: string;
let campaignId: string;
beforeAll(async () => {
  org = await startPackagedOrg();
  agreementId = insert(org, 'Accord_Agreement__c', {
    Name: 'Northwind',
    Version__c: 1,
    Status__c: 'Draft',
    Document__c: '{}',
    Document_Hash__c: 'a'.repeat(64),
    Key__c: 'northwind:1',
  });
  campaignId = insert(org, 'Campaign', { Name: 'Autumn', IsActive: true });
  insert(org, 'CampaignMember', { CampaignId: campaignId, LeadId: org.leadId, Status: 'Sent' });
});
afterAll(() => org[Symbol.asyncDispose]());

const get = async <T>(path: string, send = org.asRep): Promise<T> => {
  const { status, body } = await send('GET', `ui-api/${path}`);
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return body as T;
};

describe('the related lists of an object', () => {
  it('are those of its deployed layout, else those of the standard one and of custom objects', async () => {
    const ids = async (name: string): Promise<string[]> =>
      (await get<{ relatedLists: { relatedListId: string }[] }>(`related-list-info/${name}`)).relatedLists
        .map(({ relatedListId }) => relatedListId)
        .toSorted();
    expect(await ids('Accord_Agreement__c')).toEqual(['Accord_Signatures__r']);
    expect(await ids('Lead')).toEqual(['Accord_Handoffs__r', 'Accord_Lead_States__r', 'CampaignMembers']);
  });

  it('tell their columns with the field that each links through', async () => {
    const { displayColumns } = await get<{ displayColumns: { fieldApiName: string; lookupId: string | null }[] }>(
      'related-list-info/Accord_Agreement__c/Accord_Signatures__r',
    );
    expect(displayColumns.map(({ fieldApiName, lookupId }) => [fieldApiName, lookupId])).toEqual([
      ['Name', 'Id'],
      ['Party__c', null],
      ['CreatedBy.Name', 'CreatedById'],
      ['CreatedDate', null],
    ]);
  });

  it('are answered one by one in a batch', async () => {
    const { results } = await get<{ results: { statusCode: number }[] }>(
      'related-list-info/batch/Lead/CampaignMembers,Nothings',
    );
    expect(results.map(({ statusCode }) => statusCode)).toEqual([200, 404]);
  });
});

describe('the records of a related list', () => {
  it('are those that point at the record, with the columns of the list', async () => {
    const { count, records } = await get<Page>(`related-list-records/${org.leadId}/CampaignMembers`, org.asAdmin);
    expect(count).toBe(1);
    expect(records[0]?.fields['Status']?.value).toBe('Sent');
    expect(records[0]?.fields['Campaign']).toMatchObject({ displayValue: 'Autumn' });
    expect(await get<Page>(`related-list-records/${agreementId}/Accord_Signatures__r`, org.asAdmin)).toMatchObject({
      count: 0,
      records: [],
    });
  });

  it('carry the fields asked for, and can be filtered, sorted and paged', async () => {
    const list = 'Accord_Lead_States__r';
    const fields = 'fields=Accord_Lead_State__c.Stage__c&optionalFields=Accord_Lead_State__c.Nonsense__c';
    const { records } = await get<Page>(`related-list-records/${org.leadId}/${list}?${fields}`);
    expect(records.map(({ fields }) => fields)).toEqual([{ Stage__c: { value: 'mql', displayValue: null } }]);
    const post = async (body: object): Promise<Page> =>
      (await org.asRep('POST', `ui-api/related-list-records/${org.leadId}/${list}`, body)).body as Page;
    expect((await post({ where: '{ Stage__c: { eq: "sql" } }' })).count).toBe(0);
    expect((await post({ where: '{ Stage__c: { eq: "mql" } }', sortBy: ['-Stage__c'], pageSize: 1 })).count).toBe(1);
  });

  it('are counted without being read', async () => {
    const body = await get<object>(`related-list-count/${org.leadId}/CampaignMembers`, org.asAdmin);
    expect(body).toMatchObject({ count: 1, hasMore: false, listReference: { relatedListId: 'CampaignMembers' } });
  });

  it('can be asked for several lists at once', async () => {
    const relatedListParameters = [
      { relatedListId: 'CampaignMembers', fields: ['Status'] },
      { relatedListId: 'Nothings' },
    ];
    const { body } = await org.asAdmin('POST', `ui-api/related-list-records/batch/${org.leadId}`, {
      relatedListParameters,
    });
    const { results } = body as { results: { statusCode: number; result: unknown }[] };
    expect(results.map(({ statusCode }) => statusCode)).toEqual([200, 404]);
  });

  it('are refused on a record that the user may not see', async () => {
    const { status } = await org.asOutsider('GET', `ui-api/related-list-records/${agreementId}/Accord_Signatures__r`);
    expect(status).toBe(403);
  });

  it('are refused beyond 1,999 a page and of objects that UI API leaves out', async () => {
    const path = `ui-api/related-list-records/${org.leadId}`;
    expect((await org.asAdmin('GET', `${path}/CampaignMembers?pageSize=2000`)).status).toBe(400);
    expect((await org.asAdmin('GET', `${path}/Tasks`)).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
  });
});

describe('a lookup', () => {
  it('finds records by the beginnings of the words of their name', async () => {
    const { records } = await get<Page>("lookups/Accord_Lead_State__c/Lead__c/Lead?q=O'Ne");
    expect(records.map(({ fields }) => fields['Name']?.value)).toEqual(["Ada O'Neil"]);
    expect(records[0]?.fields['DisambiguationField']).toEqual({ value: null, displayValue: null });
    expect((await get<Page>('lookups/Accord_Lead_State__c/Lead__c/Lead?q=Neil')).count).toBe(0);
  });

  it('searches every object that the field may point at', async () => {
    const { lookupResults } = await get<{ lookupResults: Record<string, Page> }>('lookups/Lead/OwnerId?q=Tester');
    expect(lookupResults['User']?.count).toBeGreaterThan(0);
  });

  it.each([
    ['a field that points at nothing', 'lookups/Lead/Company?q=Ad', 404],
    ['a field that is not there', 'lookups/Lead/Nothing__c?q=Ad', 404],
    ['too little to search for', 'lookups/Accord_Lead_State__c/Lead__c/Lead?q=A', 400],
    ['a way of searching that there is not', 'lookups/Lead/OwnerId?q=Ad&searchType=Deep', 400],
  ])('refuses %s', async (_, path, expected) => {
    expect((await org.asRep('GET', `ui-api/${path}`)).status).toBe(expected);
  });
});
