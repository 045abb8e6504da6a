import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

const DML = { allOrNone: false, autoAssign: false, apiVersion: 68 };

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const lead = (name: string) => test.create('Lead', { LastName: name, Company: 'Acme' });
const merge = (objectName: string, master: Record<string, unknown>, ...mergedIds: string[]) =>
  test.org.mergeRecords(test.admin, { objectName, master, mergedIds }, DML);
const deleted = (soql: string) =>
  test.org
    .query(test.admin, soql, { includeDeleted: true, apiVersion: 68 })
    .page(0, 10)
    .map(({ attributes: _attributes, ...fields }) => fields);

describe('merge', () => {
  it('deletes the others, which keep the id of the master, and hangs their children on it', () => {
    const [master, second, third] = [lead('A'), lead('B'), lead('C')];
    const task = test.create('Task', { WhoId: second, Subject: 'Call' });
    expect(merge('Lead', { Id: master, Title: 'Boss' }, second, third)).toEqual({
      id: master,
      success: true,
      mergedRecordIds: [second, third],
      updatedRelatedIds: [task],
      errors: [],
    });
    expect(test.query('SELECT Id, LastName, Title FROM Lead')).toEqual([{ Id: master, LastName: 'A', Title: 'Boss' }]);
    expect(deleted('SELECT Id, MasterRecordId FROM Lead WHERE IsDeleted = true ORDER BY Id')).toEqual([
      { Id: second, MasterRecordId: master },
      { Id: third, MasterRecordId: master },
    ]);
    expect(test.query('SELECT WhoId FROM Task')).toEqual([{ WhoId: master }]);
    expect(test.query("SELECT LeadId FROM LeadHistory WHERE Field = 'leadMerged'")).toEqual([
      { LeadId: master },
      { LeadId: master },
    ]);
  });

  it('keeps one membership of a campaign that both were in', () => {
    const [master, second] = [lead('A'), lead('B')];
    const campaign = test.create('Campaign', { Name: 'Webinar' });
    const kept = test.create('CampaignMember', { CampaignId: campaign, LeadId: master });
    test.create('CampaignMember', { CampaignId: campaign, LeadId: second });
    merge('Lead', { Id: master }, second);
    expect(test.query('SELECT Id, LeadId FROM CampaignMember')).toEqual([{ Id: kept, LeadId: master }]);
  });

  it('hangs contacts and opportunities of merged accounts on the master', () => {
    const [master, second] = [test.create('Account', { Name: 'A' }), test.create('Account', { Name: 'B' })];
    test.create('Contact', { LastName: 'Bell', AccountId: second });
    test.update('Account', { Id: master, ParentId: second });
    expect(merge('Account', { Id: master }, second).success).toBe(true);
    expect(test.query('SELECT AccountId FROM Contact')).toEqual([{ AccountId: master }]);
    expect(test.query('SELECT Id, ParentId FROM Account')).toEqual([{ Id: master, ParentId: null }]);
  });

  it('undoes everything when the master is refused', () => {
    const [master, second] = [lead('A'), lead('B')];
    expect(merge('Lead', { Id: master, LastName: null }, second)).toMatchObject({
      success: false,
      errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }],
    });
    expect(test.query('SELECT Id FROM Lead')).toHaveLength(2);
  });

  it('refuses more than three records, the master itself, and objects that cannot be merged', () => {
    const [a, b, c, d] = [lead('A'), lead('B'), lead('C'), lead('D')];
    expect(merge('Lead', { Id: a }, b, c, d).success).toBe(false);
    expect(merge('Lead', { Id: a }, a).errors[0]?.statusCode).toBe('INVALID_ID_FIELD');
    expect(() => merge('Opportunity', { Id: a }, b)).toThrow('entity type Opportunity does not support merge');
  });

  it('lets a merged record be brought back, without its children', () => {
    const [master, second] = [lead('A'), lead('B')];
    test.create('Task', { WhoId: second, Subject: 'Call' });
    merge('Lead', { Id: master }, second);
    expect(test.org.undeleteRows(test.admin, [second], DML)).toMatchObject([{ success: true }]);
    expect(test.query('SELECT WhoId FROM Task')).toEqual([{ WhoId: master }]);
  });
});
