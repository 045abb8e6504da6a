import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { OrgClient } from '../support/org-client.ts';
import { runDemo, type Demo } from '../support/run-demo.ts';

type State = { Stage__c: string; Since__c: string; Agreement_Version__c: number };

describe('what a newcomer sees', () => {
  let demo: Demo;
  let admin: OrgClient;
  const home = mkdtempSync(join(tmpdir(), 'accord-start-'));

  beforeAll(async () => {
    demo = await runDemo([], home);
    admin = await OrgClient.as(demo.instanceUrl, 'admin@accord.example');
  });

  afterAll(async () => {
    await demo?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('gives every sample lead a stage under the signed agreement', async () => {
    const [leads] = await admin.query<{ n: number }>('SELECT COUNT(Id) n FROM Lead');
    const stages = await admin.query<{ Stage__c: string; n: number }>(
      'SELECT Stage__c, COUNT(Id) n FROM Accord_Lead_State__c GROUP BY Stage__c',
    );
    expect(leads?.n).toBe(2_000);
    expect(stages.reduce((sum, { n }) => sum + n, 0)).toBe(2_000);
    expect(stages.map((row) => row.Stage__c).toSorted()).toEqual(['engaged', 'inquiry', 'mql', 'sal']);
  });

  it('has one agreement in force, signed by two different people', async () => {
    const signatures = await admin.query<{ Party__c: string; CreatedById: string }>(
      "SELECT Party__c, CreatedById FROM Accord_Signature__c WHERE Agreement__r.Status__c = 'In Force'",
    );
    expect(signatures.map((row) => row.Party__c).toSorted()).toEqual(['Marketing', 'Sales']);
    expect(new Set(signatures.map((row) => row.CreatedById)).size).toBe(2);
  });

  it('lets the verdict follow a change made by API within seconds', async () => {
    const ana = await OrgClient.as(demo.instanceUrl, 'ana@northwind.example');
    const [lead] = await admin.query<{ Lead_Id__c: string }>(
      `SELECT Lead_Id__c FROM Accord_Lead_State__c
       WHERE Stage__c = 'mql' AND Lead__r.Owner.Username = 'ana@northwind.example' LIMIT 1`,
    );
    const id = lead?.Lead_Id__c ?? '';
    await ana.update('Lead', id, { NumberOfEmployees: 3 });
    const state = async (): Promise<State | undefined> =>
      (
        await admin.query<State>(
          `SELECT Stage__c, Since__c, Agreement_Version__c FROM Accord_Lead_State__c WHERE Lead_Id__c = '${id}'`,
        )
      )[0];
    const changed = await eventually(state, (row) => row?.Stage__c !== 'mql');
    expect(['inquiry', 'engaged']).toContain(changed?.Stage__c);
    await ana.update('Lead', id, { NumberOfEmployees: 3_000 });
    await eventually(state, (row) => row?.Stage__c === 'mql');
  });

  it('stops at Ctrl-C with exit code 0, leaving no process and no file behind', async () => {
    expect(await demo.stop()).toBe(0);
    await expect(fetch(demo.instanceUrl)).rejects.toThrow('fetch failed');
    expect(readdirSync(home).filter((name) => name.startsWith('accord'))).toEqual([]);
  });
});
