import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crm, PortError, type Store } from '../../../src/app/ports.ts';
import { runSync } from '../../../src/app/sync/run-sync.ts';
import type { SyncOptions } from '../../../src/app/sync/sync-summary.ts';
import { AgreedOrg, agreementText, silent } from './agreed-org.ts';
import { restoreLeads } from './restore-leads.ts';

/** Stands for a process that is gone: nothing after it may happen. */
class Crash extends Error {}

/** Counts the calls to a port and its parts, and dies before or after a chosen one. */
function dying<Port extends object>(port: Port, count: { left: number; readonly after: boolean }): Port {
  const step = (): void => {
    if (count.left-- === 0) throw new Crash('killed');
  };
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'object' && value !== null) return dying(value, count);
      if (typeof value !== 'function') return value;
      const call = value.bind(target) as (...values: readonly unknown[]) => unknown;
      return (...given: readonly unknown[]) => {
        if (!count.after) step();
        const result = call(...given);
        if (!count.after || !(result instanceof Promise)) return result;
        return result.then((answer: unknown) => {
          step();
          return answer;
        });
      };
    },
  });
}

describe('a sync that dies', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push();
    await org.sign();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const options: SyncOptions = { leadFields: true };
  const states = (): unknown =>
    org.query(
      'SELECT Lead_Id__c, OwnerId, Stage__c, Stage_Title__c, Why__c, Valid_Until__c, Agreement_Version__c ' +
        'FROM Accord_Lead_State__c ORDER BY Lead_Id__c',
    );
  const titles = (): unknown => org.query('SELECT Id, Accord_Stage__c FROM Lead ORDER BY Id');

  /** Dies at the n-th call; true when the sync got through before that. */
  const attempt = async (crm: Crm, store: Store, left: number, after: boolean): Promise<boolean> => {
    const count = { left, after };
    try {
      const ports = { crm: dying(crm, count), store: dying(store, count), clock: org.clock, progress: silent };
      await runSync(ports, options);
      return true;
    } catch (error) {
      if (error instanceof Crash) return false;
      throw error;
    }
  };

  it.each([
    ['before', 0, false],
    ['after', 3, true],
  ])('%s one of its calls loses and doubles nothing, and the next run completes it', async (name, first, after) => {
    const crm = await org.crm(org.people.service);
    const { org: data } = org.running;
    let finished = false;
    for (let left = first; !finished; left += 8) {
      const store = await org.openStore(`crash-${name}-${left}.sqlite`);
      const lead = org.addLead({ NumberOfEmployees: 40 + left });
      if (left % 2 === 0) org.add('Task', { WhoId: lead, Subject: 'x', Status: 'Completed', TaskSubtype: 'Call' });
      const gone = org.addLead();
      const there = { deleted: org.addLead(), back: org.addLead({ NumberOfEmployees: 10 }) };
      await org.sync(store, options);
      org.orgClock.advance(5_000);
      data.update(data.system(), 'Lead', [{ Id: lead, NumberOfEmployees: 49 + left }], system);
      data.update(data.system(), 'Lead', [{ Id: there.back, NumberOfEmployees: 500 }], system);
      data.remove(data.system(), [gone, there.deleted], system);
      const brief = org.addLead();
      finished = await attempt(crm, store, left, after);
      org.orgClock.advance(5_000);
      restoreLeads(org, [there.deleted]);
      data.update(data.system(), 'Lead', [{ Id: there.back, NumberOfEmployees: 10 }], system);
      data.remove(data.system(), [brief], system);
      await org.sync(store, options);
      const resumed = [states(), titles()];
      const fresh = await org.openStore(`crash-${name}-${left}-fresh.sqlite`);
      expect(await org.sync(fresh, options)).toMatchObject({ changed: 0, leadUpdates: 0, removed: 0, written: 0 });
      expect([states(), titles()], `after dying at call ${left}`).toEqual(resumed);
      await Promise.all([store.close(), fresh.close()]);
    }
  });

  it('in the middle of its first read or writing goes on to the same result', async () => {
    const crm = await org.crm(org.people.service);
    let finished = false;
    for (let left = 1; !finished; left += 12) {
      const store = await org.openStore(`first-${left}.sqlite`);
      org.addLead({ NumberOfEmployees: 10 * left });
      finished = await attempt(crm, store, left, true);
      await org.sync(store, options);
      const rows = org.query('SELECT COUNT(Id) n FROM Accord_Lead_State__c')[0];
      expect(rows, `after dying at call ${left}`).toEqual(org.query('SELECT COUNT(Id) n FROM Lead')[0]);
      await store.close();
    }
  });

  it('while it judges everyone judges what changes before the point at which it goes on', async () => {
    const store = await org.openStore('resumed.sqlite');
    for (let size = 0; size < 600; size++) org.addLead({ NumberOfEmployees: 5 });
    let pages = 0;
    const dies: ProxyHandler<Store['mirror']> = {
      get: (mirror, name) => {
        const call = (Reflect.get(mirror, name) as (...given: readonly unknown[]) => unknown).bind(mirror);
        return (...given: readonly unknown[]) => {
          if (name === 'page' && given[0] === 'Lead' && given[1] !== '' && pages++ === 1) throw new Crash('killed');
          return call(...given);
        };
      },
    };
    const crm = await org.crm(org.people.service);
    const mirror = new Proxy(store.mirror, dies);
    const ports = { crm, store: { ...store, mirror }, clock: org.clock, progress: silent };
    await expect(runSync(ports, options)).rejects.toThrow('killed');
    expect(await store.outbox.pending()).toBeGreaterThan(0);
    const first = String(org.query('SELECT Id FROM Lead ORDER BY Id LIMIT 1')[0]?.['Id']);
    org.orgClock.advance(60_000);
    const { org: data } = org.running;
    data.update(data.system(), 'Lead', [{ Id: first, NumberOfEmployees: 700 }], system);
    await org.sync(store, options);
    expect(org.stages()[first]).toBe('mql');
    await store.close();
  });

  it('between the succession of two versions leaves one of them in force after the next run', async () => {
    const store = await org.openStore('succession.sqlite');
    await org.sync(store, options);
    org.orgClock.advance(60_000);
    await org.push(agreementText('Northwind', 60));
    await org.sign();
    const crm = await org.crm(org.people.service);
    const write: Crm['write'] = async (request) => {
      if (request.records.some((each) => each['Status__c'] === 'Superseded')) throw new Crash('killed');
      return crm.write(request);
    };
    const ports = { crm: { ...crm, write }, store, clock: org.clock, progress: silent };
    await expect(runSync(ports, options)).rejects.toThrow('killed');
    const statuses = (): unknown =>
      org.query('SELECT Status__c FROM Accord_Agreement__c ORDER BY Version__c').map((row) => row['Status__c']);
    expect(statuses()).toEqual(['In Force', 'In Force']);
    expect(await org.sync(store, options)).toMatchObject({ agreement: { version: 2 } });
    expect(statuses()).toEqual(['Superseded', 'In Force']);
    await store.close();
  });

  it('at an expired session says what to do, and goes on with a new one', async () => {
    const store = await org.openStore('expired.sqlite');
    org.addLead({ NumberOfEmployees: 77 });
    const crm = await org.crm(org.people.service);
    const expiring: Crm = {
      ...crm,
      write: async (request) => {
        if (request.object === 'Accord_Lead_State__c') throw new PortError('reauthorize', 'The session has expired.');
        return crm.write(request);
      },
    };
    const ports = { crm: expiring, store, clock: org.clock, progress: silent };
    await expect(runSync(ports, options)).rejects.toMatchObject({ code: 'reauthorize' });
    const pending = await store.outbox.pending();
    expect(pending).toBeGreaterThan(0);
    expect(await org.sync(store, options)).toMatchObject({ read: expect.any(Number) as number, written: pending });
    await store.close();
  });
});

const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;
