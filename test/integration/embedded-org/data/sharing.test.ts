import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canDeleteRow, canEditRow } from '../../../../src/embedded-org/data/security/sharing.ts';
import type { ObjectDef, SharingModel, UserContext } from '../../../../src/embedded-org/data/types.ts';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;
let people: Record<'boss' | 'rep' | 'peer' | 'auditor', UserContext>;
let ids: Record<'rep' | 'peer' | 'queue', string>;

beforeAll(() => {
  small = new SmallOrg();
  const [top] = small.insert('UserRole', [{ Name: 'Top' }]);
  const [middle] = small.insert('UserRole', [{ Name: 'Middle', ParentRoleId: top }]);
  const [low] = small.insert('UserRole', [{ Name: 'Low', ParentRoleId: middle }]);
  const add = (name: string, role: string | undefined) =>
    small.addUser(name, 'Standard User', { UserRoleId: role ?? null });
  people = { boss: add('Boss', top), rep: add('Rep', low), peer: add('Peer', low), auditor: add('Auditor', undefined) };
  const [queue = ''] = small.insert('Group', [{ Name: 'Inbound', Type: 'Queue' }]);
  small.insert('QueueSobject', [{ QueueId: queue, SobjectType: 'Lead' }]);
  small.insert('GroupMember', [{ GroupId: queue, UserOrGroupId: people.peer.userId }]);
  shareAs('Private');
  const [rep = '', peer = '', queued = ''] = small.insert('Lead', [
    { LastName: 'OfRep', Company: 'A', OwnerId: people.rep.userId },
    { LastName: 'OfPeer', Company: 'A', OwnerId: people.peer.userId },
    { LastName: 'OfQueue', Company: 'A', OwnerId: queue },
  ]);
  ids = { rep, peer, queue: queued };
  small.insert('Task', [{ Subject: 'On the lead of rep', WhoId: rep, OwnerId: people.peer.userId }]);
  small.insert('Task', [{ Subject: 'Own', OwnerId: people.peer.userId }]);
  const [set] = small.insert('PermissionSet', [{ Name: 'AllLeads', Label: 'All leads' }]);
  small.insert('ObjectPermissions', [
    { ParentId: set, SobjectType: 'Lead', PermissionsRead: true, PermissionsViewAllRecords: true },
  ]);
  small.insert('PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: people.auditor.userId }]);
});
afterAll(() => small.close());

/** The administrator changes how leads are shared. */
function shareAs(sharingModel: SharingModel): ObjectDef {
  const lead = small.org.core.schema.find('Lead');
  if (lead === undefined) throw new Error('no Lead');
  small.org.core.schema.define({ ...lead, sharingModel });
  return { ...lead, sharingModel };
}

const now = (who: keyof typeof people): UserContext => small.org.user(people[who].userId);
const seenBy = (who: keyof typeof people) =>
  small.column('SELECT LastName FROM Lead ORDER BY Id', 'LastName', now(who));
const rowOf = (id: string) => small.org.core.db.prepare('select * from "Lead" where "Id" = ?').get(id) ?? {};

describe('USING SCOPE mine', () => {
  it('leaves the records that the user owns, not those of others below or of queues', () => {
    shareAs('ReadWrite');
    const mine = (user: UserContext) => small.column('SELECT LastName FROM Lead USING SCOPE mine', 'LastName', user);
    expect([mine(people.rep), mine(people.peer), mine(people.boss)]).toEqual([['OfRep'], ['OfPeer'], []]);
    expect(small.size('SELECT COUNT() FROM Lead USING SCOPE mine', people.rep)).toBe(1);
    shareAs('Private');
  });
});

describe('private records', () => {
  it.each<[keyof typeof people, string[]]>([
    ['rep', ['OfRep']],
    ['peer', ['OfPeer', 'OfQueue']],
    ['boss', ['OfRep', 'OfPeer', 'OfQueue']],
    ['auditor', ['OfRep', 'OfPeer', 'OfQueue']],
  ])('are seen by their owner, the members of its queue, those above and View All: %s', (who, expected) => {
    expect(seenBy(who)).toEqual(expected);
  });

  it('are counted, grouped and joined only as far as they are seen', () => {
    expect(small.size('SELECT COUNT() FROM Lead', now('rep'))).toBe(1);
    expect(small.rows('SELECT COUNT(Id) n FROM Lead', now('rep'))).toMatchObject([{ n: 1 }]);
    expect(small.size('SELECT Id FROM Task WHERE WhoId IN (SELECT Id FROM Lead)', now('peer'))).toBe(0);
  });

  it('are not found by their id', () => {
    expect(small.size(`SELECT Id FROM Lead WHERE Id = '${ids.peer}'`, now('rep'))).toBe(0);
    expect(() => small.org.retrieve(now('rep'), 'Lead', ids.peer)).toThrow('The requested resource does not exist');
  });

  it('show no field as the parent of a record that is seen', () => {
    const rows = small.rows("SELECT Who.Name FROM Task WHERE Subject LIKE 'On%'", now('peer'));
    expect(rows).toMatchObject([{ Who: null }]);
  });

  it('share their activities with whoever sees them', () => {
    expect(small.column('SELECT Subject FROM Task ORDER BY Id', 'Subject', now('rep'))).toEqual(['On the lead of rep']);
  });

  it('are edited and deleted by their owner and those above, not by View All', () => {
    const lead = shareAs('Private');
    const may = (who: keyof typeof people) => [
      canEditRow(small.org.core, now(who), lead, rowOf(ids.rep)),
      canDeleteRow(small.org.core, now(who), lead, rowOf(ids.rep)),
    ];
    expect([may('rep'), may('boss'), may('peer'), may('auditor')]).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
    ]);
  });
});

describe('records that everybody reads', () => {
  it('are edited by their owner, or by everybody where writing is public too', () => {
    const edits = (lead: ObjectDef) => canEditRow(small.org.core, now('peer'), lead, rowOf(ids.rep));
    expect(edits(shareAs('Read'))).toBe(false);
    expect(seenBy('rep')).toHaveLength(3);
    expect(edits(shareAs('ReadWrite'))).toBe(true);
    const lead = shareAs('ReadWrite');
    expect(canDeleteRow(small.org.core, now('peer'), lead, rowOf(ids.rep))).toBe(false);
    shareAs('Private');
  });
});

it('members of a campaign are seen with the campaign by whoever sees the lead', () => {
  const [campaign] = small.insert('Campaign', [{ Name: 'Spring' }]);
  small.insert('CampaignMember', [{ CampaignId: campaign, LeadId: ids.rep }]);
  expect(small.size('SELECT Id FROM CampaignMember', now('rep'))).toBe(1);
  const definition = small.org.core.schema.find('Campaign');
  if (definition === undefined) throw new Error('no Campaign');
  small.org.core.schema.define({ ...definition, sharingModel: 'Private' });
  expect(small.size('SELECT Id FROM CampaignMember', now('rep'))).toBe(0);
});
