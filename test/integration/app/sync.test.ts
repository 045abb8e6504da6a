import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/app/ports.ts';
import type { Receipt } from '../../../src/domain/verdict/decision.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';

const day = 86_400_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

describe('runSync', () => {
  let org: AgreedOrg;
  let store: Store;
  let stores = 0;

  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  beforeEach(async () => {
    store = await org.openStore(`${++stores}.sqlite`);
    return () => store.close();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const update = (object: string, row: Record<string, unknown>): void => {
    const { org: data } = org.running;
    expect(data.update(data.system(), object, [row], system)[0]?.errors).toEqual([]);
  };
  const state = (leadId: string): Readonly<Record<string, unknown>> | undefined =>
    org.query(
      'SELECT Id, OwnerId, Lead__c, Stage__c, Stage_Title__c, Since__c, Why__c, Valid_Until__c, Agreement_Version__c ' +
        `FROM Accord_Lead_State__c WHERE Lead_Id__c = '${leadId}'`,
    )[0];

  it('writes nothing while no version is signed by both parties', async () => {
    org.addLead({ NumberOfEmployees: 80 });
    await org.push();
    const done = await org.sync(store);
    expect(done).toMatchObject({ agreement: null, judged: 0, written: 0 });
    expect(done.problems).toEqual(['Northwind v1: Marketing has not signed.', 'Northwind v1: Sales has not signed.']);
    expect(org.stages()).toEqual({});
  });

  it('brings the version into force that both parties signed, and writes each lead its stage', async () => {
    await org.sign();
    const big = org.addLead({ NumberOfEmployees: 80 });
    const small = org.addLead({ NumberOfEmployees: 3 });
    const done = await org.sync(store);
    expect(done).toMatchObject({ kind: 'full', agreement: { name: 'Northwind', version: 1 }, failed: 0, problems: [] });
    expect(org.stages()).toMatchObject({ [big]: 'mql', [small]: 'inquiry' });
    const [version] = org.query('SELECT Status__c, Effective_From__c, Expires_On__c FROM Accord_Agreement__c');
    expect(version?.['Status__c']).toBe('In Force');
    expect(Date.parse(String(version?.['Expires_On__c'])) - org.clock.now()).toBe(90 * day);
    expect(state(big)).toMatchObject({
      Lead__c: big,
      OwnerId: org.people.ana.userId,
      Stage_Title__c: 'Marketing qualified lead',
      Agreement_Version__c: 1,
    });
  });

  it('writes nothing in an unchanged second run, and nothing from a new store either', async () => {
    expect(await org.sync(store)).toMatchObject({ kind: 'full', changed: 0, written: 0 });
    expect(await org.sync(store)).toMatchObject({ kind: 'incremental', judged: 0, written: 0 });
  });

  it('judges again only the lead that changed, and reads its own writes back without judging', async () => {
    const lead = org.addLead({ NumberOfEmployees: 10 });
    await org.sync(store, { leadFields: true });
    org.orgClock.advance(60_000);
    update('Lead', { Id: lead, NumberOfEmployees: 500 });
    const done = await org.sync(store, { leadFields: true });
    expect(done).toMatchObject({ judged: 1, changed: 1, leadUpdates: 1, written: 2 });
    expect(org.stages()[lead]).toBe('mql');
    expect(org.query(`SELECT Accord_Stage__c FROM Lead WHERE Id = '${lead}'`)[0]).toEqual({
      Accord_Stage__c: 'Marketing qualified lead',
    });
    expect(await org.sync(store, { leadFields: true })).toMatchObject({ judged: 0, written: 0 });
  });

  it('keeps the instant at which a stage began while the stage stays', async () => {
    const lead = org.addLead({ NumberOfEmployees: 60 });
    await org.sync(store);
    const began = state(lead)?.['Since__c'];
    org.orgClock.advance(day);
    update('Lead', { Id: lead, NumberOfEmployees: 61 });
    org.add('Task', { WhoId: lead, Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' });
    await org.sync(store);
    expect(state(lead)?.['Since__c']).toBe(began);
    update('Lead', { Id: lead, NumberOfEmployees: 1 });
    await org.sync(store);
    expect(state(lead)?.['Stage__c']).toBe('engaged');
    expect(state(lead)?.['Since__c']).not.toBe(began);
  });

  it('takes back by itself what time alone makes untrue', async () => {
    const lead = org.addLead({ NumberOfEmployees: 1 });
    org.add('Task', { WhoId: lead, Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' });
    await org.sync(store);
    expect(state(lead)).toMatchObject({ Stage__c: 'engaged' });
    org.orgClock.advance(29 * day);
    expect(await org.sync(store)).toMatchObject({ judged: 0 });
    org.orgClock.advance(day + 1000);
    await org.sync(store);
    expect(state(lead)).toMatchObject({ Stage__c: 'inquiry', Valid_Until__c: null });
  });

  it('judges both leads when an activity moves from one to the other', async () => {
    const from = org.addLead();
    const to = org.addLead();
    const task = org.add('Task', { WhoId: from, Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' });
    await org.sync(store);
    expect(org.stages()).toMatchObject({ [from]: 'engaged', [to]: 'inquiry' });
    update('Task', { Id: task, WhoId: to });
    await org.sync(store);
    expect(org.stages()).toMatchObject({ [from]: 'inquiry', [to]: 'engaged' });
  });

  it('counts a campaign response, and forgets it with the member', async () => {
    const lead = org.addLead();
    const campaign = org.add('Campaign', { Name: 'Webinar' });
    await org.sync(store);
    const member = org.add('CampaignMember', { CampaignId: campaign, LeadId: lead, Status: 'Responded' });
    await org.sync(store);
    expect(org.stages()[lead]).toBe('engaged');
    const { org: data } = org.running;
    data.remove(data.system(), [member], system);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('inquiry');
  });

  it('removes the state of a deleted lead', async () => {
    const lead = org.addLead();
    await org.sync(store);
    const { org: data } = org.running;
    data.remove(data.system(), [lead], system);
    expect(await org.sync(store)).toMatchObject({ removed: 1, failed: 0 });
    expect(state(lead)).toBeUndefined();
  });

  it('removes the state of a lead that went while no sync was running', async () => {
    const lead = org.addLead();
    await org.sync(store);
    const { org: data } = org.running;
    data.remove(data.system(), [lead], system);
    const fresh = await org.openStore('fresh.sqlite');
    expect(await org.sync(fresh)).toMatchObject({ kind: 'full', removed: 1 });
    await fresh.close();
    expect(state(lead)).toBeUndefined();
  });

  it('leaves a converted lead as it was at its conversion, and never judges one that it did not know before', async () => {
    const known = org.addLead({ NumberOfEmployees: 70 });
    await org.sync(store);
    const unknown = org.addLead({ NumberOfEmployees: 70 });
    update('Lead', { Id: known, NumberOfEmployees: 1 });
    const { org: data } = org.running;
    for (const leadId of [known, unknown]) {
      const conversion = { leadId, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true };
      expect(data.convertLead(data.system(), conversion, system).errors).toEqual([]);
    }
    expect(await org.sync(store, { leadFields: true })).toMatchObject({ failed: 0 });
    expect(await store.schedule.due(org.clock.now(), 10)).toEqual([]);
    expect(state(known)).toMatchObject({ Stage__c: 'mql' });
    expect(state(unknown)).toBeUndefined();
  });

  it('repairs, in a full run, what somebody changed in a state row', async () => {
    const lead = org.addLead({ NumberOfEmployees: 70 });
    await org.sync(store);
    update('Accord_Lead_State__c', { Id: state(lead)?.['Id'], Stage__c: 'inquiry', Stage_Title__c: 'Tampered' });
    expect(await org.sync(store)).toMatchObject({ written: 0 });
    expect(await org.sync(store, { full: true })).toMatchObject({ changed: 1, written: 1 });
    expect(state(lead)).toMatchObject({ Stage__c: 'mql', Stage_Title__c: 'Marketing qualified lead' });
  });

  it('gives the row to the service where the lead is owned by a user who has left', async () => {
    const lead = org.addLead({ NumberOfEmployees: 70 });
    update('User', { Id: org.people.ana.userId, IsActive: false });
    expect(await org.sync(store)).toMatchObject({ failed: 0 });
    expect(state(lead)?.['OwnerId']).toBe(org.people.service.userId);
    update('User', { Id: org.people.ana.userId, IsActive: true });
  });

  it('takes a field that the service may not see for unknown, and reads it again when it may', async () => {
    const lead = org.addLead({ NumberOfEmployees: 90 });
    await org.sync(store);
    expect(state(lead)).toMatchObject({ Stage__c: 'mql' });
    const show = (read: boolean): void => {
      const held = org.query("SELECT Id FROM FieldPermissions WHERE Field = 'Lead.NumberOfEmployees'");
      for (const each of held)
        update('FieldPermissions', { Id: each['Id'], PermissionsRead: read, PermissionsEdit: false });
    };
    show(false);
    const hidden = await org.sync(store);
    expect(hidden.problems.join(' ')).toContain("Lead.NumberOfEmployees is not visible to the service's user");
    expect(state(lead)).toMatchObject({ Stage__c: 'inquiry' });
    update('Lead', { Id: lead, NumberOfEmployees: 91 });
    await org.sync(store);
    show(true);
    expect(await org.sync(store)).toMatchObject({ kind: 'full', problems: [] });
    expect(state(lead)).toMatchObject({ Stage__c: 'mql' });
  });

  it('takes a count for unknown, never for zero, while the service may not see what is counted', async () => {
    const lead = org.addLead({ NumberOfEmployees: 10 });
    const outcome = (): string | undefined => {
      const [row] = org.query(`SELECT Receipt__c FROM Accord_Lead_State__c WHERE Lead_Id__c = '${lead}'`);
      const { definitions } = JSON.parse(String(row?.['Receipt__c'])) as Receipt;
      const clauses = definitions.flatMap((definition) => definition.clauses);
      return clauses.find(({ source }) => source.kind === 'events' && source.event === 'campaign response')?.outcome;
    };
    await org.sync(store);
    expect(outcome()).toBe('not-met');
    const campaigns = org.query(
      "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Campaign' AND PermissionsRead = true AND PermissionsEdit = false",
    );
    const show = (read: boolean): void => {
      for (const { Id } of campaigns) {
        update('ObjectPermissions', { Id, PermissionsRead: read, PermissionsViewAllRecords: read });
      }
    };
    show(false);
    await org.sync(store);
    expect(outcome()).toBe('unknown');
    show(true);
    await org.sync(store);
    expect(outcome()).toBe('not-met');
  });

  it('says what would change and writes nothing in a dry run', async () => {
    const lead = org.addLead({ NumberOfEmployees: 90 });
    const done = await org.sync(store, { dryRun: true });
    expect(done).toMatchObject({ dryRun: true, written: 0 });
    expect(done.samples).toContainEqual({ leadId: lead, from: null, to: 'mql' });
    expect(state(lead)).toBeUndefined();
    await org.sync(store);
    expect(state(lead)).toMatchObject({ Stage__c: 'mql' });
  });

  it('judges everybody again when a newer version comes into force, and supersedes the older one', async () => {
    const lead = org.addLead({ NumberOfEmployees: 60 });
    await org.sync(store);
    await org.push(agreementText('Northwind', 1_000));
    await org.sync(store);
    expect(state(lead)).toMatchObject({ Stage__c: 'mql', Agreement_Version__c: 1 });
    await org.sign();
    expect(await org.sync(store)).toMatchObject({ kind: 'incremental', agreement: { version: 2 } });
    expect(state(lead)).toMatchObject({ Stage__c: 'inquiry', Agreement_Version__c: 2 });
    expect(org.query('SELECT Version__c, Status__c FROM Accord_Agreement__c ORDER BY Version__c')).toEqual([
      { Version__c: 1, Status__c: 'Superseded' },
      { Version__c: 2, Status__c: 'In Force' },
    ]);
  });

  it('refuses a store that belongs to another org', async () => {
    await store.setNote('org', '00D000000000000AAA');
    await expect(org.sync(store)).rejects.toThrow('The store belongs to the org 00D000000000000AAA');
  });

  it('stops applying a version on the day it expires, and writes nothing more', async () => {
    const lead = org.addLead({ NumberOfEmployees: 60 });
    org.orgClock.advance(91 * day);
    const done = await org.sync(store);
    expect(done.agreement).toBeNull();
    expect(done.problems.join(' ')).toContain('Northwind v2: It expired on');
    expect(state(lead)).toBeUndefined();
    expect(org.query("SELECT Version__c FROM Accord_Agreement__c WHERE Status__c = 'Expired'")).toEqual([
      { Version__c: 2 },
    ]);
  });
});
