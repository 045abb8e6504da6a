import { describe, expect, it } from 'vitest';
import { addUser, BASE, connect, startTestOrg } from './running-org.ts';

const LEAD = { LastName: 'Ames', Company: 'Acme' };

describe('records by REST', () => {
  it('lets jsforce create, read, update and delete', async () => {
    await using org = await startTestOrg();
    const leads = org.connection.sobject('Lead');
    const created = await leads.create({ ...LEAD, NumberOfEmployees: 12 });
    expect(created).toEqual({ id: expect.stringMatching(/^00Q\w{15}$/), success: true, errors: [] });
    const id = String(created.id);
    expect(await leads.retrieve(id)).toMatchObject({
      attributes: { type: 'Lead', url: `${BASE}/sobjects/Lead/${id}` },
      Name: 'Ames',
      NumberOfEmployees: 12,
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/),
    });
    await leads.update({ Id: id, Company: 'Other' });
    expect((await org.send('GET', `sobjects/Lead/${id}?fields=Company`)).body).toEqual({
      attributes: { type: 'Lead', url: `${BASE}/sobjects/Lead/${id}` },
      Company: 'Other',
      Id: id,
    });
    await leads.destroy(id);
    await expect(leads.retrieve(id)).rejects.toThrow('entity is deleted');
  });

  it('answers writes with the statuses of the platform', async () => {
    await using org = await startTestOrg();
    const created = await org.send('POST', 'sobjects/Lead', LEAD);
    expect(created.status).toBe(201);
    const path = `sobjects/Lead/${(created.body as { id: string }).id}`;
    expect(await org.send('PATCH', path, { Company: 'B' })).toMatchObject({ status: 204, body: undefined });
    expect(await org.send('DELETE', path)).toMatchObject({ status: 204, body: undefined });
    expect(await org.send('DELETE', path)).toMatchObject({ status: 404, body: [{ errorCode: 'ENTITY_IS_DELETED' }] });
  });

  it('refuses a faulty record with the row’s own code, message and fields', async () => {
    await using org = await startTestOrg();
    expect(await org.send('POST', 'sobjects/Lead', { Company: 'Acme' })).toMatchObject({
      status: 400,
      body: [
        {
          message: 'Required fields are missing: [LastName]',
          errorCode: 'REQUIRED_FIELD_MISSING',
          fields: ['LastName'],
        },
      ],
    });
    expect(await org.send('POST', 'sobjects/Lead', { ...LEAD, Nope__c: 1 })).toMatchObject({
      status: 400,
      body: [{ message: "No such column 'Nope__c' on sobject of type Lead", errorCode: 'INVALID_FIELD' }],
    });
  });

  it('does not know objects, records and resources that do not exist', async () => {
    await using org = await startTestOrg();
    const missing = [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }];
    const paths = ['sobjects/Nope', 'sobjects/Lead/00QAc0000000999AAA', 'nope', 'sobjects/Lead/describe/nope/nope'];
    for (const path of [...paths, '/services/data/v99.0/limits', '/services/data/v68/limits', '/nowhere']) {
      expect({ path, ...(await org.send('GET', path)) }).toMatchObject({ path, status: 404, body: missing });
    }
  });

  it('names the allowed methods when it refuses one', async () => {
    await using org = await startTestOrg();
    expect(await org.send('PUT', 'sobjects/Lead', LEAD)).toMatchObject({
      status: 405,
      body: [{ errorCode: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'PUT' not allowed. Allowed are GET,HEAD,POST" }],
    });
    const head = await org.call(`${BASE}/sobjects/Lead`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const posted = await org.send('POST', 'sobjects/Lead', LEAD);
    const path = `sobjects/Lead/${(posted.body as { id: string }).id}?_HttpMethod=PATCH`;
    expect((await org.send('POST', path, { Company: 'C' })).status).toBe(204);
  });

  it('describes objects for jsforce and hides what a user may not see', async () => {
    await using org = await startTestOrg();
    const lead = await org.connection.describe('Lead');
    expect(lead.fields.find((field) => field.name === 'LastName')).toMatchObject({ type: 'string', length: 80 });
    const global = await org.connection.describeGlobal();
    expect(global.sobjects.map((each) => each.name)).toContain('CampaignMember');
    addUser(org, 'api@accord.example', 'Minimum Access - API Only Integrations');
    const limited = connect(
      org.instanceUrl,
      org.sessions.create(org.org.findUserByUsername('api@accord.example')!.userId),
    );
    await expect(limited.describe('Lead')).rejects.toThrow('The requested resource does not exist');
  });

  it('follows a relationship of a record', async () => {
    await using org = await startTestOrg();
    const { id } = await org.connection.sobject('Lead').create(LEAD);
    const owner = await org.send('GET', `sobjects/Lead/${id}/Owner?fields=Username`);
    expect(owner.body).toMatchObject({ Username: 'admin@accord.example' });
  });

  it('lists what was changed and deleted in a period', async () => {
    await using org = await startTestOrg();
    const { clock } = org.org.core;
    clock.freezeAt(Date.parse('2026-03-01T10:00:30Z'));
    const { id: kept } = await org.connection.sobject('Lead').create(LEAD);
    const { id: gone } = await org.connection.sobject('Lead').create(LEAD);
    await org.connection.sobject('Lead').destroy(String(gone));
    clock.advance(5 * 60_000);
    const [from, to] = ['2026-03-01T09:59:00Z', '2026-03-01T10:05:00Z'];
    expect((await org.connection.sobject('Lead').updated(from, to)).ids).toEqual([kept]);
    expect((await org.connection.sobject('Lead').deleted(from, to)).deletedRecords).toEqual([
      { id: gone, deletedDate: '2026-03-01T10:00:30.000+0000' },
    ]);
    expect(await org.send('GET', `sobjects/Lead/updated?start=${to}&end=${from}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_REPLICATION_DATE' }],
    });
  });
});
