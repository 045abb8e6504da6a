import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readColumnMap } from '../../../src/app/import/column-map.ts';
import {
  importCsv,
  type ImportOptions,
  type ImportSummary,
  type RejectedRow,
} from '../../../src/app/import/import-csv.ts';
import { AgreedOrg, silent } from './agreed-org.ts';

// Accord_Promise__c stands in for a text field; the key is a field that the test deploys.
const map = `object: Lead
key: Ext__c
constants: { Company: Imported }
columns:
  Id: [Ext__c, LastName]
  Size: NumberOfEmployees
  Calls: { field: DoNotCall, values: { 'Yes': false, 'No': true } }
  Source: { field: LeadSource, blank: [Select] }
  Note: ignore
`;
const header = 'Id,Size,Calls,Source,Note\n';

describe('importCsv', () => {
  let org: AgreedOrg;
  const rejects: RejectedRow[] = [];
  beforeAll(async () => {
    org = await AgreedOrg.start();
    await org.deployField(
      'Lead',
      '<fullName>Ext__c</fullName><label>Ext</label><type>Text</type><length>40</length>' +
        '<externalId>true</externalId><unique>true</unique>',
    );
  });
  beforeEach(() => {
    rejects.length = 0;
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const run = async (
    csv: string | Uint8Array,
    options: Partial<ImportOptions> = {},
    mapText = map,
  ): Promise<ImportSummary> => {
    const bytes = Buffer.from(csv);
    const open = async function* () {
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
    };
    const ports = { crm: await org.crm(), progress: silent };
    const onReject = async (row: RejectedRow): Promise<void> => void rejects.push(row);
    const all = { dryRun: false, skipBadRows: false, onReject, ...options };
    return importCsv(ports, { name: 'leads.csv', open }, readColumnMap(Buffer.from(mapText), 'map.yaml'), all);
  };
  const leads = (): readonly Record<string, unknown>[] =>
    org.query('SELECT Ext__c, LastName, NumberOfEmployees, DoNotCall, LeadSource FROM Lead ORDER BY Ext__c');

  it('writes each row by its map, and the same rows again without doubling them', async () => {
    const csv = `${header}a1,5,Yes,Web,"one, two"\na2,,No,Select,\n`;
    expect(await run(csv)).toMatchObject({ rows: 2, created: 2, updated: 0, failed: 0 });
    const expected = [
      { Ext__c: 'a1', LastName: 'a1', NumberOfEmployees: 5, DoNotCall: false, LeadSource: 'Web' },
      { Ext__c: 'a2', LastName: 'a2', NumberOfEmployees: null, DoNotCall: true, LeadSource: null },
    ];
    expect(leads()).toEqual(expected);
    expect(await run(csv)).toMatchObject({ rows: 2, created: 0, updated: 2 });
    expect(leads()).toEqual(expected);
  });

  it('creates and updates in one run, through the Bulk API too', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => `b${index},${index},Yes,Web,`).join('\n');
    expect(await run(`${header}a1,6,Yes,Web,\n${rows}\n`)).toMatchObject({ rows: 2_501, created: 2_500, updated: 1 });
    expect(org.query('SELECT COUNT(Id) n FROM Lead')[0]).toEqual({ n: 2_502 });
  });

  it('writes nothing at all when one row is bad, and names its line', async () => {
    const csv = `${header}c1,5,Yes,Web,\n"c\n2",x,Yes,Web,\nc3,5,Perhaps,Web,\nc4,5,Yes\nc1,1,Yes,,\n`;
    await expect(run(csv)).rejects.toMatchObject({
      key: 'csv',
      message: '4 of 5 rows of leads.csv cannot be imported.',
      details: [
        'leads.csv:3: "Size": "x" is not a whole number, as NumberOfEmployees needs.',
        'leads.csv:5: "Calls": "Perhaps" is none of "Yes", "No".',
        'leads.csv:6: The row has 3 values, the header has 5.',
        'leads.csv:7: Ext__c is "c1", as on line 2.',
      ],
    });
    expect(leads().filter((lead) => String(lead['Ext__c']).startsWith('c'))).toEqual([]);
  });

  it('takes keys that differ in case alone for one key, as the org does', async () => {
    await expect(run(`${header}k1,5,Yes,Web,\nK1,6,Yes,Web,\n`)).rejects.toMatchObject({
      details: ['leads.csv:3: Ext__c is "K1", as on line 2.'],
    });
    await org.deployField(
      'Lead',
      '<fullName>Exact__c</fullName><label>Exact</label><type>Text</type><length>40</length>' +
        '<externalId>true</externalId><unique>true</unique><caseSensitive>true</caseSensitive>',
    );
    const csv = `${header}k1,5,Yes,Web,\nK1,6,Yes,Web,\n`;
    expect(await run(csv, {}, map.replaceAll('Ext__c', 'Exact__c'))).toMatchObject({ created: 2, failed: 0 });
  });

  it('shows at most twenty bad rows', async () => {
    const bad = Array.from({ length: 30 }, (_, index) => `d${index},x,Yes,,`).join('\n');
    const refusal = run(header + bad);
    await expect(refusal).rejects.toMatchObject({ details: expect.objectContaining({ length: 21 }) as unknown });
  });

  it('leaves bad rows out when asked to, and hands them over with their reason', async () => {
    const done = await run(`${header}e1,5,Yes,Web,\ne2,x,Yes,Web,n\n`, { skipBadRows: true });
    expect(done).toMatchObject({ rows: 2, created: 1, skipped: 1, failed: 0 });
    expect(rejects).toEqual([
      {
        line: 3,
        cells: ['e2', 'x', 'Yes', 'Web', 'n'],
        reason: '"Size": "x" is not a whole number, as NumberOfEmployees needs.',
      },
    ]);
  });

  it('hands over the rows that the org refuses, and only those', async () => {
    const done = await run(`${header}f1,5,Yes,Web,\nf2,99999999999,Yes,Web,\n`);
    expect(done).toMatchObject({ created: 1, failed: 1 });
    expect(rejects.map(({ line }) => line)).toEqual([3]);
  });

  it('checks and writes nothing in a dry run', async () => {
    expect(await run(`${header}g1,5,Yes,Web,\n`, { dryRun: true })).toMatchObject({
      dryRun: true,
      rows: 1,
      created: 0,
    });
    expect(leads().some((lead) => lead['Ext__c'] === 'g1')).toBe(false);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'leads.csv:1: The file is empty.'],
    ['a header that names a column twice', 'Id,Id\n', 'leads.csv:1: The header names the column "Id" twice.'],
    ['a quote that is never closed', `${header}h1,5,Yes,Web,"x\nh2,5\n`, 'leads.csv:2: The quote that opens'],
    [
      'another encoding',
      Buffer.from(`${header}Jos\xe9,5,Yes,Web,\n`, 'latin1'),
      'leads.csv:2: This line is not UTF-8.',
    ],
  ])('refuses %s by its line', async (_, csv, message) => {
    await expect(run(csv)).rejects.toThrow(message);
  });

  it('refuses a file without a mapped column', async () => {
    await expect(run('Id,Size,Calls,Note\ni1,5,Yes,\n')).rejects.toMatchObject({
      key: 'column-map',
      details: ['map.yaml:8:3 error columns.Source: The CSV has no column "Source".'],
    });
  });

  it('refuses an object that the org does not have', async () => {
    await expect(run(header, {}, map.replace('Lead', 'Laed'))).rejects.toThrow('The org has no object Laed');
  });
});
