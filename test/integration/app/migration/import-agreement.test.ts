import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAgreementFile } from '../../../../src/app/agreement/read-agreement-file.ts';
import { importAgreement } from '../../../../src/app/migration/import-agreement.ts';
import { AgreedOrg } from '../agreed-org.ts';

const table = (text: string) => ({ name: 'scores.csv', bytes: Buffer.from(text) });

describe('importAgreement', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.deployField(
      'Lead',
      '<fullName>Team_Size__c</fullName><label>Size of the team</label><type>Number</type><precision>6</precision><scale>0</scale>',
    );
    for (const LeadSource of ['Web', 'Web', 'Partner']) org.addLead({ LeadSource });
    org.add('Group', { Name: 'Inbound', DeveloperName: 'Inbound', Type: 'Queue' });
  });
  afterAll(() => org[Symbol.asyncDispose]());

  it('drafts the lead process of an org, with comments, as a valid agreement', async () => {
    const { text, summary } = await importAgreement(await org.crm(), { threshold: 100 });
    const { agreement, problems } = readAgreementFile(Buffer.from(text), 'draft.yaml');
    expect(problems).toEqual([]);
    expect(summary.warnings).toEqual([]);
    expect(agreement).toMatchObject({
      name: 'Accord Embedded Org revenue agreement',
      timeZone: 'America/Los_Angeles',
      parties: { marketing: { signers: ['carl@northwind.example'] }, sales: { signers: ['vera@northwind.example'] } },
      highestMode: 'observe',
      stages: [
        { id: 'open-not-contacted', title: 'Open - Not Contacted' },
        {
          id: 'working-contacted',
          title: 'Working - Contacted',
          when: { all: [{ leadStatus: { is: 'Working - Contacted' } }] },
        },
        { id: 'closed-not-converted', title: 'Closed - Not Converted', side: true },
      ],
      process: { handOff: { stage: 'working-contacted', requires: 'owner' } },
      outcome: { success: 'converted' },
    });
    expect(agreement?.stages[0]).not.toHaveProperty('when');
    expect(text).toContain('# From lead status "Working - Contacted".\n');
    expect(text).toContain('# Leads by source: Web (2), Partner (1).\n');
    expect(text).toContain('# Queues: Inbound. A hand-off waits while a queue owns the lead.\n');
    expect(text).toContain('# Instead of the lead status "Closed - Converted": conversion is the success.\n');
  });

  it('finds the properties of a score table among the fields of the org, by label too, and tells what it left out', async () => {
    const scores = table(
      'Property,Operator,Value,Points\nSize of the team,at least,5,40\nLead Status,is,Working - Contacted,30\nAura,is,Blue,99\n',
    );
    const { text, summary } = await importAgreement(await org.crm(), { threshold: 60, scores });
    const hidden = expect.stringContaining('Lead.Team_Size__c is hidden from 3 of 4 users') as string;
    expect(summary).toMatchObject({ taken: 2, warnings: [hidden], leftOut: [{ line: 4, text: 'Aura is Blue' }] });
    const { agreement } = readAgreementFile(Buffer.from(text), 'draft.yaml');
    expect(agreement?.facts).toMatchObject({
      teamSize: { field: 'Lead.Team_Size__c' },
      score: {
        score: [
          { when: { teamSize: { atLeast: 5 } }, points: 40 },
          { when: { leadStatus: { is: 'Working - Contacted' } }, points: 30 },
        ],
      },
    });
    expect(agreement?.stages[1]).toMatchObject({ id: 'mql', when: { all: [{ score: { atLeast: 60 } }] } });
    expect(text).toContain(
      'line 4 (Aura is Blue): "Aura" is neither a field of the lead nor an activity that is known.',
    );
    expect(text).toContain('# From line 2 of the score table: Size of the team.\n');
  });

  it('takes a user who sees nothing of the set-up for one, and still drafts a valid agreement', async () => {
    const { text } = await importAgreement(await org.crm(org.people.ana), { threshold: 100 });
    expect(readAgreementFile(Buffer.from(text), 'draft.yaml').agreement).toBeDefined();
  });

  it('names the line of a file that is no CSV', async () => {
    const scores = table('Property,Points\n"Industry,5\n');
    await expect(importAgreement(undefined, { threshold: 1, scores })).rejects.toThrow('scores.csv:2: The quote');
  });
});
