import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJudgedVersions } from '../../src/app/agreement/judged-versions.ts';
import { readAgreementFile } from '../../src/app/agreement/read-agreement-file.ts';
import { chooseAgainst, chooseFile } from '../../src/app/preview/choose-versions.ts';
import { previewAgreement } from '../../src/app/preview/preview-agreement.ts';
import { countHere } from '../../src/app/preview/slice-counter.ts';
import { runSync } from '../../src/app/sync/run-sync.ts';
import { silentProgress } from '../../src/cli/terminal-progress.ts';
import { connect } from '../../src/crm/connect.ts';
import type { PreviewResult } from '../../src/domain/preview/preview-result.ts';
import { openStore } from '../../src/store/open-store.ts';
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

    it('previews a stricter definition with the figures that the CSV gives by hand', async () => {
      const { accessToken } = await OrgClient.as(demo.instanceUrl, 'service@accord.example');
      const crm = await connect({ instanceUrl: demo.instanceUrl, accessToken });
      const store = await openStore(':memory:');
      const ports = { crm, store, clock: Date, progress: silentProgress };
      await runSync(ports);
      const stricter = readFileSync(join(education, 'agreement.yaml'), 'utf8').replace('atLeast: 600', 'atLeast: 1200');
      const proposed = chooseFile(readAgreementFile(Buffer.from(stricter), 'stricter.yaml'), []);
      const to = Date.now();
      const against = chooseAgainst(await readJudgedVersions(crm), 'current', proposed, to);
      const request = { proposed, against, from: to - 30 * 86_400_000, to, stop: new AbortController().signal };
      const result = await previewAgreement({ ...ports, counter: countHere(store) }, request);
      await store.close();
      const told = ({ people, succeeded }: PreviewResult['dropped']) => [people, succeeded.count];
      const byHand = (some: EducationLead[]) => [some.length, some.filter((lead) => lead['Converted'] === '1').length];
      const is = (stage: string, least?: number) => (lead: EducationLead) => stageByHand(lead, least) === stage;
      expect(result.people).toBe(9_240);
      expect(told(result.reached.current)).toEqual(byHand(leads.filter(is('mql'))));
      expect(told(result.reached.proposed)).toEqual(byHand(leads.filter(is('mql', 1_200))));
      const dropped = leads.filter((lead) => is('mql')(lead) && !is('mql', 1_200)(lead));
      expect(told(result.dropped)).toEqual(byHand(dropped));
      for (const { stage, present } of result.stages) {
        const counts = [leads.filter(is(stage)).length, leads.filter(is(stage, 1_200)).length];
        expect([present.current, present.proposed]).toEqual(counts);
      }
      const time = result.clauses.find(({ clause }) => clause === 'mql.all.0');
      expect(time?.lift?.low).toBeGreaterThan(0);
    });
  },
);
