import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

const DML = { allOrNone: false, autoAssign: false, apiVersion: 68 };
const DAY = 24 * 60 * 60 * 1000;

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const remove = (...ids: string[]) => test.org.remove(test.admin, ids, DML);
const undelete = (...ids: string[]) => test.org.undeleteRows(test.admin, ids, DML);
const count = (soql: string, includeDeleted = false) =>
  test.org.query(test.org.system(), soql, { includeDeleted, apiVersion: 68 }).totalSize;
const lead = () => test.create('Lead', { LastName: 'Bell', Company: 'Acme' });

describe('undelete', () => {
  it('brings back a record with the children that were deleted along with it', () => {
    const id = lead();
    const task = test.create('Task', { WhoId: id, Subject: 'Call', Status: 'Completed', ActivityDate: '2026-06-10' });
    const other = test.create('Task', { WhoId: id, Subject: 'Gone before' });
    remove(other);
    remove(id);
    expect(count('SELECT Id FROM Task')).toBe(0);
    expect(undelete(id)).toMatchObject([{ success: true, id }]);
    expect(test.query('SELECT Id FROM Task')).toEqual([{ Id: task }]);
    expect(test.query('SELECT IsDeleted, LastActivityDate FROM Lead')).toEqual([
      { IsDeleted: false, LastActivityDate: '2026-06-10' },
    ]);
  });

  it('sets the lookups again that the delete cleared, unless they point elsewhere by now', () => {
    const campaign = test.create('Campaign', { Name: 'First' });
    const other = test.create('Campaign', { Name: 'Other' });
    const child = (name: string) => test.create('Campaign', { Name: name, ParentId: campaign });
    const [kept, moved] = [child('A'), child('B')];
    remove(campaign);
    test.update('Campaign', { Id: moved, ParentId: other });
    undelete(campaign);
    expect(test.query("SELECT Id, ParentId FROM Campaign WHERE Name IN ('A', 'B') ORDER BY Name")).toEqual([
      { Id: kept, ParentId: campaign },
      { Id: moved, ParentId: other },
    ]);
  });

  it('refuses what was never deleted, went along with another record, or is past its fifteen days', () => {
    const account = test.create('Account', { Name: 'Acme' });
    const contact = test.create('Contact', { LastName: 'Bell', AccountId: account });
    const refused = { success: false, errors: [{ statusCode: 'UNDELETE_FAILED' }] };
    expect(undelete(account)).toMatchObject([refused]);
    remove(account);
    expect(undelete(contact)).toMatchObject([refused]);
    test.clock.advance(16 * DAY);
    expect(undelete(account)).toMatchObject([refused]);
  });

  it('refuses a record whose unique value another has taken', () => {
    defineUniqueCode(test);
    const id = test.create('Lead', { LastName: 'Bell', Company: 'Acme', Code__c: 'A1' });
    remove(id);
    test.create('Lead', { LastName: 'Cole', Company: 'Acme', Code__c: 'a1' });
    expect(undelete(id)).toMatchObject([{ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] }]);
  });
});

describe('the recycle bin', () => {
  it('shows its records to queryAll until it is emptied', () => {
    const id = lead();
    remove(id);
    expect(count('SELECT Id FROM Lead')).toBe(0);
    expect(count('SELECT Id FROM Lead WHERE IsDeleted = true', true)).toBe(1);
    expect(test.org.emptyRecycleBin(test.admin, [id], DML)).toMatchObject([{ success: true }]);
    expect(count('SELECT Id FROM Lead', true)).toBe(0);
    expect(undelete(id)).toMatchObject([{ success: false, errors: [{ statusCode: 'UNDELETE_FAILED' }] }]);
  });

  it('is passed by a hard delete', () => {
    const id = lead();
    test.create('Task', { WhoId: id, Subject: 'Call' });
    expect(test.org.hardDelete(test.admin, [id], DML)).toMatchObject([{ success: true, id }]);
    expect(count('SELECT Id FROM Lead', true)).toBe(0);
    expect(count('SELECT Id FROM Task', true)).toBe(0);
  });

  it('leaves a mark of what left it, with the time of the delete', () => {
    const [kept, gone] = [lead(), lead()];
    const now = test.clock.stamp();
    remove(kept, gone);
    test.clock.advance(60_000);
    test.org.emptyRecycleBin(test.admin, [gone], DML);
    const deleted = (from: number, to: number) => test.org.deleted(test.admin, 'Lead', from, to);
    expect(deleted(now, now + 1000)).toEqual([
      { id: kept, deletedAt: now },
      { id: gone, deletedAt: now },
    ]);
    expect(deleted(now + 1000, now + 120_000)).toEqual([]);
  });

  it('names a private record that left it only to those who reached its owner', () => {
    const definition = test.org.core.schema.find('Lead')!;
    test.org.core.schema.define({ ...definition, sharingModel: 'Private' });
    const [own, other] = [test.createUser('Own', 'Standard User'), test.createUser('Other', 'Standard User')];
    const id = test.create('Lead', { LastName: 'Bell', Company: 'Acme', OwnerId: own.userId });
    const now = test.clock.stamp();
    test.org.hardDelete(test.admin, [id], DML);
    const told = [own, other, test.admin].map((user) => test.org.deleted(user, 'Lead', now, now + 1000).length);
    expect(told).toEqual([1, 0, 1]);
  });

  it('lets go of records after fifteen days', () => {
    remove(lead());
    test.clock.advance(16 * DAY);
    remove(lead());
    expect(count('SELECT Id FROM Lead', true)).toBe(1);
  });

  it('is closed to users who may not delete the record', () => {
    const id = lead();
    remove(id);
    const rep = test.createUser('Rep');
    expect(test.org.undeleteRows(rep, [id], DML)).toMatchObject([{ success: false }]);
    expect(count('SELECT Id FROM Lead')).toBe(0);
  });
});

function defineUniqueCode({ org }: TestOrg): void {
  const object = org.core.schema.find('Lead');
  const title = object && org.core.schema.field(object, 'Title');
  if (!object || !title) throw new Error('The org has leads with titles.');
  const code = { ...title, name: 'Code__c', label: 'Code', custom: true, unique: true };
  org.core.schema.define({ ...object, fields: [...object.fields, code] });
}
