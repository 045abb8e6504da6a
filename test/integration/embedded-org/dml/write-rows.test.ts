import { beforeEach, describe, expect, it } from 'vitest';
import { NOON, openTestOrg, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const OPTIONS = { allOrNone: false, autoAssign: false, apiVersion: 68 };
const lead = (name: string) => ({ LastName: name, Company: 'Acme' });

describe('insert', () => {
  it('fills the system fields, the owner and the defaults', () => {
    const { id } = test.insert('Lead', lead('Bell'), test.admin);
    const [row] = test.query(
      'SELECT Id, CreatedDate, SystemModstamp, CreatedById, OwnerId, Status, IsDeleted FROM Lead',
    );
    expect(row).toEqual({
      Id: id,
      CreatedDate: '2026-06-15T12:00:00.000+0000',
      SystemModstamp: '2026-06-15T12:00:00.000+0000',
      CreatedById: test.admin.userId,
      OwnerId: test.admin.userId,
      Status: 'Open - Not Contacted',
      IsDeleted: false,
    });
  });

  it('answers each row in order and stores the good ones', () => {
    const rows = [lead('A'), { LastName: 'B' }, { ...lead('C'), Nope: 1 }, lead('D')];
    const results = test.org.insert(test.admin, 'Lead', rows, OPTIONS);
    expect(results.map((each) => each.errors[0]?.statusCode)).toEqual([
      undefined,
      'REQUIRED_FIELD_MISSING',
      'INVALID_FIELD',
      undefined,
    ]);
    expect(results[1]?.errors[0]).toEqual({
      statusCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [Company]',
      fields: ['Company'],
    });
    expect(results[2]?.errors[0]?.message).toBe("No such column 'Nope' on sobject of type Lead");
    expect(test.query('SELECT LastName FROM Lead ORDER BY LastName')).toEqual([{ LastName: 'A' }, { LastName: 'D' }]);
  });

  it('names the first of the columns that do not exist, however many they are', () => {
    const row = { ...lead('A'), ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`Nope${i}`, i])) };
    const [result] = test.org.insert(test.admin, 'Lead', [row], OPTIONS);
    expect(result?.errors.map((each) => each.message)).toEqual(["No such column 'Nope0' on sobject of type Lead"]);
  });

  it('stores nothing when one row of an all-or-none call fails', () => {
    const results = test.org.insert(test.admin, 'Lead', [lead('A'), { LastName: 'B' }], {
      ...OPTIONS,
      allOrNone: true,
    });
    expect(results.map((each) => [each.id, each.errors[0]?.statusCode])).toEqual([
      [undefined, 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
      [undefined, 'REQUIRED_FIELD_MISSING'],
    ]);
    expect(test.query('SELECT Id FROM Lead')).toEqual([]);
  });

  it('takes audit fields only with the permission to create them', () => {
    const row = { ...lead('Old'), CreatedDate: '2020-01-01T00:00:00Z' };
    expect(test.insert('Lead', row, test.admin).errors[0]?.statusCode).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    test.create('Lead', row);
    expect(test.query('SELECT CreatedDate, SystemModstamp FROM Lead')).toEqual([
      { CreatedDate: '2020-01-01T00:00:00.000+0000', SystemModstamp: '2026-06-15T12:00:00.000+0000' },
    ]);
  });

  it('refuses references to nothing, to another object and in no form of an id', () => {
    const code = (id: string) => test.insert('Task', { WhoId: id, Subject: 'Call' }, test.admin).errors[0]?.statusCode;
    expect(code('00QAc0000000099')).toBe('INVALID_CROSS_REFERENCE_KEY');
    expect(code(test.admin.userId)).toBe('FIELD_INTEGRITY_EXCEPTION');
    expect(code('nonsense')).toBe('MALFORMED_ID');
  });

  it('gives ids that sort in the order of creation and never repeat', () => {
    const results = test.org.insert(
      test.admin,
      'Lead',
      Array.from({ length: 200 }, (_, n) => lead(`L${n}`)),
      OPTIONS,
    );
    const ids = results.map((each) => each.id ?? '');
    expect(new Set(ids).size).toBe(200);
    expect(ids.toSorted()).toEqual(ids);
  });
});

