import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Progress, Store } from '../../../src/app/ports.ts';
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
});
