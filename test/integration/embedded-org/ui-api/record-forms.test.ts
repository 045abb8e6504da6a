import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployFiles, METADATA } from './deploy-files.ts';
import { insert, startPackagedOrg, type PackagedOrg } from './packaged-org.ts';

type Values = Record<string, { value: unknown; displayValue: string | null }>;
type Layout = { sections: { heading: string; layoutRows: { layoutItems: { label: string }[] }[] }[] };
type Info = {
  defaultRecordTypeId: string;
  recordTypeInfos: Record<string, { name: string; available: boolean; master: boolean }>;
  childRelationships: { relationshipName: string }[];
};

const MASTER = '012000000000000AAA';

let org: PackagedOrg;
beforeAll(async () => {
  org = await startPackagedOrg();
});
afterAll(() => org[Symbol.asyncDispose]());

const get = async <T>(path: string, send = org.asRep): Promise<T> => {
  const { status, body } = await send('GET', `ui-api/${path}`);
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return body as T;
};

describe('record-ui', () => {
  it('gives a record with its layouts and what its object is like', async () => {
    const body = await get<{
      records: Record<string, { fields: Values }>;
      layouts: Record<string, Record<string, Record<string, Record<string, Layout>>>>;
      objectInfos: Record<string, object>;
    }>(`record-ui/${org.leadId}?layoutTypes=Full,Compact&modes=View,Edit`);
    const { fields } = body.records[org.leadId] ?? { fields: {} };
    expect(fields['Company']?.value).toBe('Engines <b>Ltd</b>');
    expect(fields['Owner']?.displayValue).toBe('Tester');
    expect(fields['LastName']?.value).toBe("O'Neil");
    const layouts = body.layouts['Lead']?.[MASTER];
    expect(Object.keys(layouts?.['Full'] ?? {})).toEqual(['View', 'Edit']);
    expect(layouts?.['Full']?.['View']?.sections[0]?.heading).toBe('Lead Information');
    expect(Object.keys(body.objectInfos)).toEqual(['Lead']);
    expect(JSON.stringify(body)).not.toContain('AnnualRevenue');
  });

  it.each([
    ['a layout type that there is not', 'layoutTypes=Tiny', "Illegal value for query parameter 'layoutTypes': Tiny"],
    ['a mode that there is not', 'modes=Look', "Illegal value for query parameter 'modes': Look"],
  ])('refuses %s', async (_, query, message) => {
    const { status, body } = await org.asRep('GET', `ui-api/record-ui/${org.leadId}?${query}`);
    expect([status, body]).toEqual([400, [{ errorCode: 'ILLEGAL_QUERY_PARAMETER_VALUE', message }]]);
  });
});

describe('a record without fields asked for', () => {
  it('is refused', async () => {
    expect((await org.asRep('GET', `ui-api/records/${org.leadId}`)).status).toBe(400);
    expect((await org.asRep('GET', `ui-api/records/${org.leadId}?childRelationships=Lead.Tasks`)).status).toBe(400);
  });
});

describe('batches', () => {
  it('answer for each record and object alone', async () => {
    type Batch = { results: { statusCode: number; result: unknown }[] };
    const records = await get<Batch>(`records/batch/${org.leadId},00QAc0000000zzz?fields=Lead.Name`);
    expect(records.results.map(({ statusCode }) => statusCode)).toEqual([200, 404]);
    const infos = await get<Batch>('object-info/batch/Lead,Task,Accord_Lead_State__c');
    expect(infos.results.map(({ statusCode }) => statusCode)).toEqual([200, 400, 200]);
  });

  it('are of no help to one who may not read', async () => {
    const { body } = await org.asOutsider(
      'GET',
      `ui-api/records/batch/${org.stateId}?fields=Accord_Lead_State__c.Name`,
    );
    expect(body).toMatchObject({ results: [{ statusCode: 403 }] });
  });
});

describe('a form for a new record', () => {
  it('starts with the defaults that the user may set', async () => {
    const { record, objectInfos } = await get<{ record: { id: null; fields: Values }; objectInfos: object }>(
      'record-defaults/create/Lead?optionalFields=Lead.AnnualRevenue',
    );
    expect(record.fields['Status']).toEqual({ value: 'Open - Not Contacted', displayValue: 'Open - Not Contacted' });
    expect(record.fields['AnnualRevenue']).toBeUndefined();
    expect(Object.keys(objectInfos)).toContain('User');
  });

  it('starts with the values of the record that it copies', async () => {
    const { record } = await get<{ record: { id: null; fields: Values } }>(`record-defaults/clone/${org.leadId}`);
    expect([record.id, record.fields['LastName']?.value]).toEqual([null, "O'Neil"]);
  });

  it('is refused to one who may not create', async () => {
    const { status } = await org.asRep('GET', 'ui-api/record-defaults/create/Accord_Lead_State__c');
    expect(status).toBe(403);
  });
});