describe('update', () => {
  it('moves the stamps even when nothing differs, and only what was sent', () => {
    const id = test.create('Lead', { ...lead('A'), Title: 'CEO' });
    test.clock.advance(60_000);
    expect(test.update('Lead', { id: id.slice(0, 15), LastName: 'A' }, test.admin).success).toBe(true);
    expect(test.query('SELECT Title, LastModifiedDate, LastModifiedById FROM Lead')).toEqual([
      { Title: 'CEO', LastModifiedDate: '2026-06-15T12:01:00.000+0000', LastModifiedById: test.admin.userId },
    ]);
  });

  it('empties a field that is sent as null or as an empty text, except a required one', () => {
    const id = test.create('Lead', { ...lead('A'), Title: 'CEO', Phone: '1' });
    test.update('Lead', { Id: id, Title: null, Phone: ' ' });
    expect(test.query('SELECT Title, Phone FROM Lead')).toEqual([{ Title: null, Phone: null }]);
    expect(test.update('Lead', { Id: id, Company: '' }).errors[0]?.statusCode).toBe('REQUIRED_FIELD_MISSING');
  });

  it('tells a missing, a wrong, a deleted and an unknown record apart', () => {
    const id = test.create('Lead', lead('A'));
    test.org.remove(test.admin, [id], OPTIONS);
    const code = (row: Record<string, unknown>) => test.update('Lead', row).errors[0]?.statusCode;
    expect(code({ LastName: 'x' })).toBe('MISSING_ARGUMENT');
    expect(code({ Id: test.admin.userId })).toBe('MALFORMED_ID');
    expect(code({ Id: id })).toBe('ENTITY_IS_DELETED');
    expect(code({ Id: '00QAc0000000099' })).toBe('INVALID_CROSS_REFERENCE_KEY');
  });

  it('leaves converted leads as they are', () => {
    const id = test.create('Lead', { ...lead('A'), OwnerId: test.admin.userId });
    const conversion = { leadId: id, convertedStatus: 'Closed - Converted' };
    expect(test.org.convertLead(test.admin, conversion, OPTIONS).errors).toEqual([]);
    expect(test.update('Lead', { Id: id, Title: 'x' }, test.admin).errors[0]?.statusCode).toBe(
      'CANNOT_UPDATE_CONVERTED_LEAD',
    );
  });

  it('lets a rep edit another rep’s opportunity only from above', () => {
    const [rep, other] = [test.createUser('Rep'), test.createUser('Other')];
    const opportunity = { Name: 'Big', StageName: 'Prospecting', CloseDate: '2026-12-31' };
    const { id } = test.insert('Opportunity', opportunity, rep);
    expect(test.update('Opportunity', { Id: id, Name: 'Mine' }, other).errors[0]).toMatchObject({
      statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    });
    const role = test.create('UserRole', { Name: 'Lead' });
    const below = test.create('UserRole', { Name: 'Below', ParentRoleId: role });
    test.update('User', { Id: other.userId, UserRoleId: role });
    test.update('User', { Id: rep.userId, UserRoleId: below });
    expect(test.update('Opportunity', { Id: id, Name: 'Ours' }, test.org.user(other.userId)).success).toBe(true);
  });
});

describe('ownership', () => {
  it('passes to active users who may read such records, and to nobody else', () => {
    const id = test.create('Lead', lead('A'));
    const give = (userId: string) => test.update('Lead', { Id: id, OwnerId: userId }, test.admin).errors[0]?.statusCode;
    const outsider = test.createUser('Outsider', 'Minimum Access - API Only Integrations');
    const former = test.createUser('Former');
    test.update('User', { Id: former.userId, IsActive: false });
    expect(give(outsider.userId)).toBe('TRANSFER_REQUIRES_READ');
    expect(give(former.userId)).toBe('INACTIVE_OWNER_OR_USER');
    expect(give(test.createUser('Rep').userId)).toBeUndefined();
  });

  it('of an account is given away by its owner only, though others may edit it', () => {
    const [rep, other] = [test.createUser('Rep'), test.createUser('Other')];
    const { id } = test.insert('Account', { Name: 'Acme' }, rep);
    expect(test.update('Account', { Id: id, Site: 'x' }, other).success).toBe(true);
    expect(test.update('Account', { Id: id, OwnerId: other.userId }, other).errors[0]?.statusCode).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    expect(test.update('Account', { Id: id, OwnerId: other.userId }, rep).success).toBe(true);
  });
});

describe('remove', () => {
  it('puts a record into the recycle bin with what belongs to it', () => {
    const id = test.create('Lead', lead('A'));
    test.create('Task', { WhoId: id, Subject: 'Call' });
    test.clock.freezeAt(NOON + 5_000);
    expect(test.org.remove(test.admin, [id], OPTIONS)[0]?.success).toBe(true);
    expect(test.query('SELECT Id FROM Lead')).toEqual([]);
    expect(test.query('SELECT Id FROM Task')).toEqual([]);
    const all = test.org.query(test.admin, 'SELECT SystemModstamp FROM Lead WHERE IsDeleted = true', {
      includeDeleted: true,
      apiVersion: 68,
    });
    expect(all.page(0, 1)[0]?.['SystemModstamp']).toBe('2026-06-15T12:00:05.000+0000');
  });

  it('reports a bad id, a second delete and a missing right by row', () => {
    const id = test.create('Lead', lead('A'));
    const rep = test.createUser('Minimal', 'Minimum Access - API Only Integrations');
    const codes = (user: typeof rep, ids: string[]) =>
      test.org.remove(user, ids, OPTIONS).map((each) => each.errors[0]?.statusCode);
    expect(codes(rep, [id])).toEqual(['INSUFFICIENT_ACCESS_OR_READONLY']);
    expect(codes(test.admin, ['zzz', id, id])).toEqual(['MALFORMED_ID', undefined, 'ENTITY_IS_DELETED']);
  });
});
