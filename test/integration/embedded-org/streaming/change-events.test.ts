import { describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';
import { ChangeListener } from './change-listener.ts';

const LEAD = { FirstName: 'Ada', LastName: 'Lovelace', Company: 'Engine Works', Status: 'Open - Not Contacted' };

const select = (org: TestOrg, ...names: string[]): Promise<unknown> =>
  org.send('POST', '/services/embedded/change-events', { select: names });

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
    await org.connection.sobject('Lead').update({ Id: id, LastName: 'King', Rating: 'Hot' });
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
    expect(heard[0]?.payload).not.toHaveProperty('Rating');
    expect(heard[1]?.payload).toMatchObject({ Name: { LastName: 'King' }, Rating: 'Hot' });
    expect(heard[1]?.payload).not.toHaveProperty('Company');
    expect(Object.keys(heard[2]?.payload ?? {})).toEqual(['ChangeEventHeader']);
    const ids = heard.map(({ event }) => event.replayId);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });
});
