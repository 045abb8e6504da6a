import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSync } from '../../../src/app/sync/run-sync.ts';
import { AgreedOrg, silent } from './agreed-org.ts';

const minute = 60_000;

describe('a sync on a machine whose clock is not the org’s', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const problemsAt = async (skew: number): Promise<string> => {
    const store = await org.openStore(`skew-${skew}.sqlite`);
    try {
      const clock = { now: () => org.orgClock.now() + skew };
      const crm = await org.crm(org.people.service);
      return (await runSync({ crm, store, clock, progress: silent })).problems.join('\n');
    } finally {
      await store.close();
    }
  };

  it('says by how much, in which direction and what to do, past two minutes', async () => {
    expect(await problemsAt(5 * minute)).toContain('5 minutes ahead of the org');
    expect(await problemsAt(-7 * minute)).toMatch(/7 minutes behind the org.*NTP/);
    expect(await problemsAt(2 * minute)).not.toContain('clock');
  });
});
