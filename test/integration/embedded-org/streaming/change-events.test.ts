import { describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';
import { ChangeListener, select } from './change-listener.ts';

const LEAD = { FirstName: 'Ada', LastName: 'Lovelace', Company: 'Engine Works', Status: 'Open - Not Contacted' };

async function createLead(org: TestOrg, fields: object = LEAD): Promise<string> {
  const { id } = await org.connection.sobject('Lead').create(fields);
  return String(id);
}

describe('change events', () => {
  it('tell jsforce of a create, an update and a delete, in the order of their commits', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');

    const id = await createLead(org);
    await org.connection.sobject('Lead').update({ Id: id, LastName: 'King', Rating: 'Hot', FirstName: null });
    await org.connection.sobject('Lead').delete(id);

    const heard = await listener.hears(3);
    expect(heard.map(({ payload }) => payload.ChangeEventHeader)).toMatchObject([
      { entityName: 'Lead', recordIds: [id], changeType: 'CREATE', changedFields: [], sequenceNumber: 1 },
      { changeType: 'UPDATE', recordIds: [id] },
      { changeType: 'DELETE', recordIds: [id], changedFields: [] },
    ]);
    expect(heard[0]?.payload).toMatchObject({
      Name: { FirstName: 'Ada', LastName: 'Lovelace' },
      Company: 'Engine Works',
      IsConverted: false,
    });
    expect(heard[0]?.payload['CreatedDate']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    for (const absent of ['Rating', 'Id', 'SystemModstamp', 'IsDeleted', 'LastActivityDate']) {
      expect(heard[0]?.payload).not.toHaveProperty(absent);
    }
    expect(heard[1]?.payload).toMatchObject({ Name: { LastName: 'King', FirstName: null }, Rating: 'Hot' });
    expect(heard[1]?.payload.ChangeEventHeader.changedFields.toSorted()).toEqual(
      ['LastModifiedDate', 'Name.FirstName', 'Name.LastName', 'Rating'].toSorted(),
    );
    expect(heard[1]?.payload).not.toHaveProperty('Company');
    expect(Object.keys(heard[2]?.payload ?? {})).toEqual(['ChangeEventHeader']);
    const ids = heard.map(({ event }) => event.replayId);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('are not made in a new org, which has no object selected', async () => {
    await using org = await startTestOrg();
    await createLead(org);
    await select(org, 'Lead');
    const id = await createLead(org);
    await using listener = await ChangeListener.open(org.connection, '/data/ChangeEvents', -2);
    const [only, ...others] = await listener.hears(1);
    expect([only?.payload.ChangeEventHeader.recordIds, others]).toEqual([[id], []]);
  });

  it('are one for the same change to several records of a call, and one each for different changes', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    const ids = [await createLead(org), await createLead(org), await createLead(org)];
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');

    const [first = '', second = '', third = ''] = ids;
    await org.connection.sobject('Lead').update([
      { Id: first, Rating: 'Hot' },
      { Id: second, Rating: 'Cold' },
      { Id: third, Rating: 'Hot' },
    ]);
    await org.connection.sobject('Lead').delete(ids);

    const heard = await listener.hears(3);
    expect(heard.map(({ payload }) => payload.ChangeEventHeader)).toMatchObject([
      { changeType: 'UPDATE', recordIds: [first, third], sequenceNumber: 1 },
      { changeType: 'UPDATE', recordIds: [second], sequenceNumber: 2 },
      { changeType: 'DELETE', recordIds: ids },
    ]);
    const [one, two] = heard.map(({ payload }) => payload.ChangeEventHeader.transactionKey);
    expect(one).toBe(two);
  });

  it('are one for several writes to a record in one transaction, with what was committed', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    const { body } = await org.send('POST', 'composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: '/services/data/v68.0/sobjects/Lead', referenceId: 'lead', body: LEAD },
        {
          method: 'PATCH',
          url: '/services/data/v68.0/sobjects/Lead/@{lead.id}',
          referenceId: 'hot',
          body: { Rating: 'Hot' },
        },
      ],
    });
    expect(JSON.stringify(body)).toContain('"httpStatusCode":204');
    await createLead(org, { ...LEAD, LastName: 'Second' });
    const heard = await listener.hears(2);
    expect(heard[0]?.payload).toMatchObject({ ChangeEventHeader: { changeType: 'CREATE' }, Rating: 'Hot' });
    expect(heard[1]?.payload).toMatchObject({ Name: { LastName: 'Second' } });
  });

  it('are not made of what is rolled back', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    await org.send('POST', 'composite/sobjects', {
      allOrNone: true,
      records: [
        { attributes: { type: 'Lead' }, ...LEAD },
        { attributes: { type: 'Lead' }, LastName: 'Without a company' },
      ],
    });
    await org.send('POST', 'composite/sobjects', {
      allOrNone: false,
      records: [
        { attributes: { type: 'Lead' }, LastName: 'Without a company' },
        { attributes: { type: 'Lead' }, ...LEAD, LastName: 'Kept' },
      ],
    });
    const heard = await listener.hears(1);
    expect(heard.map(({ payload }) => payload['Name'])).toMatchObject([{ LastName: 'Kept' }]);
  });

  it('tell of a record that comes back from the recycle bin with all it holds', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    const id = await createLead(org);
    await org.connection.sobject('Lead').delete(id);
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    org.org.undeleteRows(org.org.system(), [id], { allOrNone: true, autoAssign: false, apiVersion: 68 });
    const [heard] = await listener.hears(1);
    expect(heard?.payload).toMatchObject({ ChangeEventHeader: { changeType: 'UNDELETE' }, Company: 'Engine Works' });
  });

  it('leave out what the platform derives: an activity alone changes no lead', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead', 'Task');
    const id = await createLead(org);
    await using listener = await ChangeListener.open(org.connection, '/data/ChangeEvents');
    await org.connection
      .sobject('Task')
      .create({ WhoId: id, Subject: 'Call', Status: 'Completed', ActivityDate: '2026-01-01' });
    await org.connection.sobject('Lead').update({ Id: id, Rating: 'Hot' });
    const heard = await listener.hears(2);
    expect(heard.map(({ payload }) => payload.ChangeEventHeader.entityName)).toEqual(['Task', 'Lead']);
  });

  it('tell of a conversion as of all that it makes and changes', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead', 'Account', 'Contact', 'Opportunity');
    const leadId = await createLead(org);
    await using listener = await ChangeListener.open(org.connection, '/data/ChangeEvents');
    await org.connection.soap.convertLead({ leadId, convertedStatus: 'Closed - Converted' });
    const heard = await listener.hears(4);
    const headers = heard.map(
      ({ payload: { ChangeEventHeader: header } }) => `${header.changeType} ${header.entityName}`,
    );
    expect(headers.toSorted()).toEqual(['CREATE Account', 'CREATE Contact', 'CREATE Opportunity', 'UPDATE Lead']);
    const lead = heard.find(({ payload }) => payload.ChangeEventHeader.entityName === 'Lead');
    expect(lead?.payload).toMatchObject({ IsConverted: true, Status: 'Closed - Converted' });
    expect(lead?.payload.ChangeEventHeader.changeOrigin).toBe('com/salesforce/api/soap/68.0');
  });

  it('say who changed what through which API', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    await org.send('POST', 'sobjects/Lead', LEAD, { 'sforce-call-options': 'client=Importer' });
    const [heard] = await listener.hears(1);
    const admin = org.org.findUserByUsername(org.username);
    expect(heard?.payload.ChangeEventHeader).toMatchObject({
      commitUser: admin?.userId,
      changeOrigin: 'com/salesforce/api/rest/68.0;client=Importer',
    });
  });

  it('come of bulk jobs too', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    await org.connection.bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'insert',
      input: [{ LastName: 'Bulk', Company: 'Load' }],
      pollInterval: 50,
    });
    const [heard] = await listener.hears(1);
    expect(heard?.payload).toMatchObject({ Company: 'Load', Name: { LastName: 'Bulk' } });
  });
});

