import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CrmRecord, Store } from '../../../../src/app/ports.ts';
import { AgreedOrg } from '../agreed-org.ts';

const minute = 60_000;
const day = 86_400_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

describe('the stage of a lead', () => {
  let org: AgreedOrg;
  let store: Store;
  let stores = 0;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push();
    await org.sign();
  });
  beforeEach(async () => {
    store = await org.openStore(`history-${stores++}.sqlite`);
    org.orgClock.advance(minute);
  });
  afterEach(() => store.close());
  afterAll(() => org[Symbol.asyncDispose]());

  const state = (lead: string): CrmRecord | undefined =>
    org.query(`SELECT Stage__c, Since__c FROM Accord_Lead_State__c WHERE Lead_Id__c = '${lead}'`)[0];
  const began = (lead: string): readonly [unknown, number] => [
    state(lead)?.['Stage__c'],
    Date.parse(String(state(lead)?.['Since__c'])),
  ];
  const seconds = (at: number): number => Math.floor(at / 1000) * 1000;
  const change = (object: string, row: Record<string, unknown>): void => {
    const { org: data } = org.running;
    expect(data.update(data.system(), object, [row], system)[0]?.errors).toEqual([]);
  };
  const call = (WhoId: string): string =>
    org.add('Task', { WhoId, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });

  it('begins with the event that led to it, not with the sync that noticed', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    const created = seconds(org.clock.now());
    await org.sync(store);
    expect(began(lead)).toEqual(['inquiry', created]);
    org.orgClock.advance(10 * minute);
    call(lead);
    const called = seconds(org.clock.now());
    org.orgClock.advance(3 * day);
    await org.sync(store);
    expect(began(lead)).toEqual(['engaged', called]);
    org.orgClock.advance(40 * day);
    await org.sync(store);
    expect(began(lead)).toEqual(['inquiry', called + 30 * day]);
  });

  it('begins with the change of a field that the service saw, though the org tracks no history of it', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    await org.sync(store);
    org.orgClock.advance(10 * minute);
    change('Lead', { Id: lead, NumberOfEmployees: 500 });
    const changed = seconds(org.clock.now());
    org.orgClock.advance(minute);
    change('Lead', { Id: lead, Company: 'Other' });
    const stamped = seconds(org.clock.now());
    org.orgClock.advance(10 * minute);
    await org.sync(store);
    expect(began(lead)).toEqual(['mql', stamped]);
    expect(stamped).toBeGreaterThan(changed);
    expect(await store.observations.of([lead])).toEqual([
      { object: 'Lead', recordId: lead, field: 'NumberOfEmployees', at: stamped, from: 5, to: 500 },
    ]);
  });

  it('begins with such a change also where the next sync reads everything again', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    await org.sync(store);
    org.orgClock.advance(10 * minute);
    change('Lead', { Id: lead, NumberOfEmployees: 500 });
    const changed = seconds(org.clock.now());
    org.orgClock.advance(10 * minute);
    await org.sync(store, { full: true });
    expect(began(lead)).toEqual(['mql', changed]);
  });

  it('is kept by a new store that knows nothing of the past', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    await org.sync(store);
    org.orgClock.advance(10 * minute);
    change('Lead', { Id: lead, NumberOfEmployees: 500 });
    org.orgClock.advance(10 * minute);
    await org.sync(store);
    const before = state(lead);
    org.orgClock.advance(10 * minute);
    const fresh = await org.openStore(`history-${stores++}.sqlite`);
    expect(await org.sync(fresh)).toMatchObject({ kind: 'full', changed: 0 });
    expect(state(lead)).toEqual(before);
    await fresh.close();
  });
});
