import { beforeEach, describe, expect, it } from 'vitest';
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
    const [first, second, third] = [addLead('A', rep), addLead('B', rep), addLead('C', rep)];
    const query = open('SELECT LastName FROM Lead ORDER BY LastName');
    small.org.update(small.org.system(), 'Lead', [{ Id: second, OwnerId: small.admin.userId }], DML);
    small.org.remove(small.org.system(), [third], DML);
    expect(query.page(0, 3)).toMatchObject([{ attributes: { url: expect.stringContaining(first) as string } }]);
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
