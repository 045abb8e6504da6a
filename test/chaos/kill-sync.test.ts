import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgreedOrg } from '../integration/app/agreed-org.ts';
import { orgWithLeads, runSyncProcess } from './killable-sync.ts';

const leads = 3_000;

describe('a sync that is killed with SIGKILL', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await orgWithLeads(leads);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const counts = (): unknown =>
    org.query('SELECT Stage__c, COUNT(Id) n FROM Accord_Lead_State__c GROUP BY Stage__c ORDER BY Stage__c');

  it('leaves nothing that the next run does not complete, wherever it was', async () => {
    for (const [stage, after] of [
      ['Reading Lead', 60],
      ['Judging', 10],
      ['Judging', 60],
      ['Writing', 40],
      ['Writing', 400],
    ] as const) {
      expect(await runSyncProcess(org, 'killed.sqlite', stage, after), `${stage} + ${after} ms`).toBe(false);
    }
    expect(await runSyncProcess(org, 'killed.sqlite')).toBe(true);
    expect(counts()).toEqual([
      { Stage__c: 'inquiry', n: leads / 2 },
      { Stage__c: 'mql', n: leads / 2 },
    ]);
    expect(org.query("SELECT COUNT(Id) n FROM Lead WHERE Accord_Stage__c = 'Inquiry'")[0]).toEqual({ n: leads / 2 });
    const store = await org.openStore('judge.sqlite');
    expect(await org.sync(store, { leadFields: true })).toMatchObject({ judged: leads, written: 0 });
    await store.close();
  });
});
