import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EducationLead, readLeads, stageByHand } from '../support/education-leads.ts';
import { OrgClient } from '../support/org-client.ts';
import { runDemo, type Demo } from '../support/run-demo.ts';

const education = join(import.meta.dirname, '..', 'support', 'education');
const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'education-leads.csv');
const absent = !existsSync(data);

describe.skipIf(absent)(
  `the main job on 9,240 real leads${absent ? ' (skipped: the data is not on this machine)' : ''}`,
  () => {
    let demo: Demo;
    let admin: OrgClient;
    let leads: EducationLead[];
    const home = mkdtempSync(join(tmpdir(), 'accord-education-'));

    beforeAll(async () => {
      const files = ['column-map.yaml', 'agreement.yaml'].map((name) => join(education, name)) as [string, string];
      demo = await runDemo(['--data', data, '--map', files[0], '--metadata', education, '--agreement', files[1]], home);
      admin = await OrgClient.as(demo.instanceUrl, 'admin@accord.example');
      leads = readLeads(readFileSync(data, 'utf8'));
    });

    afterAll(async () => {
      await demo?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it('loads every row once, with blank and Select as unknown', async () => {
      const count = async (where: string): Promise<number> =>
        Number((await admin.query<{ n: number }>(`SELECT COUNT(Id) n FROM Lead WHERE ${where}`))[0]?.n);
      expect(await count('Prospect_Id__c != null')).toBe(9_240);
      expect(await count('Total_Visits__c = null')).toBe(leads.filter((lead) => lead['TotalVisits'] === '').length);
      expect(await count('HasOptedOutOfEmail = true')).toBe(
        leads.filter((lead) => lead['Do Not Email'] === 'Yes').length,
      );
      expect(await count('Became_Customer__c = true')).toBe(3_561);
      const unknownCity = leads.filter((lead) => ['', 'Select'].includes(lead['City'] ?? '')).length;
      expect(await count('City = null')).toBe(unknownCity);
    });

    it('puts each lead into the stage that its row of the CSV gives by hand', async () => {
      const states = await admin.query<{ Stage__c: string; Lead__r: { Prospect_Id__c: string } }>(
        'SELECT Stage__c, Lead__r.Prospect_Id__c FROM Accord_Lead_State__c',
      );
      const found = new Map(states.map((state) => [state.Lead__r.Prospect_Id__c, state.Stage__c]));
      expect(found.size).toBe(9_240);
      const wrong = leads.filter((lead) => found.get(lead['Prospect ID'] ?? '') !== stageByHand(lead));
      expect(wrong.map((lead) => lead['Prospect ID'])).toEqual([]);
      const mqls = states.filter((state) => state.Stage__c === 'mql').length;
      expect(mqls).toBe(leads.filter((lead) => stageByHand(lead) === 'mql').length);
      expect(mqls).toBeGreaterThan(500);
    });
  },
);
