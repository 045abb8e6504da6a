import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainLead, type Explanation } from '../../../src/app/explain/explain-lead.ts';
import { findRules } from '../../../src/app/sync/rules-in-force.ts';
import type { UserContext } from '../../../src/embedded-org/data/types.ts';
import { addPerson } from '../../support/org-people.ts';
import { AgreedOrg, agreementText } from './agreed-org.ts';

describe('explainLead', () => {
  let org: AgreedOrg;
  let lead: string;
  let noSize: UserContext;

  beforeAll(async () => {
    org = await AgreedOrg.start();
    const { org: data } = org.running;
    const profileId = data.cloneProfile('Standard User', 'No Company Size');
    data.setProfileFieldAccess(profileId, 'Lead.NumberOfEmployees', { read: false, edit: false });
    noSize = addPerson(data, 'Dev', { profileId, permissionSets: ['Accord_Rep', 'Accord_Rep_Org'] });
    lead = org.addLead({ NumberOfEmployees: 3, OwnerId: noSize.userId });
    org.add('Task', { WhoId: lead, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });
    await org.push();
    await org.sign();
    const store = await org.openStore();
    await org.sync(store);
    await store.close();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const explain = async (user: UserContext, live = false, id = lead): Promise<Explanation> =>
    explainLead({ crm: await org.crm(user), clock: org.clock }, id, { live });
  const clause = (explained: Explanation, source: string) =>
    explained.definitions.flatMap((each) => each.clauses).find((each) => each.source === source);

  it('shows what the service recorded, with the values of today', async () => {
    const explained = await explain(org.admin);
    expect(explained).toMatchObject({
      leadId: lead,
      from: 'recorded',
      agreement: { name: 'Northwind', version: 1 },
      stage: { id: 'engaged', title: 'Engaged' },
      notices: [],
    });
    expect(clause(explained, 'Lead.NumberOfEmployees')).toMatchObject({ outcome: 'not-met', value: 3 });
    expect(clause(explained, 'call')).toMatchObject({ outcome: 'met', latestAt: expect.any(String) as string });
  });

  it('keeps value and outcome of a field that the caller may not see to itself, as the card does', async () => {
    const explained = await explain(noSize);
    expect(clause(explained, 'Lead.NumberOfEmployees')).toBeUndefined();
    expect(explained.definitions.reduce((sum, { withheld }) => sum + withheld, 0)).toBe(1);
    expect(JSON.stringify(explained)).not.toMatch(/employees/i);
  });

  it('judges live what the caller can read, where a hidden field is unknown', async () => {
    expect(clause(await explain(org.admin, true), 'Lead.NumberOfEmployees')).toMatchObject({ outcome: 'not-met' });
    const hidden = await explain(noSize, true);
    expect(hidden).toMatchObject({ from: 'live', since: null });
    expect(clause(hidden, 'Lead.NumberOfEmployees')).toMatchObject({ outcome: 'unknown' });
  });

  it('says live where the recorded stage rests on a field that the caller may not read', async () => {
    const big = org.addLead({ NumberOfEmployees: 300, OwnerId: noSize.userId });
    const store = await org.openStore();
    await org.sync(store);
    await store.close();
    expect(await explain(noSize, false, big)).toMatchObject({ stage: { id: 'mql' } });
    const live = await explain(noSize, true, big);
    expect(live).toMatchObject({ stage: { id: 'inquiry' } });
    expect(live.notices).toEqual([
      'The service recorded Marketing qualified lead instead: it goes by what you cannot read (Lead.NumberOfEmployees), ' +
        'which is unknown here.',
    ]);
    expect((await explain(org.admin, true, big)).notices).toEqual([]);
  });

  it('judges live for a signer too, whose own signature counts', async () => {
    expect(await explain(org.people.vera, true)).toMatchObject({ from: 'live', stage: { id: 'engaged' } });
  });

  it('takes the id of 15 characters too', async () => {
    expect((await explain(org.admin, false, lead.slice(0, 15))).leadId).toBe(lead);
  });

  it('keeps to itself, live too, the instant at which a restricted clause changes', async () => {
    expect((await explain(org.admin, true)).validUntil).not.toBeNull();
    await org.push(agreementText().replace('calls: { count', 'calls: { restricted: true, count'));
    await org.sign();
    expect(await explain(org.admin, true)).toMatchObject({ agreement: { version: 2 }, validUntil: null });
  });

  it('says that a lead is not there, or that nothing is recorded for it', async () => {
    await expect(explain(org.admin, false, '00Q000000000000')).rejects.toMatchObject({ key: 'lead-not-found' });
    await expect(explain(org.admin, false, '001000000000000')).rejects.toMatchObject({ key: 'lead-not-found' });
    await expect(explain(org.admin, false, org.addLead())).rejects.toMatchObject({ key: 'no-agreement' });
  });

  it('says of what is recorded that its version has been superseded, or has expired', async () => {
    const notices = async (): Promise<string> => (await explain(noSize)).notices.join();
    const { userId: serviceUserId } = org.people.service;
    const settle = async () =>
      findRules(await org.crm(org.people.service), org.clock.now(), { serviceUserId, settle: true });
    await settle();
    expect(await notices()).toContain('Northwind v1 has been superseded');
    const store = await org.openStore();
    await org.sync(store);
    expect(await notices()).toBe('');
    org.orgClock.advance(91 * 86_400_000);
    expect(await notices()).toMatch(/^Northwind v2 has expired on 2026-09-13T/);
    await org.sync(store);
    await store.close();
    expect(await notices()).toMatch(/^Northwind v2 has expired on 2026-09-13T/);
  });
});
