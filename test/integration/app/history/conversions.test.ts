import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CrmRecord, Store } from '../../../../src/app/ports.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';

const minute = 60_000;
const day = 86_400_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

/** Stages that people reach after their conversion, besides those of the other tests. */
const withCustomers = agreementText()
  .replace('stages:', '  won: { field: Opportunity.IsWon }\nstages:')
  .replace('rhythm:', '  - { id: customer, title: Customer, when: { all: [ { won: { is: true } } ] } }\nrhythm:');

describe('the stage of a converted lead', () => {
  let org: AgreedOrg;
  let store: Store;
  let stores = 0;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push(withCustomers);
    await org.sign();
  });
  beforeEach(async () => {
    store = await org.openStore(`conversions-${stores++}.sqlite`);
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
  const convert = (leadId: string) => {
    const { org: data } = org.running;
    const result = data.convertLead(data.system(), { leadId, convertedStatus: 'Closed - Converted' }, system);
    expect(result.errors).toEqual([]);
    return { contact: String(result.contactId), opportunity: String(result.opportunityId) };
  };
  const call = (WhoId: string): string =>
    org.add('Task', { WhoId, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });

  it('goes on after the conversion, with the activities that have moved to the contact', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    call(lead);
    const called = seconds(org.clock.now());
    await org.sync(store);
    org.orgClock.advance(day);
    const { opportunity } = convert(lead);
    await org.sync(store);
    expect(began(lead)).toEqual(['engaged', called]);
    org.orgClock.advance(2 * day);
    change('Opportunity', { Id: opportunity, StageName: 'Closed Won' });
    const won = seconds(org.clock.now());
    org.orgClock.advance(day);
    await org.sync(store);
    expect(began(lead)).toEqual(['customer', won]);
    const fresh = await org.openStore(`conversions-${stores++}.sqlite`);
    expect(await org.sync(fresh)).toMatchObject({ kind: 'full', changed: 0 });
    await fresh.close();
  });

  it('counts what is done with the contact afterwards', async () => {
    const lead = org.addLead({ NumberOfEmployees: 5 });
    await org.sync(store);
    const { contact } = convert(lead);
    await org.sync(store);
    org.orgClock.advance(10 * minute);
    call(contact);
    await org.sync(store);
    expect(state(lead)?.['Stage__c']).toBe('engaged');
  });
});
