import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

const DML = { allOrNone: false, autoAssign: false, apiVersion: 68 };
const LOCKED = [{ statusCode: 'UNABLE_TO_LOCK_ROW' }];

let test: TestOrg;
let leadId: string;
beforeEach(() => {
  test = openTestOrg();
  leadId = test.create('Lead', { LastName: 'Bell', Company: 'Acme' });
  return () => test.org.close();
});

describe('a locked record', () => {
  it('cannot be updated, deleted or given children until the lock ends', () => {
    const other = test.create('Lead', { LastName: 'Cole', Company: 'Acme' });
    test.org.core.locks.lock([leadId], 5000);
    expect(
      test.org.update(
        test.admin,
        'Lead',
        [leadId, other].map((Id) => ({ Id, Title: 'Boss' })),
        DML,
      ),
    ).toMatchObject([{ success: false, errors: LOCKED }, { success: true }]);
    expect(test.org.remove(test.admin, [leadId], DML)).toMatchObject([{ errors: LOCKED }]);
    expect(test.insert('Task', { WhoId: leadId, Subject: 'Call' })).toMatchObject({ errors: LOCKED });
    test.clock.advance(5000);
    expect(test.update('Lead', { Id: leadId, Title: 'Boss' })).toMatchObject({ success: true });
  });
});

describe('one call', () => {
  it('may name a record once', () => {
    const rows = [leadId, leadId.slice(0, 15)].map((Id) => ({ Id, Title: 'Boss' }));
    const refused = { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] };
    expect(test.org.update(test.admin, 'Lead', rows, DML)).toMatchObject([refused, refused]);
  });
});

describe('the parts of an address', () => {
  it('can be written only by users who may edit the address', () => {
    const profile = test.org.cloneProfile('Standard User', 'No addresses');
    test.org.setProfileFieldAccess(profile, 'Lead.Address', { read: true, edit: false });
    const rep = test.createUser('Rep', 'No addresses');
    const own = test.insert('Lead', { LastName: 'Own', Company: 'Acme' }, rep).id;
    expect(test.update('Lead', { Id: own, Street: 'Main St 1' }, rep)).toMatchObject({
      success: false,
      errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Street'] }],
    });
    expect(test.update('Lead', { Id: own, LastName: 'New' }, rep)).toMatchObject({ success: true });
  });
});
