import { beforeEach, describe, expect, it } from 'vitest';
import type { ChildRows } from '../../../../src/embedded-org/data/soql/answer/child-rows.ts';
import type { QueryResult, SharingModel, UserContext } from '../../../../src/embedded-org/data/types.ts';
import { SmallOrg } from './small-org.ts';

const DML = { allOrNone: true, autoAssign: false, apiVersion: 68 };

let small: SmallOrg;
let rep: UserContext;
beforeEach(() => {
  small = new SmallOrg();
  rep = small.addUser('Rep', 'Standard User');
  return () => small.close();
});

function shareLeads(sharingModel: SharingModel): void {
  const lead = small.org.core.schema.find('Lead');
  if (lead !== undefined) small.org.core.schema.define({ ...lead, sharingModel });
}

const addLead = (LastName: string, owner: UserContext): string =>
  small.insert('Lead', [{ LastName, Company: LastName, OwnerId: owner.userId }])[0] ?? '';

const open = (soql: string, user = rep): QueryResult =>
  small.org.query(user, soql, { includeDeleted: false, apiVersion: 68 });

describe('a later page of a query', () => {
  it('never shows a record that was made meanwhile in place of one that is gone', () => {
    addLead('Asked', rep);
    const last = addLead('Asked', rep);
    const query = open("SELECT LastName FROM Lead WHERE LastName = 'Asked'");
    small.org.hardDelete(small.org.system(), [last], DML);
    addLead('Other', rep);
    expect(query.page(1, 1)).toEqual([]);
  });

  it('shows no record that the user may no longer see, and none in the recycle bin', () => {
    shareLeads('Private');
    const [first, second, third, fourth] = ['A', 'B', 'C', 'D'].map((name) => addLead(name, rep));
    const query = open('SELECT Id FROM Lead ORDER BY LastName');
    expect(query.page(0, 1)).toMatchObject([{ Id: first }]);
    small.org.update(small.org.system(), 'Lead', [{ Id: second ?? '', OwnerId: small.admin.userId }], DML);
    small.org.remove(small.org.system(), [third ?? ''], DML);
    expect(query.page(1, 3)).toMatchObject([{ Id: fourth }]);
  });

  it('shows no record of a subordinate to a user who has lost the role above', () => {
    shareLeads('Private');
    const [above] = small.insert('UserRole', [{ Name: 'Above' }]);
    const [below] = small.insert('UserRole', [{ Name: 'Below', ParentRoleId: above }]);
    const boss = small.addUser('Boss', 'Standard User', { UserRoleId: above });
    const worker = small.addUser('Worker', 'Standard User', { UserRoleId: below });
    const [, , own] = [addLead('A', worker), addLead('B', worker), addLead('C', boss)];
    const query = open('SELECT Id FROM Lead ORDER BY LastName', boss);
    expect(query.page(0, 1)).toHaveLength(1);
    small.org.update(small.org.system(), 'User', [{ Id: boss.userId, UserRoleId: null }], DML);
    expect(query.page(1, 2)).toMatchObject([{ Id: own }]);
  });

  it('shows only records that a sharing model deployed meanwhile leaves to the user', () => {
    const [, , own] = [addLead('A', small.admin), addLead('B', small.admin), addLead('C', rep)];
    const query = open('SELECT Id FROM Lead ORDER BY LastName');
    expect(query.page(0, 1)).toHaveLength(1);
    shareLeads('Private');
    expect(query.page(1, 2)).toMatchObject([{ Id: own }]);
  });

  it.each([
    'SELECT Id, Phone FROM Lead ORDER BY LastName',
    "SELECT Id FROM Lead WHERE Phone != 'x' ORDER BY LastName",
    'SELECT Id, (SELECT Id, Lead.Phone FROM CampaignMembers) FROM Lead',
  ])('is refused when the user may no longer read a field of it: %s', (soql) => {
    const profile = small.org.cloneProfile('Standard User', 'Field Sales');
    const user = small.addUser('Seller', 'Field Sales');
    addLead('A', user);
    addLead('B', user);
    const query = open(soql, user);
    expect(query.page(0, 1)).toHaveLength(1);
    small.org.setProfileFieldAccess(profile, 'Lead.Phone', { read: false, edit: false });
    expect(() => query.page(1, 1)).toThrow('invalid query locator');
  });

  it('of the children of a record is empty when the record is no longer shared, and refused with its object', () => {
    shareLeads('Private');
    const lead = addLead('A', rep);
    const campaigns = small.insert('Campaign', [{ Name: 'Spring' }, { Name: 'Summer' }]);
    small.insert(
      'CampaignMember',
      campaigns.map((CampaignId) => ({ CampaignId, LeadId: lead })),
    );
    const [row = {}] = open('SELECT (SELECT Id FROM CampaignMembers) FROM Lead').page(0, 1, 1) as readonly object[];
    const children = (row as { CampaignMembers: ChildRows }).CampaignMembers.all();
    expect([children.totalSize, children.page(1, 1).length]).toEqual([2, 1]);
    small.org.update(small.org.system(), 'Lead', [{ Id: lead, OwnerId: small.admin.userId }], DML);
    expect(children.page(1, 1)).toEqual([]);
    const [robots] = small.rows("SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'");
    small.org.update(small.org.system(), 'User', [{ Id: rep.userId, ProfileId: robots?.['Id'] }], DML);
    expect(() => children.page(1, 1)).toThrow('invalid query locator');
  });

  it("shows the user's own rights though somebody else asks for theirs meanwhile", () => {
    shareLeads('Private');
    const [first, second] = [addLead('A', rep), addLead('B', rep)];
    const rightsOf = (user: UserContext, ids: readonly string[]): string =>
      `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = '${user.userId}' AND RecordId IN ('${ids.join("','")}')`;
    const query = open(rightsOf(rep, [first, second]));
    const other = addLead('Other', small.admin);
    open(rightsOf(small.admin, [other, other]), small.admin);
    expect(query.page(1, 1)).toMatchObject([{ RecordId: second, HasReadAccess: true }]);
  });
});
