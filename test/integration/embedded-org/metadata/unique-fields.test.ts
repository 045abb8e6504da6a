import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const deployField = async (unique: boolean) => {
  const field = `<fields><fullName>Code__c</fullName><label>Code</label><type>Text</type><length>20</length>
    <externalId>true</externalId><unique>${unique}</unique></fields>`;
  const { messages } = await test.deploy({
    'package.xml': packageXml({ CustomField: ['Lead.Code__c'] }),
    'objects/Lead.object': xml('CustomObject', field),
  });
  return messages.flatMap((each) => (each.success ? [] : [[each.fullName, each.problem]]));
};
const addLead = (code: string) => test.insert('Lead', { LastName: 'Ames', Company: 'Acme', Code__c: code });

describe('a field that is deployed as unique', () => {
  it('fails as a component while records that are not deleted share a value in any case', async () => {
    expect(await deployField(false)).toEqual([]);
    addLead('x1');
    const second = addLead('X1').id;
    expect(await deployField(true)).toEqual([['Lead.Code__c', expect.stringContaining('duplicate values')]]);
    expect(addLead('x1').success).toBe(true);
    const third = test.query("SELECT Id FROM Lead WHERE Code__c = 'x1'").map((each) => String(each['Id']));
    const spare = third.filter((id) => id !== second).slice(0, 2);
    test.org.remove(test.org.system(), spare, { allOrNone: true, autoAssign: false, apiVersion: 68 });
    expect(await deployField(true)).toEqual([]);
    expect(addLead('x1').errors[0]?.statusCode).toBe('DUPLICATE_VALUE');
  });

  it('takes equal values again once it is not unique any more', async () => {
    await deployField(true);
    addLead('x1');
    expect(await deployField(false)).toEqual([]);
    expect(addLead('x1').success).toBe(true);
  });
});
