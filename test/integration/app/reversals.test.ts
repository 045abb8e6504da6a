import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crm, PortError, type Store } from '../../../src/app/ports.ts';
import { runSync } from '../../../src/app/sync/run-sync.ts';
import { AgreedOrg, silent } from './agreed-org.ts';
import { restoreLeads } from './restore-leads.ts';

const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

describe('a sync whose intents the org makes untrue before they are confirmed', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push();
    await org.sign();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const resize = (Id: string, NumberOfEmployees: number): void => {
    const { org: data } = org.running;
    expect(data.update(data.system(), 'Lead', [{ Id, NumberOfEmployees }], system)[0]?.errors).toEqual([]);
    org.orgClock.advance(60_000);
  };
  const remove = (id: string): void => {
    const { org: data } = org.running;
    data.remove(data.system(), [id], system);
    org.orgClock.advance(60_000);
  };

  /** A pass that dies at its first write of verdicts: before the org has it, or after, with the answer lost. */
  const dieWriting = async (store: Store, moment: 'before' | 'after', leadFields = true): Promise<void> => {
    const real = await org.crm(org.people.service);
    const crm: Crm = {
      ...real,
      write: async (request) => {
        if (moment === 'after' || request.object === 'Accord_Agreement__c') await real.write(request);
        throw new PortError('retryable', 'The line broke.');
      },
    };
    const ports = { crm, store, clock: org.clock, progress: silent };
    await expect(runSync(ports, { leadFields })).rejects.toThrow('The line broke.');
  };

  const stageOf = (lead: string): unknown => org.stages()[lead];
  const titleOf = (lead: string): unknown =>
    org.query(`SELECT Accord_Stage__c FROM Lead WHERE Id = '${lead}'`)[0]?.['Accord_Stage__c'];

  it.each(['before', 'after'] as const)('takes back a verdict that died %s the org had it', async (moment) => {
    const store = await org.openStore(`back-${moment}.sqlite`);
    const lead = org.addLead({ NumberOfEmployees: 10 });
    await org.sync(store, { leadFields: true });
    resize(lead, 500);
    await dieWriting(store, moment);
    resize(lead, 10);
    await org.sync(store, { leadFields: true });
    expect([stageOf(lead), titleOf(lead)]).toEqual(['inquiry', 'Inquiry']);
    expect(await store.outbox.pending()).toBe(0);
    await store.close();
  });

  it.each(['before', 'after'] as const)(
    'keeps the verdict of a lead that is undeleted after its removal died %s the org had it',
    async (moment) => {
      const store = await org.openStore(`undelete-${moment}.sqlite`);
      const lead = org.addLead({ NumberOfEmployees: 10 });
      await org.sync(store, { leadFields: true });
      remove(lead);
      await dieWriting(store, moment);
      restoreLeads(org, [lead]);
      org.orgClock.advance(60_000);
      await org.sync(store, { leadFields: true });
      expect(stageOf(lead)).toBe('inquiry');
      await store.close();
    },
  );

  it('removes the row of a lead that was deleted before its first verdict was confirmed', async () => {
    const store = await org.openStore('first.sqlite');
    await org.sync(store, { leadFields: true });
    const lead = org.addLead({ NumberOfEmployees: 10 });
    org.orgClock.advance(60_000);
    await dieWriting(store, 'after');
    expect(stageOf(lead)).toBe('inquiry');
    remove(lead);
    expect(await org.sync(store, { leadFields: true })).toMatchObject({ failed: 0 });
    expect(stageOf(lead)).toBeUndefined();
    await store.close();
  });

  it('leaves the field of leads alone once that is switched off, whatever was meant to be written', async () => {
    const store = await org.openStore('off.sqlite');
    const lead = org.addLead({ NumberOfEmployees: 10 });
    await org.sync(store, { leadFields: true });
    resize(lead, 500);
    await dieWriting(store, 'before');
    await org.sync(store, { leadFields: false });
    expect([stageOf(lead), titleOf(lead)]).toEqual(['mql', 'Inquiry']);
    await store.close();
  });
});
