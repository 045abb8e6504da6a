import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreedOrg } from '../integration/app/agreed-org.ts';

const leads = 3_000;

describe('a sync that is killed with SIGKILL', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    // The child reads the machine's clock, so the org's must agree with it.
    org.orgClock.freezeAt(Date.now());
    org.orgClock.run();
    await org.push();
    await org.sign();
    const { org: data, org: running } = org.running;
    const rows = Array.from({ length: leads }, (_, index) => ({
      LastName: `Lead ${index}`,
      Company: 'Engines',
      NumberOfEmployees: index % 100,
      OwnerId: org.people.ana.userId,
    }));
    for (let at = 0; at < leads; at += 200) {
      running.insert(data.system(), 'Lead', rows.slice(at, at + 200), {
        allOrNone: true,
        autoAssign: false,
        apiVersion: 68,
      });
    }
  });
  afterAll(() => org[Symbol.asyncDispose]());

  /** Runs a sync; kills it so long after it reported a stage. True when it ended by itself. */
  const run = async (store: string, stage?: string, after = 0): Promise<boolean> => {
    const accessToken = org.running.sessions.create(org.people.service.userId);
    const script = join(import.meta.dirname, 'sync-child.ts');
    const args = [script, org.running.instanceUrl, accessToken, join(org.folder, store)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const before = text;
      text += chunk;
      if (stage && text.includes(stage) && !before.includes(stage)) void pause(after).then(() => child.kill('SIGKILL'));
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return code === 0;
  };

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
      expect(await run('killed.sqlite', stage, after), `${stage} + ${after} ms`).toBe(false);
    }
    expect(await run('killed.sqlite')).toBe(true);
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
