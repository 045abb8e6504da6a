import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;
let rep: UserContext;
beforeAll(() => {
  small = new SmallOrg();
  rep = small.addUser('Rep', 'Standard User');
});
afterAll(() => small.close());

describe('EntityDefinition', () => {
  it('names the objects that the user may read', () => {
    const names = "('Lead', 'Campaign', 'Nothing')";
    expect(
      small.rows(
        `SELECT QualifiedApiName, Label, KeyPrefix FROM EntityDefinition WHERE QualifiedApiName IN ${names} ORDER BY Label`,
      ),
    ).toMatchObject([
      { QualifiedApiName: 'Campaign', Label: 'Campaign', KeyPrefix: '701' },
      { QualifiedApiName: 'Lead', Label: 'Lead', KeyPrefix: '00Q' },
    ]);
    const robot = small.addUser('Robot', 'Minimum Access - API Only Integrations');
    expect(small.rows("SELECT Id FROM EntityDefinition WHERE QualifiedApiName = 'Lead'", robot)).toEqual([]);
  });
});

describe('FieldDefinition', () => {
  it('names the fields of an object, found through its definition', () => {
    const soql = (filter: string) => `SELECT QualifiedApiName, DataType, EntityDefinition.Label FROM FieldDefinition
      WHERE ${filter} AND QualifiedApiName = 'Company'`;
    const company = [{ QualifiedApiName: 'Company', DataType: 'Text(255)', EntityDefinition: { Label: 'Lead' } }];
    expect(small.rows(soql("EntityDefinition.QualifiedApiName = 'lead'"))).toMatchObject(company);
    expect(small.rows(soql("EntityDefinitionId = 'Lead'"))).toMatchObject(company);
  });

  it('has to be asked for certain objects', () => {
    expect(small.refusal('SELECT QualifiedApiName FROM FieldDefinition').message).toContain('reified column');
  });
});

describe('UserRecordAccess', () => {
  const columns = 'RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, HasTransferAccess, MaxAccessLevel';

  it('tells what a user may do with records', () => {
    const [own = '', other = ''] = small.insert('Opportunity', [
      { Name: 'Own', StageName: 'Prospecting', CloseDate: '2026-06-01', OwnerId: rep.userId },
      { Name: 'Other', StageName: 'Prospecting', CloseDate: '2026-06-01', OwnerId: small.admin.userId },
    ]);
    const soql = `SELECT ${columns} FROM UserRecordAccess WHERE UserId = '${rep.userId}' AND RecordId IN ('${own}', '${other}')`;
    expect(small.rows(soql)).toMatchObject([
      { RecordId: own, HasReadAccess: true, HasEditAccess: true, HasDeleteAccess: true, MaxAccessLevel: 'All' },
      { RecordId: other, HasReadAccess: true, HasEditAccess: false, HasDeleteAccess: false, MaxAccessLevel: 'Read' },
    ]);
  });

  it('is read by queries only, so that nobody meets what somebody else asked', () => {
    const [lead = ''] = small.insert('Lead', [{ LastName: 'Adams', Company: 'Acme' }]);
    const asked = `FROM UserRecordAccess WHERE UserId = '${small.admin.userId}' AND RecordId = '${lead}'`;
    expect(small.size(`SELECT RecordId ${asked}`)).toBe(1);
    expect(() => small.org.retrieve(rep, 'UserRecordAccess', lead)).toThrow('does not exist');
  });

  it('and the others are no children of any record', () => {
    const { schema } = small.org.core;
    const virtual = new Set(['EntityDefinition', 'FieldDefinition', 'UserRecordAccess', 'UserFieldAccess']);
    const named = schema.all().flatMap(({ name }) => schema.children(name).filter((each) => each.relationshipName));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((each) => virtual.has(each.childSObject))).toEqual([]);
  });

  it("tells a user without View Setup nothing of others' rights, nor does UserFieldAccess", () => {
    const user = small.addUser('Plain', 'Minimum Access - API Only Integrations');
    const [lead = ''] = small.insert('Lead', [{ LastName: 'Adams', Company: 'Acme' }]);
    const record = (of: UserContext): string =>
      `SELECT RecordId FROM UserRecordAccess WHERE UserId = '${of.userId}' AND RecordId = '${lead}'`;
    const field = (of: UserContext): string =>
      `SELECT Id FROM UserFieldAccess WHERE UserId = '${of.userId}' AND FieldDefinitionId = 'Lead.Company'`;
    for (const ask of [record, field]) {
      expect([small.size(ask(user), user), small.size(ask(rep), user), small.size(ask(rep))]).toEqual([1, 0, 1]);
    }
  });

  it('takes one user and at most 200 records', () => {
    const many = Array.from({ length: 201 }, (_, n) => `'00QAc0000000${String(n).padStart(3, '0')}'`).join(', ');
    const from = 'SELECT RecordId FROM UserRecordAccess';
    expect(small.refusal(from).code).toBe('MALFORMED_QUERY');
    expect(small.refusal(`${from} WHERE UserId = '${rep.userId}' AND RecordId IN (${many})`).message).toContain('200');
  });
});

describe('UserFieldAccess', () => {
  it('tells what a user may do with fields', () => {
    const soql = `SELECT IsAccessible, IsUpdatable, IsCreatable FROM UserFieldAccess
      WHERE UserId = '${rep.userId}' AND FieldDefinition.QualifiedApiName IN ('IsConverted', 'Company')
      AND EntityDefinition.QualifiedApiName = 'Lead' ORDER BY FieldDefinitionId`;
    expect(small.rows(soql)).toMatchObject([
      { IsAccessible: true, IsUpdatable: true, IsCreatable: true },
      { IsAccessible: true, IsUpdatable: false, IsCreatable: true },
    ]);
  });
});
