import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;
let ids: string[];

beforeAll(() => {
  small = new SmallOrg();
  ids = small.insert('Lead', [
    {
      LastName: 'Adams',
      Company: 'Acme',
      Rating: 'Hot',
      NumberOfEmployees: 10,
      AnnualRevenue: 1000.5,
      DoNotCall: true,
    },
    { LastName: 'Brown', Company: 'acme', Rating: 'Warm', NumberOfEmployees: 50, Email: 'brown@x.example' },
    { LastName: "O'Neil", Company: '100% Pure', NumberOfEmployees: 200 },
    { LastName: 'Élan', Company: 'Under_score' },
  ]);
  const [campaign] = small.insert('Campaign', [{ Name: 'Spring' }]);
  const [contact] = small.insert('Contact', [{ LastName: 'Cole' }]);
  small.insert('CampaignMember', [
    { CampaignId: campaign, LeadId: ids[1] },
    { CampaignId: campaign, ContactId: contact },
  ]);
});
afterAll(() => small.close());

const names = (where: string) => small.column(`SELECT LastName FROM Lead WHERE ${where} ORDER BY Id`, 'LastName');

describe('WHERE', () => {
  it.each<[string, string, string[]]>([
    ['compares text without regard to case', "Company = 'ACME'", ['Adams', 'Brown']],
    ['compares letters beyond ASCII without regard to case', "LastName = 'éLAN'", ['Élan']],
    ['finds such letters in a list', "LastName IN ('ÉLAN', 'adams')", ['Adams', 'Élan']],
    ['resolves escaped quotes', String.raw`LastName = 'O\'Neil'`, ["O'Neil"]],
    [
      'takes operators in any case',
      String.raw`Company like '%\_%' OR (Rating in ('Hot') AND Rating not in ('Cold'))`,
      ['Adams', 'Élan'],
    ],
    ['counts an empty field as different', "Rating != 'Hot'", ['Brown', "O'Neil", 'Élan']],
    ['takes an empty string for null', "Rating = ''", ["O'Neil", 'Élan']],
    ['finds null', 'Rating = null', ["O'Neil", 'Élan']],
    ['finds what is not null', 'Rating != null', ['Adams', 'Brown']],
    ['never finds null by order', 'NumberOfEmployees < 1000', ['Adams', 'Brown', "O'Neil"]],
    ['negates to the complement', '(NOT NumberOfEmployees > 20)', ['Adams', 'Élan']],
    ['reads a list', 'NumberOfEmployees IN (10, 200, null)', ['Adams', "O'Neil", 'Élan']],
    ['negates a list to the complement', "Rating NOT IN ('Hot')", ['Brown', "O'Neil", 'Élan']],
    ['compares decimals', 'AnnualRevenue >= 1000', ['Adams']],
    ['compares checkboxes', 'DoNotCall = TRUE', ['Adams']],
    ['matches with a wildcard', "LastName LIKE '%ROW%'", ['Brown']],
    ['matches one character', "LastName LIKE '_dams'", ['Adams']],
    ['matches an escaped percent sign literally', String.raw`Company LIKE '100\%%'`, ["O'Neil"]],
    ['matches an escaped underscore literally', String.raw`Company LIKE '%r\_s%'`, ['Élan']],
    ['does not match null', "Rating LIKE '%'", ['Adams', 'Brown']],
    ['groups by parentheses', "Company = 'Acme' AND (Rating = 'Warm' OR NumberOfEmployees = 200)", ['Brown']],
    ['takes the object name as a prefix', "Lead.LastName = 'Brown'", ['Brown']],
    [
      'follows a parent',
      "Owner.Type = 'User' AND CreatedBy.LastName = 'Automated Process' AND LastName = 'Brown'",
      ['Brown'],
    ],
    ['joins', 'Id IN (SELECT LeadId FROM CampaignMember)', ['Brown']],
    ['anti-joins past empty references', 'Id NOT IN (SELECT LeadId FROM CampaignMember)', ['Adams', "O'Neil", 'Élan']],
  ])('%s', (_, where, expected) => {
    expect(names(where)).toEqual(expected);
  });

  it('accepts ids of 15 and 18 characters', () => {
    const [first = ''] = ids;
    expect(names(`Id = '${first}'`)).toEqual(['Adams']);
    expect(names(`Id = '${first.slice(0, 15)}'`)).toEqual(['Adams']);
    expect(names(`Id = '${first.slice(0, 15).toLowerCase()}'`)).toEqual([]);
  });

  it('takes a list of thousands of ids', () => {
    const list = Array.from({ length: 3000 }, (_, index) => `'${ids[index % 2]}'`).join(',');
    expect(names(`Id IN (${list})`)).toEqual(['Adams', 'Brown']);
  });

  it('takes thousands of alternatives', () => {
    const alternatives = Array.from({ length: 3000 }, (_, index) => `NumberOfEmployees=${index * 50}`).join(' OR ');
    expect(names(alternatives)).toEqual(['Brown', "O'Neil"]);
  });

  it('leaves deleted rows to queryAll', () => {
    const [id = ''] = small.insert('Lead', [{ LastName: 'Gone', Company: 'Gone Inc' }]);
    small.org.remove(small.admin, [id], { allOrNone: true, autoAssign: false, apiVersion: 68 });
    expect(small.size("SELECT Id FROM Lead WHERE LastName = 'Gone'")).toBe(0);
    const soql = "SELECT Id, IsDeleted FROM Lead WHERE LastName = 'Gone'";
    expect(small.column(soql, 'IsDeleted', small.admin, true)).toEqual([true]);
  });

  it('finds chosen values of a multi-select list', () => {
    const lead = small.org.core.schema.find('Lead');
    if (lead === undefined) throw new Error('no Lead');
    const name = lead.fields.find((field) => field.name === 'Title');
    if (name === undefined) throw new Error('no Title');
    small.org.core.schema.define({
      ...lead,
      fields: [
        ...lead.fields,
        { ...name, name: 'Topics__c', type: 'multipicklist', custom: true, permissionable: false },
      ],
    });
    small.insert('Lead', [
      { LastName: 'Multi1', Company: 'M', Topics__c: 'Red;Green' },
      { LastName: 'Multi2', Company: 'M', Topics__c: 'Greenish' },
    ]);
    expect(names("Topics__c INCLUDES ('green')")).toEqual(['Multi1']);
    expect(names("Topics__c INCLUDES ('Red;Green', 'Greenish')")).toEqual(['Multi1', 'Multi2']);
    expect(names("Company = 'M' AND Topics__c EXCLUDES ('Red')")).toEqual(['Multi2']);
  });
});
