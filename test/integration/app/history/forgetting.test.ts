import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/app/ports.ts';
import { eraseSignals } from '../../../../src/app/signals/erase-signals.ts';
import { leadStarts } from '../../../../src/app/sync/lead-starts.ts';
import { updateRow } from '../../../support/org-people.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';

const minute = 60_000;
const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

const text = agreementText()
  .replace('stages:', '  visits: { count: signal, within: 14 days }\nstages:')
  .concat('process: { handOff: { stage: mql, requires: owner } }\n');

describe('what the store alone knows of a person', () => {
  let org: AgreedOrg;
  let store: Store;
  let stores = 0;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push(text);
    await org.sign();
  });
  beforeEach(async () => {
    store = await org.openStore(`forgetting-${stores++}.sqlite`);
    await org.sync(store);
  });
  afterEach(() => store.close());
  afterAll(() => org[Symbol.asyncDispose]());

  const visit = async (lead: string): Promise<void> => {
    const at = org.clock.now();
    await store.signals.add([{ id: `of ${lead}`, leadId: lead, at, attributes: { type: 'page', path: '/' } }]);
  };

  /** A lead with a signal, a change that the service saw, and a hand-off. */
  const knownLead = async (): Promise<string> => {
    const lead = org.addLead({ NumberOfEmployees: 10 });
    await visit(lead);
    await org.sync(store);
    org.orgClock.advance(minute);
    const { org: data } = org.running;
    expect(updateRow(data, data.system(), 'Lead', { Id: lead, NumberOfEmployees: 60 })).toBeUndefined();
    org.orgClock.advance(minute);
    await org.sync(store);
    expect(await knownOf(lead)).toEqual({ signals: 1, changes: true, evidence: true });
    return lead;
  };

  const knownOf = async (lead: string): Promise<unknown> => ({
    signals: (await store.signals.of([lead])).length,
    changes: (await store.observations.of([lead])).length > 0,
    evidence: (await store.handOffs.find(`${lead}:1`)) !== undefined,
  });
  const nothing = { signals: 0, changes: false, evidence: false };
  const remove = (lead: string): void => {
    const { org: data } = org.running;
    data.remove(data.system(), [lead], system);
  };

  it('goes with a lead that is deleted', async () => {
    const [lead, other] = [await knownLead(), await knownLead()];
    await leadStarts.save(store, [{ Lead_Id__c: lead, Stage__c: 'mql', Since__c: '2026-06-01T00:00:00Z' }], 0);
    remove(lead);
    org.orgClock.advance(minute);
    await org.sync(store);
    expect(await knownOf(lead)).toEqual(nothing);
    expect(await store.mirror.get(leadStarts.object, [lead])).toEqual([]);
    expect(await knownOf(other)).toEqual({ signals: 1, changes: true, evidence: true });
  });

  it('goes with a lead that left no trace in the recycle bin, once everything is read again', async () => {
    const lead = await knownLead();
    remove(lead);
    const { org: data } = org.running;
    expect(data.emptyRecycleBin(data.system(), [lead], system)).toMatchObject([{ success: true }]);
    await org.sync(store, { full: true });
    expect(await knownOf(lead)).toEqual(nothing);
  });

  it('goes when it is asked for, and the lead keeps its stage', async () => {
    const lead = await knownLead();
    expect(await eraseSignals(store, lead, org.clock.now())).toEqual({ leadId: lead, erased: 1 });
    expect(await knownOf(lead)).toEqual(nothing);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('mql');
    expect(await knownOf(lead)).toEqual(nothing);
  });

  it('goes over to the lead that a lead is merged into, where it was the record of both', async () => {
    const [stays, goes] = [await knownLead(), await knownLead()];
    const { org: data } = org.running;
    data.mergeRecords(data.system(), { objectName: 'Lead', master: { Id: stays }, mergedIds: [goes] }, system);
    org.orgClock.advance(minute);
    await org.sync(store);
    expect(await store.observations.of([goes])).toEqual([]);
    expect(await store.signals.of([stays])).toHaveLength(2);
    expect(await store.handOffs.find(`${goes}:1`)).toBeDefined();
    await eraseSignals(store, stays, org.clock.now());
    expect(await store.handOffs.find(`${goes}:1`)).toBeUndefined();
  });
});
