import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Crm, CrmRecord, Progress, Store, WriteResult } from '../../../src/app/ports.ts';
import { runSync } from '../../../src/app/sync/run-sync.ts';
import { connect } from '../../../src/crm/connect.ts';
import { OrgClient } from '../../support/org-client.ts';
import { AgreedOrg, silent } from './agreed-org.ts';

describe('a sync that the org interrupts', () => {
  let org: AgreedOrg;
  let admin: OrgClient;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    admin = OrgClient.withToken(org.running.instanceUrl, org.running.accessToken);
    await org.push();
    await org.sign();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const limit = (max: number, used: number): Promise<unknown> =>
    admin.request('POST', '/services/embedded/limits', { DailyApiRequests: { max, used } });

  /** Runs a sync in a session of its own and does something as a stage begins. */
  const syncUntil = async (store: Store, stage: string, work: (token: string) => void): Promise<unknown> => {
    const accessToken = org.running.sessions.create(org.people.service.userId);
    const crm = await connect({ instanceUrl: org.running.instanceUrl, accessToken }, { firstPause: 5 });
    const progress: Progress = { ...silent, start: (title) => (title === stage ? work(accessToken) : undefined) };
    return runSync({ crm, store, clock: org.clock, progress });
  };

  it('by an expired session says so, and goes on with the next one where it stopped', async () => {
    const store = await org.openStore('session.sqlite');
    org.addLead({ NumberOfEmployees: 60 });
    const failing = syncUntil(store, 'Writing', (token) => org.running.sessions.revoke(token));
    await expect(failing).rejects.toMatchObject({ name: 'PortError', code: 'reauthorize' });
    expect(org.stages()).toEqual({});
    expect(await org.sync(store)).toMatchObject({ kind: 'incremental', judged: 0, written: 1 });
    expect(Object.values(org.stages())).toEqual(['mql']);
    await store.close();
  });

  it('by a session that ends between two calls of one write keeps what the org never got', async () => {
    const store = await org.openStore('between.sqlite');
    for (let size = 0; size < 450; size++) org.addLead({ NumberOfEmployees: size });
    const token = org.running.sessions.create(org.people.service.userId);
    const crm = await connect({ instanceUrl: org.running.instanceUrl, accessToken: token }, { firstPause: 5 });
    let writes = 0;
    const send = globalThis.fetch;
    const watched = vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
      if (new Request(url).url.includes('composite/sobjects/Accord_Lead_State__c') && ++writes === 2)
        org.running.sessions.revoke(token);
      return send(url, init);
    });
    const ports = { crm, store, clock: org.clock, progress: silent };
    await expect(runSync(ports).finally(() => watched.mockRestore())).rejects.toMatchObject({ code: 'reauthorize' });
    expect(await store.outbox.deadLetters()).toEqual([]);
    const pending = await store.outbox.pending();
    expect(pending).toBeGreaterThan(200);
    expect(await org.sync(store)).toMatchObject({ written: pending, failed: 0, problems: [] });
    expect(org.query('SELECT COUNT(Id) n FROM Accord_Lead_State__c')).toEqual(
      org.query('SELECT COUNT(Id) n FROM Lead'),
    );
    await store.close();
  });

  /** The org as it is, but for what it says of some state rows. */
  const refusing = async (result: WriteResult, of: (record: CrmRecord) => boolean): Promise<Crm> => {
    const crm = await org.crm(org.people.service);
    return {
      ...crm,
      write: async (request) => {
        if (request.object !== 'Accord_Lead_State__c') return crm.write(request);
        const taken = request.records.filter((record) => !of(record));
        const results = [...(taken.length > 0 ? await crm.write({ ...request, records: taken }) : [])];
        return request.records.map((record) => (of(record) ? result : (results.shift() as WriteResult)));
      },
    };
  };

  it('by full storage writes what fits, says so, and keeps the rest however often it is refused', async () => {
    const store = await org.openStore('storage.sqlite');
    await org.sync(store);
    const lead = org.addLead({ NumberOfEmployees: 60 });
    const full = { success: false, code: 'limit', reason: 'storage limit exceeded', fields: [] } as const;
    const crm = await refusing(full, (record) => record['Lead_Id__c'] === lead);
    for (let pass = 0; pass < 7; pass++) {
      await expect(runSync({ crm, store, clock: org.clock, progress: silent })).rejects.toMatchObject({
        code: 'limit',
      });
    }
    expect(await store.outbox.deadLetters()).toEqual([]);
    expect(await org.sync(store)).toMatchObject({ written: 1 });
    expect(org.stages()[lead]).toBe('mql');
    await store.close();
  });

  it('by the daily limit stops below it, says so, and completes when there are calls again', async () => {
    const store = await org.openStore('limit.sqlite');
    const lead = org.addLead({ NumberOfEmployees: 60 });
    await limit(1_000, 795);
    await expect(org.sync(store)).rejects.toMatchObject({ name: 'PortError', code: 'limit' });
    await limit(1_000, 1_000);
    await expect(org.sync(store)).rejects.toMatchObject({ name: 'PortError', code: 'limit' });
    await limit(15_000, 0);
    await org.sync(store);
    expect(org.stages()[lead]).toBe('mql');
    await store.close();
  });

  it('by a second sync on the same store is told who holds it', async () => {
    const store = await org.openStore('lease.sqlite');
    const other = await org.openStore('lease.sqlite');
    const lease = await store.leaseSync();
    await expect(other.leaseSync()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`${process.pid}`) as string,
    });
    await lease[Symbol.asyncDispose]();
    await (await other.leaseSync())[Symbol.asyncDispose]();
    await Promise.all([store.close(), other.close()]);
  });

  it('by a record that it does not take counts it as failed, each time, and tries later again', async () => {
    const store = await org.openStore('locked.sqlite');
    await org.sync(store);
    const lead = org.addLead({ NumberOfEmployees: 60 });
    const locked = { success: false, code: 'retryable', reason: 'unable to lock row', fields: [] } as const;
    const crm = await refusing(locked, (record) => record['Lead_Id__c'] === lead);
    const ports = { crm, store, clock: org.clock, progress: silent };
    const first = await runSync(ports);
    expect(first).toMatchObject({ written: 0, failed: 1 });
    expect(first.problems.join(' ')).toContain('1 record waits to be written');
    for (let failures = 1; failures < 5; failures++) {
      org.orgClock.advance(20 * 60_000);
      expect(await runSync(ports)).toMatchObject({ failed: 1 });
    }
    expect(await store.outbox.deadLetters()).toMatchObject([{ key: `state:${lead}`, reason: 'unable to lock row' }]);
    expect(await org.sync(store)).toMatchObject({ judged: 0, written: 0 });
    org.orgClock.advance(61 * 60_000);
    expect(await org.sync(store)).toMatchObject({ judged: 1, written: 1, problems: [] });
    expect(org.stages()[lead]).toBe('mql');
    await store.close();
  });
});
