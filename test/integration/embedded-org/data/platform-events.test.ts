import { describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml } from '../../../support/test-org.ts';
import { startTestOrg } from '../wire/running-org.ts';

describe('a platform event', () => {
  it('is not there: not described, not published, not queried', async () => {
    await using org = await startTestOrg();
    const { connection } = org;
    await expect(connection.sobject('Wish__e').describe()).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
    await expect(connection.sobject('Wish__e').create({ Text__c: 'x' })).rejects.toMatchObject({
      errorCode: 'NOT_FOUND',
    });
    await expect(connection.query('SELECT ReplayId FROM Wish__e')).rejects.toMatchObject({ errorCode: 'INVALID_TYPE' });
    for (const path of ['sobjects/Wish__e/eventSchema', 'event/eventSchema/abc', 'sobjects/LeadChangeEvent']) {
      expect(await org.send('GET', path)).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
    }
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.filter((each) => /(__e|Event)$/.test(each.name)).map((each) => each.name)).toEqual(['Event']);
  });

  it('cannot be deployed', async () => {
    const test = openTestOrg();
    const event = '<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Wish</label>';
    const outcome = await test.deploy({
      'package.xml': packageXml({ CustomObject: ['Wish__e'] }),
      'objects/Wish__e.object': xml('CustomObject', `${event}<pluralLabel>Wishes</pluralLabel>`),
    });
    expect(outcome.success).toBe(false);
    expect(outcome.messages.find((each) => each.fullName === 'Wish__e')?.problem).toContain('not available');
    test.org.close();
  });
});
