import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;

beforeAll(() => {
  small = new SmallOrg();
  const [lead] = small.insert('Lead', [
    { LastName: 'Ames', Company: 'One' },
    { LastName: 'Burr', Company: 'Two' },
  ]);
  const [campaign] = small.insert('Campaign', [{ Name: 'Spring' }]);
  small.insert('CampaignMember', [{ CampaignId: campaign, LeadId: lead }]);
});
afterAll(() => small.close());

const MEMBERS = '(SELECT LeadId FROM CampaignMember)';
const TOP_LEVEL_ONLY =
  'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.';

describe('a semi-join', () => {
  it.each<[string, string[]]>([
    [`Id IN ${MEMBERS}`, ['Ames']],
    [`(Id IN ${MEMBERS}) AND (Company = 'One')`, ['Ames']],
    [`Id NOT IN ${MEMBERS} AND OwnerId IN (SELECT Id FROM User)`, ['Burr']],
    [`Id IN (SELECT LeadId FROM CampaignMember WHERE (Campaign.Name = 'a' OR Campaign.Name = 'Spring'))`, ['Ames']],
  ])('is answered in WHERE %s', (where, names) => {
    expect(small.column(`SELECT LastName FROM Lead WHERE ${where}`, 'LastName')).toEqual(names);
  });

  it.each<[string, string]>([
    [`Company = 'x' OR Id IN ${MEMBERS}`, "Semi join sub-selects are not allowed with the 'OR' operator"],
    [`Company = 'x' AND (Company = 'y' OR Id IN ${MEMBERS})`, TOP_LEVEL_ONLY],
    [`Company = 'x' AND (Company = 'y' AND Id IN ${MEMBERS})`, TOP_LEVEL_ONLY],
    [`NOT Id IN ${MEMBERS}`, TOP_LEVEL_ONLY],
    [
      `Id IN ${MEMBERS} AND OwnerId IN (SELECT Id FROM User) AND CreatedById IN (SELECT Id FROM User)`,
      'Maximum 2 semi join sub-selects are allowed',
    ],
    [
      `Id IN (SELECT LeadId FROM CampaignMember WHERE CampaignId IN (SELECT Id FROM Campaign))`,
      'Nesting of semi join sub-selects is not supported',
    ],
    ['Id IN (SELECT Id FROM Lead)', 'The inner and outer selects should not be on the same object type'],
    ['Id IN (SELECT WhoId FROM Task)', "Entity 'Task' is not supported for semi join inner selects"],
    ['Id IN (SELECT LeadId FROM CampaignMember GROUP BY LeadId)', "missing value at 'GROUP'"],
    ['Id IN (SELECT LeadId FROM CampaignMember ORDER BY LeadId)', "missing value at 'ORDER'"],
    ['Id IN (SELECT LeadId FROM CampaignMember LIMIT 1)', "missing value at 'LIMIT'"],
    ['Id IN (SELECT LeadId FROM CampaignMember OFFSET 1)', "missing value at 'OFFSET'"],
    ['Id IN (SELECT COUNT(LeadId) FROM CampaignMember)', 'only root queries support aggregate expressions'],
    ['Id IN (SELECT LeadId, Id FROM CampaignMember)', 'semi join sub selects can only query one field'],
    [
      'Id IN (SELECT Status FROM CampaignMember)',
      "semi join sub selects can only query id fields, cannot use: 'Status'",
    ],
    [
      'Id IN (SELECT Campaign.Id FROM CampaignMember)',
      "semi join sub selects can only query id fields, cannot use: 'Campaign.Id'",
    ],
    [
      `Company IN ${MEMBERS}`,
      "The left operand field in the where expression for outer query should be an id field, cannot use: 'Company'",
    ],
    [`Owner.Id IN (SELECT Id FROM User)`, "cannot use: 'Owner.Id'"],
    [
      'Id IN (SELECT CampaignId FROM CampaignMember)',
      "The selected field 'CampaignId' in the subquery and the left operand field in the where expression in the outer query 'Id' should point to the same object type",
    ],
  ])('is refused in WHERE %s', (where, message) => {
    const refusal = small.refusal(`SELECT Id FROM Lead WHERE ${where}`);
    expect(refusal.code).toBe('MALFORMED_QUERY');
    expect(refusal.message).toContain(message);
  });

  it.each([
    'SELECT RecordId FROM UserRecordAccess',
    'SELECT UserId FROM UserFieldAccess',
    'SELECT Id FROM EntityDefinition',
    'SELECT Id FROM FieldDefinition',
  ])('is refused over rows that are worked out for a query: %s', (inner) => {
    const name = inner.split(' ').at(-1);
    expect(small.refusal(`SELECT Id FROM Lead WHERE Id IN (${inner})`)).toMatchObject({
      code: 'MALFORMED_QUERY',
      message: expect.stringContaining(`Entity '${name}' is not supported for semi join inner selects`) as string,
    });
  });

  it('is refused in the WHERE clause of a child query', () => {
    const refusal = small.refusal(
      `SELECT Id, (SELECT Id FROM CampaignMembers WHERE LeadId IN (SELECT ConvertedContactId FROM Lead)) FROM Campaign`,
    );
    expect(refusal).toMatchObject({ code: 'MALFORMED_QUERY', message: expect.stringContaining(TOP_LEVEL_ONLY) });
  });

  it('is refused at the entity of the inner select, as reported of a real org', () => {
    expect(small.refusal('SELECT Id\nFROM Lead\nWHERE Id IN (\n  SELECT WhoId\n  FROM Task\n)').message).toBe(
      "\n  FROM Task\n       ^\nERROR at Row:5:Column:8\nEntity 'Task' is not supported for semi join inner selects",
    );
  });
});
