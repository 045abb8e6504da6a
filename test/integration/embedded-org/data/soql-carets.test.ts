import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;

beforeAll(() => {
  small = new SmallOrg();
});
afterAll(() => small.close());

describe('the caret of a refused query', () => {
  it.each([
    'SELECT Name, Id, |Name FROM Lead',
    'SELECT Name, CreatedBy.Name, (SELECT Id, |Nam FROM Tasks) FROM Lead',
    'SELECT Id, (SELECT Id FROM |Task) FROM Lead',
    'SELECT Id, (SELECT Id FROM Tasks), (SELECT Id FROM Tasks WHERE Id = null ORDER BY |Nam) FROM Lead',
    "SELECT Name FROM Lead WHERE Name = 'Name' AND |Name = 5",
    "SELECT Name FROM Lead WHERE (Name = 'a' OR (NOT Name = 'b')) AND (Name = 'c' OR |Name = TODAY)",
    "SELECT Rating FROM Lead WHERE Rating = 'Hot' ORDER BY Rating, |Ratin",
    "SELECT Description FROM Lead WHERE |Description = 'x'",
    'SELECT Description FROM Lead ORDER BY Name, |Description',
    'SELECT Description FROM Lead GROUP BY |Description',
    'SELECT COUNT(Id), |Name FROM Lead GROUP BY Rating',
    'SELECT COUNT(Id) n, Rating, MAX(Name) FROM Lead GROUP BY Rating HAVING COUNT(Id) > 1 AND |Name = null',
    'SELECT Rating, COUNT(Id) FROM Lead GROUP BY Rating ORDER BY Rating, |Name',
    'SELECT Id, (SELECT Id FROM Tasks LIMIT 1) FROM Lead GROUP BY |Foo',
    'SELECT COUNT(Id) FROM Lead |LIMIT 1',
    "SELECT Id FROM Lead WHERE Name = 'AND' AND Name = 'x' |OR Name = 'y'",
    "SELECT Id FROM Lead WHERE Name = 'x' AND |NOT Name = 'y'",
    'SELECT LeadId FROM CampaignMember WHERE LeadId IN (SELECT Id FROM Lead WHERE |LeadId = null)',
    'SELECT LeadId FROM CampaignMember WHERE LeadId IN (SELECT |Name FROM Lead)',
    'SELECT LeadId FROM CampaignMember WHERE LeadId IN (SELECT Id FROM |Leed)',
    'SELECT Lead.Id FROM CampaignMember WHERE Id = null AND |LeadId IN (SELECT Id FROM Contact)',
    'SELECT TYPEOF Owner WHEN User THEN Name, Alias ELSE Name END, |Foo FROM Lead',
    "SELECT Id FROM Lead WHERE Name IN ('a', 'b') AND CALENDAR_YEAR(CreatedDate) = 2026 AND CALENDAR_YEAR(|Name) = 1",
    'SELECT Id FROM Lead WHERE Name = |Name',
    'SELECT Id FROM |FROM Lead',
    '|Name FROM Lead ORDER BY Name',
    'SELECT Id FROM Lead LIMIT |Id ORDER BY Id',
    "SELECT Id,|, Name FROM Lead WHERE Name IN ('a', 'b')",
    'SELECT Id FROM Lead LIMIT 1 |LIMIT 2',
    "SELECT Id, Name FROM Lead WHERE Name = 'a' |Name = 'b'",
    "SELECT Id FROM Lead WHERE (Name = 'a') |(Name = 'b')",
    "SELECT Id FROM Lead WHERE (NOT Name = 'a') |NOT Name = 'b'",
    "SELECT Id FROM Lead WHERE |AND Name = 'a'",
    "SELECT Id FROM Lead WHERE (|) Name = 'a'",
    "SELECT Id FROM Lead WHERE NOT |NOT Name = 'a'",
    "SELECT Id FROM Lead WHERE Name NOT |NOT IN ('a')",
    "SELECT Id FROM Lead WHERE Name = 'a' AND |OR Name = 'a'",
    "SELECT LeadId FROM CampaignMember WHERE LeadId IN (SELECT Id FROM Lead) |Status = 'b'",
    'SELECT COUNT(Id) FROM Lead GROUP BY Name HAVING COUNT(Id) > 1 |COUNT(Id) > 2',
  ])('stands at %s', (marked) => {
    const place = marked.indexOf('|');
    const { message } = small.refusal(marked.replace('|', ''));
    expect(message.split('\n').find((line) => line.startsWith('ERROR'))).toBe(`ERROR at Row:1:Column:${place + 1}`);
  });

  it('stands below the word on whatever line it is', () => {
    const { message } = small.refusal("SELECT Id, Name\nFROM Lead\nWHERE Name = 'x'\n  AND  Name = 5\nORDER BY Name");
    expect(message).toContain('\n  AND  Name = 5\n       ^\nERROR at Row:4:Column:8\n');
  });
});
