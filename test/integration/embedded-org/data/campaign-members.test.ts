import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { SmallOrg } from './small-org.ts';

const OPTIONS = { allOrNone: false, autoAssign: false, apiVersion: 68 };

let small: SmallOrg;
let profileId: string;
let rep: UserContext;
let peer: UserContext;
let campaign: string;
let member: string;

beforeEach(() => {
  small = new SmallOrg();
  profileId = small.org.cloneProfile('Standard User', 'Field Sales');
  [rep, peer] = [small.addUser('Rep', 'Field Sales'), small.addUser('Peer', 'Field Sales')];
  for (const name of ['Lead', 'Contact', 'Account']) {
    const object = small.org.core.schema.find(name);
    if (object !== undefined) small.org.core.schema.define({ ...object, sharingModel: 'Private' });
  }
  [campaign = ''] = small.insert('Campaign', [{ Name: 'Spring' }]);
  const lead = { LastName: 'Bell', Company: 'Acme', Email: 'bell@acme.example', City: 'Oslo', OwnerId: rep.userId };
  const [leadId] = small.insert('Lead', [lead]);
  [member = ''] = small.insert('CampaignMember', [{ CampaignId: campaign, LeadId: leadId }]);
});
afterEach(() => small.close());

const NAMES = 'SELECT Name, Email, CompanyOrAccount FROM CampaignMember';

describe('a member of a campaign', () => {
  it('is there for whoever may see its lead, and for nobody else who may see the campaign', () => {
    expect(small.column(NAMES, 'Email', rep)).toEqual(['bell@acme.example']);
    expect(small.size(NAMES, peer)).toBe(0);
    expect(small.size("SELECT Id FROM CampaignMember WHERE Email = 'bell@acme.example'", peer)).toBe(0);
    expect(small.rows('SELECT (SELECT Name FROM CampaignMembers) FROM Campaign', peer)).toMatchObject([
      { CampaignMembers: null },
    ]);
    expect(() => small.org.retrieve(peer, 'CampaignMember', member)).toThrow('The requested resource does not exist');
    expect(small.size(NAMES)).toBe(1);
  });

  it('follows its contact where it has one', () => {
    const [account] = small.insert('Account', [{ Name: 'Acme', OwnerId: peer.userId }]);
    const [contact] = small.insert('Contact', [{ LastName: 'Cole', AccountId: account, OwnerId: peer.userId }]);
    small.insert('CampaignMember', [{ CampaignId: campaign, ContactId: contact }]);
    expect(small.column(NAMES, 'Name', peer)).toEqual(['Cole']);
    expect(small.column(NAMES, 'Name', rep)).toEqual(['Bell']);
  });

  it('is neither changed nor removed by who may change the campaign but not see the person', () => {
    const change = { Id: member, Status: 'Responded' };
    const may = (user: UserContext) => [
      small.org.update(user, 'CampaignMember', [change], OPTIONS)[0]?.success,
      small.org.remove(user, [member], OPTIONS)[0]?.success,
    ];
    const object = small.org.core.schema.find('Campaign');
    expect(object?.sharingModel).toBe('FullAccess');
    const [set] = small.insert('PermissionSet', [{ Name: 'Campaigns', Label: 'Campaigns' }]);
    small.insert('ObjectPermissions', [
      { ParentId: set, SobjectType: 'Campaign', PermissionsRead: true, PermissionsEdit: true },
    ]);
    small.insert(
      'PermissionSetAssignment',
      [rep, peer].map((each) => ({ PermissionSetId: set, AssigneeId: each.userId })),
    );
    expect(may(small.org.user(peer.userId))).toEqual([false, false]);
    expect(may(small.org.user(rep.userId))).toEqual([true, true]);
  });
});

describe('a field that a member shows of its person', () => {
  it.each([
    ['Lead.Email', 'Email'],
    ['Contact.Email', 'Email'],
    ['Lead.Address', 'City'],
    ['Contact.MailingAddress', 'PostalCode'],
    ['Contact.AccountId', 'CompanyOrAccount'],
    ['CampaignMember.Email', 'Email'],
  ])('is hidden from who may not read %s', (hidden, field) => {
    expect(small.size(`SELECT ${field} FROM CampaignMember`, rep)).toBe(1);
    small.org.setProfileFieldAccess(profileId, hidden, { read: false, edit: false });
    const user = small.org.user(rep.userId);
    expect(small.refusal(`SELECT ${field} FROM CampaignMember`, user)).toMatchObject({ code: 'INVALID_FIELD' });
    expect(small.size('SELECT Status, Name FROM CampaignMember', user)).toBe(1);
  });
});
