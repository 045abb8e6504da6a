import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
let set: string;
beforeEach(() => {
  test = openTestOrg();
  set = test.create('PermissionSet', { Name: 'Player', Label: 'Player' });
  return () => test.org.close();
});

type Row = Readonly<Record<string, unknown>>;
const onLead = (row: Row) => test.insert('ObjectPermissions', { ParentId: set, SobjectType: 'Lead', ...row });
const onField = (Field: string, row: Row = {}) =>
  test.insert('FieldPermissions', { ParentId: set, SobjectType: 'Lead', Field, PermissionsRead: true, ...row });
const [READ, EDIT, VIEW_ALL] = [
  { PermissionsRead: true },
  { PermissionsEdit: true },
  { PermissionsViewAllRecords: true },
];
const NOT_LISTED = [{ statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }];

describe('rights on an object', () => {
  it('rest on others, which an update cannot take away alone', () => {
    const integrity = (message: string) => [{ statusCode: 'FIELD_INTEGRITY_EXCEPTION', message }];
    expect(onLead(EDIT).errors).toMatchObject(integrity('Permission Edit Lead depends on permission(s): Read Lead'));
    expect(onLead({ ...READ, ...VIEW_ALL, PermissionsModifyAllRecords: true }).errors).toMatchObject(
      integrity('Permission Modify All Lead depends on permission(s): Edit Lead, Delete Lead'),
    );
    const { id } = onLead({ ...READ, ...EDIT });
    expect(test.update('ObjectPermissions', { Id: id, PermissionsRead: false }).success).toBe(false);
    expect(test.update('ObjectPermissions', { Id: id, PermissionsEdit: false }).success).toBe(true);
  });

  it('do not show all fields, as nothing would', () => {
    expect(onLead({ ...READ, PermissionsViewAllFields: true }).errors).toMatchObject([
      { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' },
    ]);
  });

  it('are said once, of objects that permissions decide on', () => {
    expect(onLead(READ).success).toBe(true);
    expect(onLead(READ).errors).toMatchObject([{ statusCode: 'DUPLICATE_VALUE' }]);
    for (const SobjectType of ['User', 'Nothing'])
      expect(onLead({ ...READ, SobjectType }).errors).toMatchObject(NOT_LISTED);
  });
});

describe('rights on a field', () => {
  it('are for fields whose visibility permissions decide, once each', () => {
    expect(onField('Lead.Rating').success).toBe(true);
    expect(onField('Lead.Rating').errors).toMatchObject([{ statusCode: 'DUPLICATE_VALUE' }]);
    for (const field of ['Lead.LastName', 'Lead.Id', 'Lead.Nothing', 'Contact.Title', 'Rating'])
      expect(onField(field).errors).toMatchObject(NOT_LISTED);
  });

  it('to edit need the one to read', () => {
    expect(onField('Lead.Rating', { ...EDIT, PermissionsRead: false }).errors[0]?.message).toBe(
      'Permission Edit Lead.Rating depends on permission(s): Read Lead.Rating',
    );
  });
});

describe('a permission set', () => {
  it('that lets modify all data lets view it, too', () => {
    const all = { PermissionsModifyAllData: true };
    expect(test.update('PermissionSet', { Id: set, ...all }).errors[0]?.message).toBe(
      'Permission ModifyAllData depends on permission(s): ViewAllData',
    );
    expect(test.update('PermissionSet', { Id: set, ...all, PermissionsViewAllData: true }).success).toBe(true);
  });

  it('has an API name of its own', () => {
    const add = (Name: string) => test.insert('PermissionSet', { Name, Label: 'Any' }).errors[0]?.statusCode;
    for (const name of ['1st', 'Two words', 'Ends_', 'Two__lines', 'é'])
      expect(add(name)).toBe('FIELD_INTEGRITY_EXCEPTION');
    expect(add('player')).toBe('DUPLICATE_DEVELOPER_NAME');
    expect(add('Player_2')).toBeUndefined();
  });
});

it('groups of a type have different developer names', () => {
  const add = (Type: string) =>
    test.insert('Group', { Name: 'Any', DeveloperName: 'Team', Type }).errors[0]?.statusCode;
  expect(['Regular', 'Queue', 'Regular', 'Queue'].map(add)).toEqual([
    undefined,
    undefined,
    'DUPLICATE_DEVELOPER_NAME',
    'DUPLICATE_DEVELOPER_NAME',
  ]);
});
