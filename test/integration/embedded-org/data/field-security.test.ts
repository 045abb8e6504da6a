import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '../../../../src/embedded-org/data/types.ts';
import { decimal } from '../../../../src/embedded-org/data/schema/field-builders.ts';
import { SmallOrg } from './small-org.ts';

let small: SmallOrg;
let rep: UserContext;
let leadId: string;

beforeEach(() => {
  small = new SmallOrg();
  const profileId = small.org.cloneProfile('Standard User', 'Field Sales');
  small.org.setProfileFieldAccess(profileId, 'Lead.AnnualRevenue', { read: false, edit: false });
  small.org.setProfileFieldAccess(profileId, 'Lead.Rating', { read: true, edit: false });
  small.org.setProfileFieldAccess(profileId, 'Lead.Address', { read: false, edit: false });
  rep = small.addUser('Rep', 'Field Sales');
  [leadId = ''] = small.insert('Lead', [
    { LastName: 'Adams', Company: 'Acme', AnnualRevenue: 5, Rating: 'Hot', City: 'Oslo', OwnerId: rep.userId },
  ]);
});
afterEach(() => small.close());

const fieldOf = (user: UserContext, name: string) => {
  const { fields } = small.org.describe(user, 'Lead') as { fields: { name: string; updateable: boolean }[] };
  return fields.find((field) => field.name === name);
};

