import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const group = (name: string, type: string) => test.create('Group', { Name: name, DeveloperName: name, Type: type });
const serve = (queue: string, objectName: string) =>
  test.insert('QueueSobject', { QueueId: queue, SobjectType: objectName }).errors;
const leadOf = (owner: string) => test.insert('Lead', { LastName: 'Ames', Company: 'Acme', OwnerId: owner }).errors;
const REFUSED = [
  { statusCode: 'INVALID_OPERATION', message: 'Queue not associated with this SObject type', fields: ['OwnerId'] },
];

describe('the owner of a lead', () => {
  it('is no public group', () => {
    const team = group('Team', 'Regular');
    expect(leadOf(team)).toEqual(REFUSED);
    const lead = test.create('Lead', { LastName: 'Ames', Company: 'Acme' });
    expect(test.update('Lead', { Id: lead, OwnerId: team }).errors).toEqual(REFUSED);
  });

  it('may be a queue that serves leads, as long as it does', () => {
    const queue = group('Inbound', 'Queue');
    expect(serve(queue, 'Task')).toEqual([]);
    expect(leadOf(queue)).toEqual(REFUSED);
    expect(serve(queue, 'Lead')).toEqual([]);
    expect(leadOf(queue)).toEqual([]);
    const [served] = test.query("SELECT Id FROM QueueSobject WHERE SobjectType = 'Lead' AND Queue.Name = 'Inbound'");
    test.org.remove(test.org.system(), [String(served?.['Id'])], {
      allOrNone: true,
      autoAssign: false,
      apiVersion: 68,
    });
    expect(leadOf(queue)).toEqual(REFUSED);
  });
});

describe('a queue', () => {
  it('serves an object once, and only objects that queues may own', () => {
    const queue = group('Inbound', 'Queue');
    expect(serve(queue, 'lead')).toEqual([]);
    expect(serve(queue, 'Lead')).toMatchObject([{ statusCode: 'DUPLICATE_VALUE' }]);
    for (const name of ['Account', 'User', 'Nothing'])
      expect(serve(queue, name)).toMatchObject([{ statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }]);
    expect(serve(group('Team', 'Regular'), 'Lead')).toMatchObject([{ statusCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
  });
});
