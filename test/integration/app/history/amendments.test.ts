import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmRecord, Store } from '../../../../src/app/ports.ts';
import { updateRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';

const minute = 60_000;
const day = 86_400_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

const handOff = (more = '', expires = '90 days'): string =>
  agreementText().replace(
    'rhythm: { expires: 90 days }',
    `process: { handOff: { stage: mql, requires: owner${more} } }\nrhythm: { expires: ${expires} }`,
  );

describe('hand-offs over several versions', () => {
  let org: AgreedOrg;
  let store: Store;
  let queue: string;
  beforeEach(async () => {
    org = await AgreedOrg.start();
    queue = org.addQueue('Inbound');
    store = await org.openStore();
  });
  afterEach(async () => {
    await store.close();
    await org[Symbol.asyncDispose]();
  });

  const agree = async (text: string): Promise<void> => {
    org.orgClock.advance(minute);
    await org.push(text);
    await org.sign();
    await org.sync(store);
  };
  const rows = (): readonly CrmRecord[] =>
    org.query(
      'SELECT Key__c, Status__c, Opened_At__c, Waiting_Since__c, Decided_At__c, Agreement_Version__c FROM Accord_Handoff__c',
    );
  const change = (row: Record<string, unknown>): void => {
    const { org: data } = org.running;
    org.orgClock.advance(minute);
    expect(updateRow(data, data.system(), 'Lead', row)).toBeUndefined();
    org.orgClock.advance(minute);
  };

  it('open for who reached the stage under the version before, also when everything is read anew', async () => {
    await agree(handOff());
    const lead = org.addLead({ NumberOfEmployees: 100, OwnerId: queue });
    await org.sync(store);
    await agree(handOff(', accepted: { all: [ { employees: { atLeast: 1000 } } ] }'));
    change({ Id: lead, OwnerId: org.people.ana.userId });
    await org.sync(store);
    expect(rows()).toMatchObject([{ Key__c: `${lead}:1`, Status__c: 'Open', Agreement_Version__c: 2 }]);
    const recorded = rows();
    expect(await org.sync(store, { full: true })).toMatchObject({ written: 0 });
    expect(rows()).toEqual(recorded);
  });

  it('stand still with everything else while an expired version has no successor', async () => {
    await agree(handOff('', '2 days'));
    const [waiting, late] = [
      org.addLead({ NumberOfEmployees: 100, OwnerId: queue }),
      org.addLead({ NumberOfEmployees: 5 }),
    ];
    await org.sync(store);
    org.orgClock.advance(3 * day);
    change({ Id: late, NumberOfEmployees: 100 });
    change({ Id: waiting, OwnerId: org.people.ana.userId });
    await agree(handOff('', '90 days'));
    const begun = org.query("SELECT Effective_From__c FROM Accord_Agreement__c WHERE Status__c = 'In Force'");
    const since = org.query(`SELECT Since__c FROM Accord_Lead_State__c WHERE Lead_Id__c = '${late}'`);
    expect(since[0]?.['Since__c']).toBe(begun[0]?.['Effective_From__c']);
    expect(rows()).toMatchObject([{ Key__c: `${late}:1`, Waiting_Since__c: begun[0]?.['Effective_From__c'] }]);
    expect(await org.sync(store, { full: true })).toMatchObject({ changed: 0, written: 0 });
  });

  it('end by time alone also after the conversion of the lead', async () => {
    await agree(
      handOff(', recycled: { all: [ { quiet: { atLeast: 5 } } ] }').replace(
        'stages:',
        '  quiet: { daysSince: activity }\nstages:',
      ),
    );
    const lead = org.addLead({ NumberOfEmployees: 100 });
    const { org: data } = org.running;
    const { ana } = org.people;
    org.add('Task', { WhoId: lead, OwnerId: ana.userId, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });
    await org.sync(store);
    org.orgClock.advance(minute);
    const conversion = { leadId: lead, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true };
    expect(data.convertLead(data.system(), conversion, system).errors).toEqual([]);
    org.orgClock.advance(minute);
    await org.sync(store);
    expect(rows()).toMatchObject([{ Status__c: 'Accepted' }]);
    org.orgClock.advance(6 * day);
    await org.sync(store);
    expect(rows()).toMatchObject([{ Status__c: 'Recycled' }]);
  });
});