describe('a gap event', () => {
  it('names the records and tells nothing of them', async () => {
    await using org = await startTestOrg({ faults: true });
    await select(org, 'Lead');
    const id = await createLead(org);
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    const gap = { object: 'Lead', recordIds: [id], changeType: 'GAP_UPDATE' };
    const { body } = await org.send('POST', '/services/embedded/faults/gap', gap);
    const [heard] = await listener.hears(1);
    expect(heard?.event).toEqual(body);
    expect(heard?.payload).toEqual({
      ChangeEventHeader: expect.objectContaining({ changeType: 'GAP_UPDATE', recordIds: [id], entityName: 'Lead' }),
    });
  });
});

describe('an event that is lost', () => {
  it('leaves a gap in the replay ids and nothing else', async () => {
    await using org = await startTestOrg({ faults: true });
    await select(org, 'Lead');
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    await createLead(org);
    await org.send('POST', '/services/embedded/faults', {
      match: { method: 'POST', path: '/sobjects/Lead' },
      do: { loseEvents: true },
    });
    await createLead(org, { ...LEAD, LastName: 'Lost' });
    await createLead(org, { ...LEAD, LastName: 'Found' });
    const [first, second] = await listener.hears(2);
    expect(second?.payload['Name']).toMatchObject({ LastName: 'Found' });
    expect((second?.event.replayId ?? 0) - (first?.event.replayId ?? 0)).toBe(2);
  });
});
