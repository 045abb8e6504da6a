import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { addUser, BASE, connect, startTestOrg, type TestOrg } from './running-org.ts';

const PACKAGE = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
  <types><members>Lead.Ext__c</members><name>CustomField</name></types><version>68.0</version>
</Package>`;

const FIELD = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
  <fields><fullName>Ext__c</fullName><label>Ext</label><type>Text</type><length>40</length><externalId>true</externalId></fields>
</CustomObject>`;

/** An org whose leads have an external id that need not be unique, open to administrators. */
async function startWithExternalId(): Promise<TestOrg> {
  const org = await startTestOrg();
  const zip = await new JSZip()
    .file('package.xml', PACKAGE)
    .file('objects/Lead.object', FIELD)
    .generateAsync({ type: 'uint8array' });
  const options = { checkOnly: false, rollbackOnError: true, singlePackage: true };
  expect(await org.org.deploy(org.org.system(), zip, options)).toMatchObject({ success: true });
  const admin = org.org.findUserByUsername(org.username);
  org.org.setProfileFieldAccess(admin?.profileId ?? '', 'Lead.Ext__c', { read: true, edit: true });
  return org;
}

describe('external ids', () => {
  it('create a record the first time and change it the second', async () => {
    await using org = await startWithExternalId();
    const path = `sobjects/Lead/Ext__c/${encodeURIComponent("O'Neil & Söhne/1")}`;
    const created = await org.send('PATCH', path, { LastName: 'Ames', Company: 'Acme' });
    expect(created).toMatchObject({ status: 201, body: { success: true, created: true, errors: [] } });
    const { id } = created.body as { id: string };
    const changed = await org.send('PATCH', path, { Company: 'Other' });
    expect(changed).toMatchObject({ status: 200, body: { id, created: false } });
    expect((await org.send('GET', `${path}?fields=Company,Ext__c`)).body).toMatchObject({
      Company: 'Other',
      Ext__c: "O'Neil & Söhne/1",
    });
    expect((await org.send('DELETE', path)).status).toBe(204);
    expect((await org.send('GET', path)).status).toBe(404);
  });

  it('answer 300 with the records when several share one, which jsforce names', async () => {
    await using org = await startWithExternalId();
    const lead = { LastName: 'Ames', Company: 'Acme', Ext__c: 'x' };
    const rows = await org.connection.sobject('Lead').create([lead, lead]);
    const urls = rows.map((row) => `${BASE}/sobjects/Lead/${row.id}`);
    const answer = await org.send('PATCH', 'sobjects/Lead/Ext__c/x', { Company: 'B' });
    expect([answer.status, answer.body]).toEqual([300, urls]);
    await expect(org.connection.sobject('Lead').upsert({ Ext__c: 'x', Company: 'B' }, 'Ext__c')).rejects.toMatchObject({
      name: 'MULTIPLE_CHOICES',
    });
  });

  it('that several records share fail their own row alone, in a collection, a bulk job and over SOAP', async () => {
    await using org = await startWithExternalId();
    const lead = { LastName: 'Ames', Company: 'Acme' };
    const twins = [1, 2].map(() => ({ ...lead, Ext__c: 'x' }));
    const ids = (await org.connection.sobject('Lead').create(twins)).map((row) => row.id);
    const message = `Ext__c: more than one record found for external id field: [${ids.join(', ')}]`;
    const records = [{ attributes: { type: 'Lead' }, ...lead, Ext__c: 'x' }];
    expect(await org.send('PATCH', 'composite/sobjects/Lead/Ext__c', { records })).toMatchObject({
      status: 200,
      body: [{ success: false, errors: [{ statusCode: 'DUPLICATE_EXTERNAL_ID', message }] }],
    });
    org.connection.bulk2.pollInterval = 20;
    for (const before of [0, 200]) {
      const fresh = Array.from({ length: before }, (_, i) => ({ ...lead, Ext__c: `n${i}` }));
      const input = [...fresh, { ...lead, Ext__c: 'x' }];
      const job = { object: 'Lead', operation: 'upsert', externalIdFieldName: 'Ext__c', input } as const;
      const result = await org.connection.bulk2.loadAndWaitForResults(job);
      expect(result.successfulResults).toHaveLength(before);
      expect(result.failedResults).toMatchObject([
        { sf__Error: expect.stringContaining('DUPLICATE_EXTERNAL_ID:Ext__c'), Ext__c: 'x' },
      ]);
    }
    const upserted = await org.connection.soap.upsert('Ext__c', [{ type: 'Lead', ...lead, Ext__c: 'x' }]);
    expect(upserted).toMatchObject([{ success: false, errors: [{ statusCode: 'DUPLICATE_EXTERNAL_ID' }] }]);
  });

  it('do not name records to a user who sees none of those that share one', async () => {
    await using org = await startWithExternalId();
    const lead = { LastName: 'Ames', Company: 'Acme' };
    org.org.core.schema.define({ ...org.org.core.schema.find('Lead')!, sharingModel: 'Private' });
    await org.connection.sobject('Lead').create([1, 2].map(() => ({ ...lead, Ext__c: 'x' })));
    const profiles = await org.connection.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    org.org.setProfileFieldAccess(String(profiles.records[0]?.['Id']), 'Lead.Ext__c', { read: true, edit: true });
    const authorization = `Bearer ${org.sessions.create(addUser(org, 'rep@accord.example'))}`;
    const answer = await org.send('PATCH', 'sobjects/Lead/Ext__c/x', lead, { authorization });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'DUPLICATE_EXTERNAL_ID' }] });
    expect(JSON.stringify(answer.body)).not.toContain('00Q');
  });

  it('tell created from changed rows in a collection and in a bulk job', async () => {
    await using org = await startWithExternalId();
    await org.connection.sobject('Lead').create({ LastName: 'Ames', Company: 'Acme', Ext__c: 'a' });
    const records = ['a', 'b'].map((Ext__c) => ({ attributes: { type: 'Lead' }, Ext__c, LastName: 'X', Company: 'Y' }));
    const answer = await org.send('PATCH', 'composite/sobjects/Lead/Ext__c', { records });
    expect(answer.body).toMatchObject([
      { success: true, created: false },
      { success: true, created: true },
    ]);
    org.connection.bulk2.pollInterval = 20;
    const result = await org.connection.bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'upsert',
      externalIdFieldName: 'Ext__c',
      input: ['b', 'c'].map((Ext__c) => ({ Ext__c, LastName: 'Z', Company: 'Y' })),
    });
    expect(result.successfulResults.map((row) => row.sf__Created)).toEqual(['false', 'true']);
    expect((await org.connection.query('SELECT COUNT() FROM Lead')).totalSize).toBe(3);
  });

  it('are refused where the field is none, or is in the body as well', async () => {
    await using org = await startWithExternalId();
    const lead = { LastName: 'Ames', Company: 'Acme' };
    expect(await org.send('PATCH', 'sobjects/Lead/Company/x', lead)).toMatchObject({
      status: 404,
      body: [{ message: 'Provided external ID field does not exist or is not accessible: Company' }],
    });
    expect(await org.send('PATCH', 'sobjects/Lead/Ext__c/x', { ...lead, Ext__c: 'x' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
  });

  it('are none for a user who may not read the field', async () => {
    await using org = await startWithExternalId();
    await org.connection.sobject('Lead').create({ LastName: 'Ames', Company: 'Acme', Ext__c: 'x' });
    const token = org.sessions.create(addUser(org, 'rep@accord.example'));
    for (const [method, body] of [['GET'], ['PATCH', { Company: 'B' }], ['DELETE']] as const) {
      const path = 'sobjects/Lead/Ext__c/x';
      const message = 'Provided external ID field does not exist or is not accessible: Ext__c';
      expect(await org.send(method, path, body, { authorization: `Bearer ${token}` })).toMatchObject({
        status: 404,
        body: [{ errorCode: 'NOT_FOUND', message }],
      });
    }
  });

  it('find no parent for a user who may not read the field, and do not tell whether there is one', async () => {
    await using org = await startWithExternalId();
    await org.connection.sobject('Lead').create({ LastName: 'Ames', Company: 'Acme', Ext__c: 'x' });
    const authorization = `Bearer ${org.sessions.create(addUser(org, 'rep@accord.example'))}`;
    const message = 'Field name provided, Ext__c is not an External ID or indexed field for Lead';
    const attributes = { type: 'Task', referenceId: 'a' };
    for (const value of ['x', 'y']) {
      const task = { Subject: 'Call', Who: { attributes: { type: 'Lead' }, Ext__c: value } };
      const error = { message, fields: [] };
      expect(await org.send('POST', 'sobjects/Task', task, { authorization })).toMatchObject({
        status: 400,
        body: [{ message, errorCode: 'INVALID_FIELD' }],
      });
      const records = [{ attributes, ...task }];
      const collection = await org.send('POST', 'composite/sobjects', { records }, { authorization });
      expect(collection.body).toMatchObject([{ errors: [error] }]);
      const tree = await org.send('POST', 'composite/tree/Task', { records }, { authorization });
      expect(tree.body).toMatchObject({ results: [{ errors: [error] }] });
    }
    const rep = connect(org.instanceUrl, authorization.replace('Bearer ', ''));
    rep.bulk2.pollInterval = 20;
    for (const column of ['Lead.Ext__c', 'Lead.Company']) {
      const job = rep.bulk2.loadAndWaitForResults({
        object: 'CampaignMember',
        operation: 'insert',
        input: [{ [column]: 'x' }],
      });
      await expect(job).rejects.toThrow(`Field name not found : ${column}`);
    }
    expect((await org.connection.query('SELECT Id FROM Task')).totalSize).toBe(0);
  });
});
