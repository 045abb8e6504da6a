import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementStatus } from '../../../src/app/agreement/agreement-status.ts';
import { orgClock } from '../../../src/app/org-clock.ts';
import type { Clock, Crm } from '../../../src/app/ports.ts';
import { runSync } from '../../../src/app/sync/run-sync.ts';
import type { SyncSummary } from '../../../src/app/sync/sync-summary.ts';
import { connect } from '../../../src/crm/connect.ts';
import { AgreedOrg, silent } from './agreed-org.ts';

const minute = 60_000;
const day = 86_400_000;

describe('a service on a machine whose clock is not the org’s', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  /** What a process on a machine whose clock is that far ahead of the org's works with. */
  const onMachine = async (ahead: number): Promise<{ crm: Crm; clock: Clock }> => {
    const machine = { now: () => org.orgClock.now() + ahead };
    const accessToken = org.running.sessions.create(org.people.service.userId);
    const crm = await connect({ instanceUrl: org.running.instanceUrl, accessToken }, { clock: machine });
    return { crm, clock: orgClock(crm, machine) };
  };
  const syncOn = async (ahead: number): Promise<SyncSummary> => {
    const store = await org.openStore(`ahead-${ahead}.sqlite`);
    try {
      return await runSync({ ...(await onMachine(ahead)), store, progress: silent });
    } finally {
      await store.close();
    }
  };
  const problemsOn = async (ahead: number): Promise<string> => (await syncOn(ahead)).problems.join('\n');

  it('says by how much, in which direction and what to do, past two minutes', async () => {
    expect(await problemsOn(5 * minute)).toContain('5 minutes ahead of the org');
    expect(await problemsOn(-7 * minute)).toMatch(/7 minutes behind the org.*NTP/);
    expect(await problemsOn(2 * minute)).not.toContain('clock');
  });

  it('knows the org’s time before it has asked anything as a user', async () => {
    const { clock } = await onMachine(-92 * day);
    expect(Math.abs(clock.now() - org.clock.now())).toBeLessThan(2_000);
  });

  it('brings a version into force that was signed later than its own clock says', async () => {
    await org.push();
    await org.sign();
    expect(await syncOn(-92 * day)).toMatchObject({ agreement: { version: 1 } });
    const [row] = org.query('SELECT Status__c, Effective_From__c FROM Accord_Agreement__c');
    expect(row?.['Status__c']).toBe('In Force');
    expect(Date.parse(String(row?.['Effective_From__c'])) - org.clock.now()).toBeLessThan(2_000);
  });

  it('ends no version early that has not expired by the org’s time, and keeps none that has', async () => {
    const early = await onMachine(91 * day);
    expect((await agreementStatus(early.crm, early.clock)).inForce).toMatchObject({ version: 1 });
    expect(await syncOn(91 * day)).toMatchObject({ agreement: { version: 1 } });
    org.orgClock.advance(91 * day);
    expect(await syncOn(-92 * day)).toMatchObject({ agreement: null });
    expect(org.query('SELECT Status__c FROM Accord_Agreement__c')[0]?.['Status__c']).toBe('Expired');
  });
});
