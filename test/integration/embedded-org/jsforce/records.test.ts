import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';

const LEAD = { LastName: 'Ames', Company: 'Acme' };
const ROLLED_BACK = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

let org: TestOrg;

beforeAll(async () => {
  org = await startTestOrg();
  const contact = org.org.core.schema.find('Contact')!;
  const title = contact.fields.find((field) => field.name === 'Title')!;
  const key = { ...title, name: 'Key__c', label: 'Key', custom: true, externalId: true, permissionable: false };
  org.org.core.schema.define({ ...contact, fields: [...contact.fields, key] });
});

afterAll(() => org?.[Symbol.asyncDispose]());

describe('jsforce', () => {
  it('creates, retrieves, updates and deletes one record and many', async () => {
    const leads = org.connection.sobject('Lead');
    const one = await leads.create(LEAD);
    expect(one).toMatchObject({ success: true, errors: [] });
    const many = await leads.create([LEAD, { ...LEAD, LastName: 'Bell' }]);
    const ids = many.map((each) => String(each.id));
    expect(await leads.retrieve(ids)).toMatchObject([{ LastName: 'Ames' }, { LastName: 'Bell' }]);
    await leads.update(ids.map((Id) => ({ Id, Title: 'CEO' })));
    expect((await leads.retrieve(String(ids[1]))).Title).toBe('CEO');
    await leads.record(String(one.id)).update({ Company: 'Other' });
    expect((await leads.record(String(one.id)).retrieve()).Company).toBe('Other');
    await leads.destroy([...ids, String(one.id)]);
    await expect(leads.retrieve(String(one.id))).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('gets errors row by row, or none of the rows is kept when all or none was asked for', async () => {
    const rows = [LEAD, { Company: 'Acme' }];
    const before = await org.connection.sobject('Lead').count();
    const some = await org.connection.sobject('Lead').create(rows, { allOrNone: false });
    expect(some.map((each) => each.success)).toEqual([true, false]);
    const none = await org.connection.sobject('Lead').create(rows, { allOrNone: true });
    expect(none.map((each) => each.errors)).toMatchObject([
      [{ statusCode: ROLLED_BACK }],
      [{ statusCode: 'REQUIRED_FIELD_MISSING' }],
    ]);
    expect(await org.connection.sobject('Lead').count()).toBe(before + 1);
  });

  it('splits more than 200 records into several calls', async () => {
    const rows = Array.from({ length: 450 }, (_, i) => ({ LastName: `R${i}`, Company: 'Recursive' }));
    const results = await org.connection.sobject('Lead').create(rows, { allowRecursive: true });
    expect(results.filter((each) => each.success)).toHaveLength(450);
    expect(await org.connection.sobject('Lead').count({ Company: 'Recursive' })).toBe(450);
  });

  it('upserts by external id, and is told of several records with that id', async () => {
    const contacts = org.connection.sobject('Contact');
    const created = await contacts.upsert({ Key__c: 'k1', LastName: 'Ames' }, 'Key__c');
    expect(created).toMatchObject({ success: true, created: true });
    const again = await contacts.upsert({ Key__c: 'k1', LastName: 'Bell' }, 'Key__c');
    expect(again).toMatchObject({ success: true, created: false, id: created.id });
    const both = await contacts.upsert(
      [
        { Key__c: 'k1', LastName: 'Cole' },
        { Key__c: 'k2', LastName: 'Dunn' },
      ],
      'Key__c',
    );
    expect(both.map((each) => each.created)).toEqual([false, true]);
    await contacts.create({ Key__c: 'k1', LastName: 'Twin' });
    await expect(contacts.upsert({ Key__c: 'k1', LastName: 'Which?' }, 'Key__c')).rejects.toMatchObject({
      errorCode: 'MULTIPLE_CHOICES',
    });
    expect((await contacts.retrieve(String(created.id))).LastName).toBe('Cole');
  });

  it('follows a lookup by its name, and learns that a field holds no file', async () => {
    const lead = await org.connection.sobject('Lead').create(LEAD);
    const base = `/services/data/v68.0/sobjects/Lead/${lead.id}`;
    const owner = await org.connection.request<{ Username: string }>(`${base}/Owner`);
    expect(owner.Username).toBe(org.username);
    await expect(org.connection.request(`${base}/Company`)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('reads what was updated and deleted lately', async () => {
    const { id } = await org.connection.sobject('Account').create({ Name: 'Acme' });
    const { id: gone } = await org.connection.sobject('Account').create({ Name: 'Gone' });
    await org.connection.sobject('Account').destroy(String(gone));
    const { clock } = org.org.core;
    const start = new Date(clock.now() - 60 * 60_000);
    clock.advance(2 * 60_000);
    const end = new Date(clock.now());
    const updated = await org.connection.sobject('Account').updated(start, end);
    expect(updated.ids).toEqual([id]);
    const deleted = await org.connection.sobject('Account').deleted(start, end);
    expect(deleted.deletedRecords).toMatchObject([{ id: gone, deletedDate: expect.stringMatching(/\+0000$/) }]);
  });

  it('lists records looked at lately, of any object and of one', async () => {
    const headers = { 'sforce-mru': 'updateMru=true' };
    const account = await org.connection.sobject('Account').create({ Name: 'Acme' }, { headers });
    const lead = await org.connection.sobject('Lead').create(LEAD, { headers });
    expect(await org.connection.recent()).toMatchObject([{ Id: lead.id }, { Id: account.id }]);
    expect(await org.connection.recent(1)).toHaveLength(1);
    expect(await org.connection.sobject('Account').recent()).toMatchObject([{ Id: account.id, Name: 'Acme' }]);
  });

  it('writes and reads a table by Bulk API 2.0', async () => {
    const { bulk2 } = org.connection;
    bulk2.pollInterval = 20;
    const input = [
      { LastName: 'Bulk', Company: 'Acme' },
      { LastName: 'Bulk', Company: '' },
    ];
    const result = await bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'insert', input });
    expect([result.successfulResults.length, result.failedResults.length]).toEqual([1, 1]);
    const rows = await (await bulk2.query("SELECT Company FROM Lead WHERE LastName = 'Bulk'")).toArray();
    expect(rows).toEqual([{ Company: 'Acme' }]);
  });

  it('sends composite requests', async () => {
    type Answer = { compositeResponse: { httpStatusCode: number; body: { totalSize?: number } }[] };
    const base = '/services/data/v68.0';
    const answer = await org.connection.requestPost<Answer>(`${base}/composite`, {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'a', body: { Name: 'Composed' } },
        { method: 'GET', url: `${base}/query?q=SELECT+Id+FROM+Account+WHERE+Id='@{a.id}'`, referenceId: 'q' },
      ],
    });
    expect(answer.compositeResponse).toMatchObject([
      { httpStatusCode: 201 },
      { httpStatusCode: 200, body: { totalSize: 1 } },
    ]);
  });
});
