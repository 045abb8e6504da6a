import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CrmRecord, Store } from '../../../../src/app/ports.ts';
import { updateRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';

const minute = 60_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

const withHandOffs = agreementText()
  .replace('stages:', '  rating: { field: Lead.Rating }\nstages:')
  .replace(
    'rhythm:',
    `  - { id: recycled, title: Recycled, side: true, when: { all: [ { rating: { is: Cold } } ] } }
process:
  handOff: { stage: mql, requires: owner }
  reasons: [ { id: too-small, title: Too small } ]
rhythm:`,
  );

describe('hand-offs in the org', () => {
  let org: AgreedOrg;
  let store: Store;
  let stores = 0;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push(withHandOffs);
    await org.sign();
  });
  beforeEach(async () => {
    store = await org.openStore(`hand-offs-${stores++}.sqlite`);
    org.orgClock.advance(minute);
    await org.sync(store);
  });
  afterEach(() => store.close());
  afterAll(() => org[Symbol.asyncDispose]());

  const rows = (lead: string): readonly CrmRecord[] =>
    org.query(
      'SELECT Id, Key__c, Lead__c, Status__c, Opened_At__c, Waiting_Since__c, Owner_Waited_Minutes__c, Decided_At__c, ' +
        `Accepted_At__c, OwnerId FROM Accord_Handoff__c WHERE Lead_Id__c = '${lead}' ORDER BY Key__c`,
    );
  const statuses = (lead: string): readonly unknown[] => rows(lead).map((row) => row['Status__c']);
  const change = (object: string, row: Record<string, unknown>): void => {
    const { org: data } = org.running;
    expect(updateRow(data, data.system(), object, row)).toBeUndefined();
    org.orgClock.advance(minute);
  };
  /** The rep's tap, with the rep's own rights. */
  const answer = (row: CrmRecord | undefined, Answer__c: string, Reason__c?: string): string | undefined => {
    const given = { Id: row?.['Id'], Answer__c, ...(Reason__c && { Reason__c }) };
    const refused = updateRow(org.running.org, org.people.ana, 'Accord_Handoff__c', given);
    org.orgClock.advance(minute);
    return refused;
  };
  const now = (): string => new Date(Math.floor(org.clock.now() / 1000) * 1000).toISOString();

  it('open when a lead qualifies, and are accepted by one tap of the owner', async () => {
    const lead = org.addLead({ NumberOfEmployees: 100 });
    const created = now();
    await org.sync(store);
    const [row] = rows(lead);
    expect(row).toMatchObject({ Key__c: `${lead}:1`, Lead__c: lead, Status__c: 'Open', Owner_Waited_Minutes__c: 0 });
    expect(Date.parse(String(row?.['Opened_At__c']))).toBe(Date.parse(created));
    expect(row?.['OwnerId']).toBe(org.people.ana.userId);
    org.orgClock.advance(minute);
    const tapped = now();
    expect(answer(row, 'Accepted')).toBeUndefined();
    org.orgClock.advance(10 * minute);
    expect(await org.sync(store)).toMatchObject({ judged: 1, written: 1, failed: 0 });
    expect(statuses(lead)).toEqual(['Accepted']);
    expect(Date.parse(String(rows(lead)[0]?.['Accepted_At__c']))).toBe(Date.parse(tapped));
    expect(await org.sync(store)).toMatchObject({ judged: 0, written: 0 });
  });

  it('keep what was known when they opened, in the store alone', async () => {
    const lead = org.addLead({ NumberOfEmployees: 100 });
    await org.sync(store);
    change('Lead', { Id: lead, NumberOfEmployees: 5 });
    await org.sync(store);
    const evidence = JSON.parse((await store.handOffs.find(`${lead}:1`)) ?? '') as Record<string, unknown>;
    expect(evidence).toMatchObject({ version: 1, fields: { NumberOfEmployees: 100 }, decision: { stage: 'mql' } });
  });

  it('open again once a lead was recycled and qualifies anew', async () => {
    const lead = org.addLead({ NumberOfEmployees: 100 });
    await org.sync(store);
    answer(rows(lead)[0], 'Accepted');
    await org.sync(store);
    change('Lead', { Id: lead, Rating: 'Cold' });
    await org.sync(store);
    expect(statuses(lead)).toEqual(['Recycled']);
    expect(rows(lead)[0]?.['Accepted_At__c']).not.toBeNull();
    change('Lead', { Id: lead, Rating: 'Hot' });
    await org.sync(store);
    expect(statuses(lead)).toEqual(['Recycled', 'Open']);
    const fresh = await org.openStore(`hand-offs-${stores++}.sqlite`);
    expect(await org.sync(fresh)).toMatchObject({ kind: 'full', written: 0 });
    await fresh.close();
  });

  it('are rejected with an agreed reason', async () => {
    const lead = org.addLead({ NumberOfEmployees: 100 });
    await org.sync(store);
    expect(answer(rows(lead)[0], 'Rejected', 'too-small')).toBeUndefined();
    await org.sync(store);
    expect(statuses(lead)).toEqual(['Rejected']);
  });

  it('take a reason by its id or title, and tell of one that nobody agreed on', async () => {
    const [titled, wrong] = [org.addLead({ NumberOfEmployees: 100 }), org.addLead({ NumberOfEmployees: 100 })];
    await org.sync(store);
    expect(answer(rows(titled)[0], 'Rejected', 'Too Small')).toBeUndefined();
    expect(answer(rows(wrong)[0], 'Rejected', 'no-such-reason')).toBeUndefined();
    const { problems } = await org.sync(store);
    expect(problems).toEqual([expect.stringContaining(`${wrong}:1 has the reason "no-such-reason"`)]);
    const reasonOf = (lead: string) =>
      org.query(`SELECT Status__c, Reason__c FROM Accord_Handoff__c WHERE Lead_Id__c = '${lead}'`);
    expect(reasonOf(titled)).toEqual([{ Status__c: 'Rejected', Reason__c: 'too-small' }]);
    expect(reasonOf(wrong)).toEqual([{ Status__c: 'Rejected', Reason__c: 'no-such-reason' }]);
    expect(await org.sync(store, { full: true })).toMatchObject({ changed: 0, written: 0 });
  });

  it('go on counting where one on record was deleted', async () => {
    const lead = org.addLead({ NumberOfEmployees: 100 });
    await org.sync(store);
    answer(rows(lead)[0], 'Rejected', 'too-small');
    await org.sync(store);
    const again = async (): Promise<void> => {
      change('Lead', { Id: lead, NumberOfEmployees: 5 });
      await org.sync(store);
      change('Lead', { Id: lead, NumberOfEmployees: 100 });
      await org.sync(store);
    };
    await again();
    expect(rows(lead).map((row) => row['Key__c'])).toEqual([`${lead}:1`, `${lead}:2`]);
    answer(rows(lead)[1], 'Rejected');
    await org.sync(store);
    const { org: data } = org.running;
    data.remove(data.system(), [String(rows(lead)[0]?.['Id'])], system);
    org.orgClock.advance(minute);
    await again();
    expect(rows(lead)).toMatchObject([
      { Key__c: `${lead}:2`, Status__c: 'Rejected' },
      { Key__c: `${lead}:3`, Status__c: 'Open' },
    ]);
  });

  it('wait for an owner, and tell for how long', async () => {
    const queue = org.addQueue(`Inbound${stores}`);
    const lead = org.addLead({ NumberOfEmployees: 100, OwnerId: queue });
    await org.sync(store);
    expect(rows(lead)).toEqual([]);
    org.orgClock.advance(30 * minute);
    change('Lead', { Id: lead, OwnerId: org.people.ana.userId });
    await org.sync(store);
    expect(rows(lead)).toMatchObject([{ Status__c: 'Open', Owner_Waited_Minutes__c: 30 }]);
  });

  it('are accepted by what the owner does anyway: an activity, or the conversion', async () => {
    const [called, converted] = [org.addLead({ NumberOfEmployees: 100 }), org.addLead({ NumberOfEmployees: 100 })];
    await org.sync(store);
    org.orgClock.advance(minute);
    org.add('Task', {
      WhoId: called,
      OwnerId: org.people.ana.userId,
      Subject: 'x',
      Status: 'Completed',
      TaskSubtype: 'Call',
    });
    const { org: data } = org.running;
    const conversion = { leadId: converted, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true };
    expect(data.convertLead(data.system(), conversion, system).errors).toEqual([]);
    org.orgClock.advance(minute);
    await org.sync(store);
    expect([statuses(called), statuses(converted)]).toEqual([['Accepted'], ['Accepted']]);
    expect(rows(converted)[0]?.['Lead__c']).toBe(converted);
  });

  it('follow the owner of the lead', async () => {
    const lead = org.addLead({ NumberOfEmployees: 100 });
    await org.sync(store);
    change('Lead', { Id: lead, OwnerId: org.people.vera.userId });
    await org.sync(store);
    expect(rows(lead)).toMatchObject([{ Status__c: 'Open', OwnerId: org.people.vera.userId }]);
  });

  it('end with a lead that is deleted, and go over to the lead that it is merged into', async () => {
    const [gone, loser, winner] = [100, 100, 5].map((NumberOfEmployees) => org.addLead({ NumberOfEmployees }));
    if (!gone || !loser || !winner) throw new Error('Three leads were to be added.');
    await org.sync(store);
    const { org: data } = org.running;
    data.remove(data.system(), [gone], system);
    data.mergeRecords(data.system(), { objectName: 'Lead', master: { Id: winner }, mergedIds: [loser] }, system);
    org.orgClock.advance(minute);
    await org.sync(store);
    expect(rows(gone)).toMatchObject([{ Status__c: 'Ended', Lead__c: null }]);
    expect(rows(loser)).toMatchObject([{ Status__c: 'Open', Lead__c: winner }]);
    answer(rows(loser)[0], 'Accepted');
    await org.sync(store);
    expect(statuses(loser)).toEqual(['Accepted']);
    expect(rows(winner)).toEqual([]);
  });
});