describe('a field that a profile may not read', () => {
  it.each([
    'SELECT AnnualRevenue FROM Lead',
    'SELECT Id FROM Lead WHERE AnnualRevenue > 1',
    'SELECT Id FROM Lead ORDER BY AnnualRevenue',
    'SELECT MAX(AnnualRevenue) FROM Lead',
    'SELECT Lead.AnnualRevenue FROM CampaignMember',
    'SELECT City FROM Lead',
    'SELECT TYPEOF Who WHEN Lead THEN AnnualRevenue END FROM Task',
    'SELECT Id FROM Task WHERE WhoId IN (SELECT Id FROM Lead WHERE AnnualRevenue > 1)',
  ])('is no column in %s', (soql) => {
    expect(small.refusal(soql, rep)).toMatchObject({ code: 'INVALID_FIELD' });
    expect(small.refusal(soql, rep).message).toContain('No such column');
  });

  it.each(['Task', 'Event'])('is hidden in lists of activities when it is one of %s', (source) => {
    small.org.setProfileFieldAccess(rep.profileId, `${source}.Description`, { read: false, edit: false });
    small.org.setProfileFieldAccess(rep.profileId, `${source}.Type`, { read: false, edit: false });
    small.insert('Task', [{ WhoId: leadId, Subject: 'Call', Description: 'Secret', Type: 'Call' }]);
    const ask = (field: string): string =>
      `SELECT (SELECT ${field} FROM OpenActivities ORDER BY ActivityDate ASC, LastModifiedDate DESC LIMIT 5)
       FROM Lead WHERE Id = '${leadId}'`;
    const user = small.org.user(rep.userId);
    for (const field of ['Description', 'ActivityType']) {
      expect(small.refusal(ask(field), user).message).toContain(`No such column '${field}'`);
      expect(small.rows(ask(field), small.admin)).toMatchObject([{ OpenActivities: { totalSize: 1 } }]);
    }
    expect(small.rows(ask('Subject'), user)).toMatchObject([{ OpenActivities: { records: [{ Subject: 'Call' }] } }]);
    const { fields } = small.org.describe(user, 'OpenActivity') as { fields: { name: string }[] };
    expect(fields.map((each) => each.name)).not.toContain('Description');
  });

  it('is absent from describe, FIELDS(ALL) and a retrieved record', () => {
    expect(fieldOf(rep, 'AnnualRevenue')).toBeUndefined();
    expect(fieldOf(small.admin, 'AnnualRevenue')).toBeDefined();
    expect(small.rows('SELECT FIELDS(ALL) FROM Lead LIMIT 1', rep)[0]).not.toHaveProperty('AnnualRevenue');
    expect(small.org.retrieve(rep, 'Lead', leadId)).not.toHaveProperty('AnnualRevenue');
    expect(() => small.org.retrieve(rep, 'Lead', leadId, ['AnnualRevenue'])).toThrow('No such column');
  });

  it('takes the parts of an address with it', () => {
    expect([fieldOf(rep, 'Address'), fieldOf(rep, 'City')]).toEqual([undefined, undefined]);
  });

  it('is left out of the history of its object, whoever may see the records', () => {
    const { schema } = small.org.core;
    const lead = schema.find('Lead')!;
    const tracked = new Set(['AnnualRevenue', 'Rating', 'City', 'OwnerId']);
    const fields = lead.fields.map((field) => ({ ...field, trackHistory: tracked.has(field.name) }));
    schema.define({ ...lead, fields });
    const change = { Id: leadId, AnnualRevenue: 7, Rating: 'Cold', City: 'Bergen', OwnerId: small.admin.userId };
    small.org.update(small.org.system(), 'Lead', [change], { allOrNone: true, autoAssign: false, apiVersion: 68 });
    const told = (user: UserContext) => new Set(small.column('SELECT Field FROM LeadHistory', 'Field', user));
    expect(told(rep)).toEqual(new Set(['created', 'Rating', 'Owner']));
    expect(told(small.admin)).toEqual(new Set(['created', 'Rating', 'Owner', 'AnnualRevenue', 'City']));
    const [hidden] = small.column("SELECT Id FROM LeadHistory WHERE Field = 'City'", 'Id');
    expect(() => small.org.retrieve(rep, 'LeadHistory', String(hidden))).toThrow('does not exist');
    const histories = small.column('SELECT (SELECT Field FROM Histories) FROM Lead', 'Histories', rep);
    expect(histories).toMatchObject([{ totalSize: 4 }]);
  });

  it('comes back by a permission set, at once', () => {
    const [set] = small.insert('PermissionSet', [{ Name: 'Revenue', Label: 'Revenue' }]);
    small.insert('FieldPermissions', [
      { ParentId: set, SobjectType: 'Lead', Field: 'Lead.AnnualRevenue', PermissionsRead: true },
    ]);
    small.insert('PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: rep.userId }]);
    expect(small.column('SELECT AnnualRevenue FROM Lead', 'AnnualRevenue', small.org.user(rep.userId))).toEqual([5]);
  });
});

it('a field that a profile may only read is described as not updateable', () => {
  expect(fieldOf(rep, 'Rating')).toMatchObject({ updateable: false });
  expect(fieldOf(rep, 'Company')).toMatchObject({ updateable: true });
});

describe('objects', () => {
  it('that a user may not read are no type', () => {
    const integration = small.addUser('Sync', 'Minimum Access - API Only Integrations');
    expect(small.refusal('SELECT Id FROM Lead', integration)).toMatchObject({ code: 'INVALID_TYPE' });
    expect(() => small.org.describe(integration, 'Lead')).toThrow('The requested resource does not exist');
    const { sobjects } = small.org.describeGlobal(integration) as { sobjects: { name: string }[] };
    expect(sobjects.map((each) => each.name)).not.toContain('Lead');
  });

  it('open by a permission set', () => {
    const integration = small.addUser('Sync', 'Minimum Access - API Only Integrations');
    const [set] = small.insert('PermissionSet', [{ Name: 'Leads', Label: 'Leads' }]);
    small.insert('ObjectPermissions', [{ ParentId: set, SobjectType: 'Lead', PermissionsRead: true }]);
    small.insert('PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: integration.userId }]);
    const now = small.org.user(integration.userId);
    expect(small.column('SELECT LastName FROM Lead', 'LastName', now)).toEqual(['Adams']);
    expect(now.access.object('Lead')).toMatchObject({ read: true, create: false, edit: false });
    expect(small.refusal('SELECT Email FROM Lead', now).message).toContain('No such column');
  });

  it('of setup are read by everybody and written by administrators', () => {
    expect(small.size('SELECT Id FROM User', rep)).toBe(3);
    expect(rep.access.object('PermissionSet').edit).toBe(false);
    expect(small.admin.access.object('PermissionSet').edit).toBe(true);
  });
});

describe('permissions', () => {
  it('of a profile and its permission sets add up', () => {
    expect([rep.access.system('ApiEnabled'), rep.access.system('ViewAllData')]).toEqual([true, false]);
    const [set] = small.insert('PermissionSet', [{ Name: 'Auditor', Label: 'Auditor', PermissionsViewAllData: true }]);
    small.insert('PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: rep.userId }]);
    expect(small.org.user(rep.userId).access.system('ViewAllData')).toBe(true);
  });

  it('that an undone write gave are gone, also after the next write', () => {
    const { db } = small.org.core;
    const may = () => small.org.user(rep.userId).access.system('ViewAllData');
    const [set] = small.insert('PermissionSet', [{ Name: 'Auditor', Label: 'Auditor', PermissionsViewAllData: true }]);
    db.exec('begin');
    small.insert('PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: rep.userId }]);
    expect(may()).toBe(true);
    db.exec('rollback');
    small.insert('Group', [{ Name: 'Others', Type: 'Regular' }]);
    expect(may()).toBe(false);
  });

  it('that are custom are held through SetupEntityAccess', () => {
    const [permission] = small.insert('CustomPermission', [
      { DeveloperName: 'Accord_Unfreeze', MasterLabel: 'Unfreeze' },
    ]);
    const [set] = small.insert('PermissionSet', [{ Name: 'Unfreezer', Label: 'Unfreezer' }]);
    small.insert('SetupEntityAccess', [{ ParentId: set, SetupEntityId: permission }]);
    expect(rep.access.custom('Accord_Unfreeze')).toBe(false);
    small.insert('PermissionSetAssignment', [{ PermissionSetId: set, AssigneeId: rep.userId }]);
    expect(small.org.user(rep.userId).access.custom('Accord_Unfreeze')).toBe(true);
  });

  it('end with the user', () => {
    const options = { allOrNone: true, autoAssign: false, apiVersion: 68 };
    small.org.update(small.org.system(), 'User', [{ Id: rep.userId, IsActive: false }], options);
    expect(() => small.org.user(rep.userId)).toThrow('Session expired or invalid');
    expect(() => small.org.user('005000000000000AAA')).toThrow('Session expired or invalid');
  });
});

describe('a custom field of users', () => {
  const OPTIONS = { allOrNone: false, autoAssign: false, apiVersion: 68 };
  const now = () => small.org.user(rep.userId);
  const change = (id: string) =>
    small.org.update(now(), 'User', [{ Id: id, Commission__c: 5 }], OPTIONS)[0]?.errors.map((each) => each.statusCode);
  const grant = (read: boolean, edit: boolean) =>
    small.org.setProfileFieldAccess(rep.profileId, 'User.Commission__c', { read, edit });
  beforeEach(() => {
    const user = small.org.core.schema.find('User')!;
    const field = { ...decimal('Commission__c', 5, 2), custom: true };
    small.org.core.schema.define({ ...user, fields: [...user.fields, field] });
  });

  it('is neither read nor changed without permission, not even on one’s own user', () => {
    expect(small.refusal('SELECT Commission__c FROM User', now())).toMatchObject({ code: 'INVALID_FIELD' });
    expect(small.org.retrieve(now(), 'User', rep.userId)).not.toHaveProperty('Commission__c');
    expect(change(rep.userId)).toEqual(['INVALID_FIELD']);
    expect(small.refusal('SELECT Commission__c FROM User')).toMatchObject({ code: 'INVALID_FIELD' });
  });

  it('is read with permission, and changed with permission to edit, on one’s own user only', () => {
    grant(true, false);
    expect(small.size('SELECT Commission__c FROM User WHERE Commission__c = null', now())).toBeGreaterThan(1);
    expect(change(rep.userId)).toEqual(['INVALID_FIELD_FOR_INSERT_UPDATE']);
    grant(true, true);
    expect(change(rep.userId)).toEqual([]);
    expect(change(small.admin.userId)).toEqual(['INSUFFICIENT_ACCESS_OR_READONLY']);
  });
});
