import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, zipOf, type TestOrg } from '../../../support/test-org.ts';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';

let test: TestOrg;
let owner: UserContext;
let other: UserContext;
let id: string;
beforeEach(async () => {
  test = openTestOrg();
  const files = {
    'package.xml': packageXml({ CustomObject: ['Note__c'], PermissionSet: ['Notes'] }),
    'objects/Note__c.object': xml(
      'CustomObject',
      `<label>Note</label><pluralLabel>Notes</pluralLabel><sharingModel>Private</sharingModel>
        <nameField><label>Name</label><type>Text</type></nameField>`,
    ),
    'permissionsets/Notes.permissionset': xml(
      'PermissionSet',
      `<label>Notes</label><objectPermissions><object>Note__c</object><allowRead>true</allowRead><allowCreate>true</allowCreate>
        <allowEdit>true</allowEdit><allowDelete>false</allowDelete></objectPermissions>`,
    ),
  };
  await test.install(await zipOf(files));
  owner = test.createUser('Owner', 'Standard User', ['Notes']);
  other = test.createUser('Other', 'Standard User', ['Notes']);
  id = String(test.insert('Note__c', { Name: 'Mine' }, owner).id);
  return () => test.org.close();
});

const share = (AccessLevel: string, user = owner, more = {}) =>
  test.insert('Note__Share', { ParentId: id, UserOrGroupId: other.userId, AccessLevel, ...more }, user);
const seen = () => test.query('SELECT Name FROM Note__c', other).length;
const edited = () => test.update('Note__c', { Id: id, Name: 'Changed' }, other).success;

describe('a share', () => {
  it('opens a private record for reading or for editing', () => {
    expect([seen(), edited()]).toEqual([0, false]);
    expect(share('Read')).toMatchObject({ success: true });
    expect([seen(), edited()]).toEqual([1, false]);
    expect(share('Edit')).toMatchObject({ success: true });
    expect([seen(), edited()]).toEqual([1, true]);
    expect(test.query('SELECT AccessLevel, RowCause FROM Note__Share')).toEqual([
      { AccessLevel: 'Edit', RowCause: 'Manual' },
    ]);
  });

  it('ends with its removal and when the record changes hands', () => {
    const removed = share('Read').id;
    test.org.remove(owner, [String(removed)], { allOrNone: true, autoAssign: false, apiVersion: 68 });
    expect(seen()).toBe(0);
    share('Read');
    test.update('Note__c', { Id: id, OwnerId: test.admin.userId });
    expect(seen()).toBe(0);
  });

  it('reaches the members of a group', () => {
    const group = test.create('Group', { Name: 'Team', Type: 'Regular' });
    test.create('GroupMember', { GroupId: group, UserOrGroupId: other.userId });
    expect(share('Read', owner, { UserOrGroupId: group }).success).toBe(true);
    expect(seen()).toBe(1);
  });

  it('is given only by those with full access, and only further than everybody has it', () => {
    share('Read');
    expect(share('Edit', other).errors[0]?.statusCode).toBe('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    expect(share('Edit', owner, { RowCause: 'Owner' }).success).toBe(false);
    const lead = test.create('Lead', { LastName: 'Bell', Company: 'Acme', OwnerId: owner.userId });
    const row = { LeadId: lead, UserOrGroupId: other.userId, LeadAccessLevel: 'Edit' };
    expect(test.insert('LeadShare', row, owner).errors[0]?.message).toContain('trivial share level Edit');
  });
});
