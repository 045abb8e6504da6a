import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreedOrg, agreementText, silent } from './agreed-org.ts';
import { runSync } from '../../../src/app/sync/run-sync.ts';
import type { Crm } from '../../../src/app/ports.ts';

const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;
const hour = 3_600_000;

describe('a sync by rules that test the campaign of a response', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    const where = 'responses: { count: response, where: { type: webinar } }';
    await org.push(agreementText().replace('responses: { count: response }', where));
    await org.sign();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const change = (campaign: string, fields: Record<string, unknown>): void => {
    const { org: data } = org.running;
    expect(data.update(data.system(), 'Campaign', [{ Id: campaign, ...fields }], system)[0]?.errors).toEqual([]);
  };
  const respondent = (campaign: string): string => {
    const lead = org.addLead();
    org.add('CampaignMember', { CampaignId: campaign, LeadId: lead, Status: 'Responded' });
    return lead;
  };

  it('judges the members of a campaign again whose type changes, as a full read would', async () => {
    const store = await org.openStore('type.sqlite');
    const campaign = org.add('Campaign', { Name: 'Spring', Type: 'Email' });
    const lead = respondent(campaign);
    await org.sync(store);
    org.orgClock.advance(hour);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('inquiry');
    org.orgClock.advance(hour);
    change(campaign, { Type: 'Webinar' });
    expect(await org.sync(store)).toMatchObject({ kind: 'incremental', judged: 1 });
    expect(org.stages()[lead]).toBe('engaged');
    const fresh = await org.openStore('type-fresh.sqlite');
    expect(await org.sync(fresh)).toMatchObject({ kind: 'full', changed: 0 });
    await Promise.all([store.close(), fresh.close()]);
  });

  it('reads no members again for a change that does not concern them', async () => {
    const store = await org.openStore('other.sqlite');
    const campaign = org.add('Campaign', { Name: 'Autumn', Type: 'Webinar' });
    respondent(campaign);
    await org.sync(store);
    org.orgClock.advance(hour);
    change(campaign, { Description: 'What it is about' });
    const crm: Crm = {
      ...(await org.crm(org.people.service)),
      extract: ({ object }) => {
        throw new Error(`${object} was read again.`);
      },
    };
    expect(await runSync({ crm, store, clock: org.clock, progress: silent })).toMatchObject({ judged: 0 });
    await store.close();
  });

  it('takes the count for unknown while the service may not see the type', async () => {
    const store = await org.openStore('hidden.sqlite');
    const lead = respondent(org.add('Campaign', { Name: 'Winter', Type: 'Webinar' }));
    await org.sync(store);
    expect(org.stages()[lead]).toBe('engaged');
    const { org: data } = org.running;
    for (const { Id } of org.query("SELECT Id FROM FieldPermissions WHERE Field = 'Campaign.Type'")) {
      data.update(data.system(), 'FieldPermissions', [{ Id, PermissionsRead: false, PermissionsEdit: false }], system);
    }
    const hidden = await org.sync(store);
    expect(hidden.problems.join(' ')).toContain('Campaign.Type is not visible');
    const [row] = org.query(`SELECT Why__c, Receipt__c FROM Accord_Lead_State__c WHERE Lead_Id__c = '${lead}'`);
    expect(row?.['Receipt__c']).toContain('"outcome":"unknown"');
    expect(org.stages()[lead]).toBe('inquiry');
    await store.close();
  });
});