describe('a conflict', () => {
  it('leaves a record as it is that someone changed since it was read', async () => {
    const id = insert(org, 'Lead', { LastName: 'Contested', Company: 'Acme' });
    const send = (headers: Record<string, string>) =>
      org.send('PATCH', `ui-api/records/${id}`, { fields: { Company: 'Mine' } }, headers);
    const stale = await send({ 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' });
    expect([stale.status, stale.body]).toMatchObject([412, [{ errorCode: 'CONFLICT' }]]);
    const fresh = await send({ 'if-unmodified-since': new Date(org.org.core.clock.now()).toUTCString() });
    expect(fresh.status).toBe(200);
  });
});

describe('the directory of objects', () => {
  it('names those that UI API serves and the user may read', async () => {
    const names = async (send = org.asRep): Promise<string[]> =>
      Object.keys((await get<{ objects: object }>('object-info', send)).objects);
    expect(await names()).toEqual(expect.arrayContaining(['Accord_Lead_State__c', 'Lead', 'User']));
    expect(await names()).not.toEqual(expect.arrayContaining(['Task']));
    expect(await names(org.asOutsider)).not.toContain('Accord_Lead_State__c');
  });
});

describe('the apps of a user', () => {
  it('are those that a permission set gives, with the tabs that the user may see', async () => {
    type App = { appId: string; developerName: string; navItems: { label: string }[] };
    const { apps } = await get<{ apps: App[] }>('apps');
    expect(apps.map(({ developerName }) => developerName)).toEqual(['Accord']);
    const labels = ['Home', 'Leads', 'Campaigns', 'Agreements', 'Lead States', 'Hand-offs'];
    expect(apps[0]?.navItems.map(({ label }) => label)).toEqual(labels);
    expect(await get<App>('apps/selected')).toEqual(apps[0]);
    expect(await get<App>(`apps/${apps[0]?.appId}`)).toEqual(apps[0]);
    expect((await get<App>('nav-items')).navItems).toEqual(apps[0]?.navItems);
    expect(await get('apps', org.asOutsider)).toEqual({ apps: [] });
    expect((await org.asOutsider('GET', 'ui-api/apps/selected')).status).toBe(404);
  });
});

describe('record types', () => {
  it('are told by object, with their picklists, layout and records', async () => {
    const type = `<recordTypes><fullName>Inbound</fullName><active>true</active><label>Inbound</label></recordTypes>`;
    const files = { 'objects/Campaign.object': `<CustomObject ${METADATA}>${type}</CustomObject>` };
    await deployFiles(org.org, files, { RecordType: ['Campaign.Inbound'] });
    const { recordTypeInfos, childRelationships } = await get<Info>('object-info/Campaign', org.asAdmin);
    const inbound = Object.entries(recordTypeInfos).find(([, { name }]) => name === 'Inbound')?.[0] ?? '';
    expect(recordTypeInfos[MASTER]).toMatchObject({ master: true, name: 'Master' });
    expect(childRelationships.map(({ relationshipName }) => relationshipName)).toContain('CampaignMembers');
    const values = await get<{ values: object[] }>(
      `object-info/Campaign/picklist-values/${inbound}/Status`,
      org.asAdmin,
    );
    expect(values.values.length).toBeGreaterThan(0);
    const all = await get<{ picklistFieldValues: object }>(
      `object-info/Campaign/picklist-values/${inbound}`,
      org.asAdmin,
    );
    expect(Object.keys(all.picklistFieldValues)).toEqual(expect.arrayContaining(['Status', 'Type']));
    expect((await org.asAdmin('GET', `ui-api/layout/Campaign?recordTypeId=${inbound}`)).status).toBe(200);
    const unknown = '012Ac0000000zzz';
    expect((await org.asAdmin('GET', `ui-api/object-info/Campaign/picklist-values/${unknown}/Status`)).status).toBe(
      404,
    );
    expect((await org.asAdmin('GET', `ui-api/layout/Campaign?recordTypeId=${unknown}`)).status).toBe(404);
  });
});
