import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncSummary } from '../../../src/app/sync/sync-summary.ts';
import { watchSync } from '../../../src/app/sync/watch-sync.ts';
import { AgreedOrg, silent } from './agreed-org.ts';

const system = { allOrNone: true, autoAssign: false, apiVersion: 68 } as const;

describe('a dry run', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.push();
    await org.sign();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  it('in full leaves the removal of a lead that is gone to the next real run', async () => {
    const store = await org.openStore('orphans.sqlite');
    const lead = org.addLead({ NumberOfEmployees: 10 });
    await org.sync(store, { full: true });
    const { org: data } = org.running;
    data.remove(data.system(), [lead], system);
    org.orgClock.advance(24 * 3_600_000);
    expect(await org.sync(store, { full: true, dryRun: true })).toMatchObject({ removed: 1, written: 0 });
    expect(org.stages()).toHaveProperty(lead);
    expect(await org.sync(store)).toMatchObject({ removed: 1, written: 1 });
    expect(org.stages()).not.toHaveProperty(lead);
    await store.close();
  });

  it('counts every lead that is to be judged, and finds them all again', async () => {
    const store = await org.openStore('many.sqlite');
    await org.sync(store);
    for (let size = 0; size < 300; size++) org.addLead({ NumberOfEmployees: size });
    const expected = { judged: 300, changed: 300 };
    expect(await org.sync(store, { dryRun: true })).toMatchObject(expected);
    expect(await org.sync(store, { dryRun: true })).toMatchObject(expected);
    expect(await org.sync(store)).toMatchObject({ ...expected, written: 300 });
    await store.close();
  });

  it('of an empty store leaves it empty, pass after pass of a watch too', async () => {
    const store = await org.openStore('empty.sqlite');
    const crm = await org.crm(org.people.service);
    const stop = new AbortController();
    const passes: SyncSummary[] = [];
    const report = (pass: SyncSummary): void => {
      passes.push(pass);
    };
    const progress = { ...silent, finish: () => (passes.length > 0 ? stop.abort() : undefined) };
    const ports = { crm, store, clock: org.clock, progress };
    const watch = { intervalMs: 1, stop: stop.signal, report, warn: () => {} };
    const total = await watchSync(ports, { dryRun: true }, watch);
    expect(total.judged).toBe((passes[0]?.judged ?? 0) * 2);
    expect(await store.getNote('org')).toBeUndefined();
    expect(await store.outbox.pending()).toBe(0);
    await store.close();
  });
});
