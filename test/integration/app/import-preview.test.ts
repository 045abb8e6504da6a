import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAgreementFile } from '../../../src/app/agreement/read-agreement-file.ts';
import { readColumnMap } from '../../../src/app/import/column-map.ts';
import { type ImportPreview, previewImport } from '../../../src/app/import/preview/preview-import.ts';
import type { ImportSource } from '../../../src/app/import/import-rows.ts';
import { readLeads, stageByHand } from '../../support/education-leads.ts';
import { AgreedOrg, agreementText, silent } from './agreed-org.ts';

const map = `object: Lead
key: Ext__c
constants: { Company: Imported }
columns:
  Id: [Ext__c, LastName]
  Mail: Email
  Size: NumberOfEmployees
  Source: { field: LeadSource, blank: [Select] }
`;

const agreement = agreementText()
  .replace('facts:', 'facts:\n  source: { field: Lead.LeadSource, blank: [Other] }')
  .replace('all: [ { employees', 'all: [ { source: { isNot: Web } }, { employees');

const education = join(import.meta.dirname, '..', '..', 'support', 'education');
const data = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'education-leads.csv');
const absent = !existsSync(data);

describe('previewImport', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.deployField(
      'Lead',
      '<fullName>Ext__c</fullName><label>Ext</label><type>Text</type><length>40</length>' +
        '<externalId>true</externalId><unique>true</unique>',
    );
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const textSource = (csv: string): ImportSource => ({
    name: 'list.csv',
    open: async function* () {
      yield Buffer.from(csv);
    },
  });
  const preview = async (source: ImportSource, mapText = map, text = agreement): Promise<ImportPreview> => {
    const file = text === '' ? undefined : readAgreementFile(Buffer.from(text), 'test.yaml').agreement;
    const ports = { crm: await org.crm(), clock: org.clock, progress: silent };
    return previewImport(ports, source, readColumnMap(Buffer.from(mapText), 'map.yaml'), file);
  };

  it('counts the stages of new and known leads, duplicates and what the list says, and writes nothing', async () => {
    org.addLead({ Ext__c: 'known', NumberOfEmployees: 500, LeadSource: 'Partner' });
    org.addLead({ Email: 'Twin@x.example' });
    const before = org.query('SELECT Id, SystemModstamp FROM Lead ORDER BY Id');
    const csv =
      'Id,Mail,Size,Source\n' +
      'a,a@x.example,60,Partner\n' + // marketing qualified
      'b,b@x.example,60,Other\n' + // its source is unknown: undecided
      'c,TWIN@x.example,60,Web\n' + // decided by its source; a lead of the org has its address
      'd,A@x.example,3,Partner\n' + // repeats an address of the list
      'e,,many,Partner\n' + // cannot be imported
      'Known,,60,\n'; // a lead of the org: the list makes its source blank
    expect(await preview(textSource(csv))).toEqual({
      file: 'list.csv',
      agreement: { name: 'Northwind', version: null },
      rows: 6,
      bad: 1,
      problems: [expect.stringContaining('list.csv:6:')],
      stages: [
        { id: 'inquiry', title: 'Inquiry', rows: 4 },
        { id: 'engaged', title: 'Engaged', rows: 0 },
        { id: 'mql', title: 'Marketing qualified lead', rows: 1 },
      ],
      undecided: 2,
      duplicates: { byKey: 1, byEmail: 1, inList: 1 },
      facts: [
        { fact: 'source', field: 'Lead.LeadSource', known: 3 },
        { fact: 'employees', field: 'Lead.NumberOfEmployees', known: 5 },
      ],
    });
    expect(org.query('SELECT Id, SystemModstamp FROM Lead ORDER BY Id')).toEqual(before);
  });

  it('keeps what the org says of a lead where the list has no column for it', async () => {
    const columns = map.replace('  Source: { field: LeadSource, blank: [Select] }\n', '');
    const { stages } = await preview(textSource('Id,Mail,Size\nknown,,60\nnew,,60\n'), columns);
    expect(stages.map((each) => each.rows)).toEqual([1, 0, 1]);
  });

  it('leaves undecided what a lead that exists may have done or reached before, and of a new one nothing', async () => {
    org.addLead({ Ext__c: 'old', NumberOfEmployees: 5, LeadSource: 'Partner' });
    const csv = 'Id,Mail,Size,Source\nold,,5,Partner\nfresh,,5,Partner\n';
    expect(await preview(textSource(csv))).toMatchObject({ undecided: 1, duplicates: { byKey: 1 } });
    const kept = agreementText()
      .replace(/  - id: engaged[^]*?atLeast: 1 } } ] }\n/, '')
      .replace('    title: Marketing', '    back: false\n    title: Marketing');
    expect(await preview(textSource(csv), map, kept)).toMatchObject({ undecided: 1 });
    expect(await preview(textSource(csv), map, kept.replace('back: false', 'back: true'))).toMatchObject({
      undecided: 0,
    });
  });

  it('says the same whether the leads are asked for or read in bulk', async () => {
    const rows = Array.from({ length: 6_500 }, (_, at) => `k${at},,60,Partner`);
    const { duplicates, stages } = await preview(textSource(`Id,Mail,Size,Source\n${rows.join('\n')}\nKNOWN,,1,Web\n`));
    expect(duplicates).toEqual({ byKey: 1, byEmail: 0, inList: 0 });
    expect(stages.map((each) => each.rows)).toEqual([1, 0, 6_500]);
  });

  it('refuses lists of other objects, and a preview without any agreement', async () => {
    const contacts = 'object: Contact\ncolumns: { Id: LastName, Mail: Email }\n';
    await expect(preview(textSource('Id,Mail\na,\n'), contacts)).rejects.toThrow('only lists of leads have stages');
    await expect(preview(textSource('Id,Mail,Size,Source\n'), map, '')).rejects.toThrow('No agreement is in force');
  });

  it.skipIf(absent)(
    `gives 9,240 real rows the stages that plain code gives them${absent ? ' (skipped: the data is not on this machine)' : ''}`,
    async () => {
      const admin = await org.crm();
      const { failures } = await admin.deploy({ sourceFolder: join(education, 'fields'), checkOnly: false });
      expect(failures).toEqual([]);
      const set = org.query("SELECT Id FROM PermissionSet WHERE Name = 'Education_Leads'")[0]?.['Id'];
      org.add('PermissionSetAssignment', { AssigneeId: org.admin.userId, PermissionSetId: set });
      const [mapText, text] = ['column-map.yaml', 'agreement.yaml'].map((name) =>
        readFileSync(join(education, name), 'utf8'),
      );
      const source = { name: 'education-leads.csv', open: () => createReadStream(data) };
      const found = await preview(source, mapText, text);
      const leads = readLeads(readFileSync(data, 'utf8'));
      const byHand = Map.groupBy(leads, (lead) => stageByHand(lead));
      expect(found).toMatchObject({ rows: 9_240, bad: 0, duplicates: { byKey: 0, byEmail: 0, inList: 0 } });
      expect(Object.fromEntries(found.stages.map(({ id, rows }) => [id, rows]))).toEqual({
        inquiry: byHand.get('inquiry')?.length,
        engaged: byHand.get('engaged')?.length,
        mql: byHand.get('mql')?.length,
      });
      const known = (column: string): number =>
        leads.filter((lead) => !['', 'Select'].includes(lead[column] ?? '')).length;
      const said = Object.fromEntries(found.facts.map((each) => [each.fact, each.known]));
      expect(said).toMatchObject({
        visits: known('TotalVisits'),
        occupation: known('What is your current occupation'),
        specialization: known('Specialization'),
        optedOut: 9_240,
      });
    },
    60_000,
  );
});
