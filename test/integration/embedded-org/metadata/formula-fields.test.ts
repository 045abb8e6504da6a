import { beforeEach, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const formulaField = (name: string, type: string, formula: string, more = '') =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type><formula>${formula}</formula>${more}</fields>`;
const scaled = '<precision>18</precision><scale>2</scale>';

async function deployFields(...fields: readonly string[]): Promise<readonly (string | undefined)[]> {
  const names = fields.map((each) => `Lead.${/<fullName>(.*?)</.exec(each)?.[1]}`);
  const outcome = await test.deploy({
    'package.xml': packageXml({ CustomField: names }),
    'objects/Lead.object': xml('CustomObject', fields.join('')),
  });
  return outcome.messages.filter((each) => !each.success).map((each) => each.problem);
}

it('are worked out when they are read, filtered and sorted by', async () => {
  expect(
    await deployFields(
      formulaField('Large__c', 'Checkbox', 'NumberOfEmployees &gt;= 100'),
      formulaField('Label__c', 'Text', 'Name &amp; " (" &amp; TEXT(Status) &amp; ")"'),
      formulaField('Twice__c', 'Number', 'NumberOfEmployees * 2', scaled),
      formulaField('Again__c', 'Number', 'Twice__c + 1', scaled),
    ),
  ).toEqual([]);
  test.create('Lead', { FirstName: 'Ada', LastName: 'Bell', Company: 'A', NumberOfEmployees: 100 });
  test.create('Lead', { LastName: 'Small', Company: 'B' });
  expect(test.query('SELECT Label__c, Large__c, Twice__c, Again__c FROM Lead ORDER BY Label__c')).toEqual([
    { Label__c: 'Ada Bell (Open - Not Contacted)', Large__c: true, Twice__c: 200, Again__c: 201 },
    { Label__c: 'Small (Open - Not Contacted)', Large__c: false, Twice__c: null, Again__c: null },
  ]);
  expect(test.query('SELECT LastName FROM Lead WHERE Large__c = true')).toEqual([{ LastName: 'Bell' }]);
  const [row] = test.query('SELECT Id FROM Lead LIMIT 1');
  expect(test.update('Lead', { Id: row?.['Id'], Twice__c: 1 }).errors[0]?.statusCode).toBe(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
  );
});

it('may use fields that stand behind them in the deployment', async () => {
  const plain =
    '<fields><fullName>Z__c</fullName><label>Z</label><type>Checkbox</type><defaultValue>true</defaultValue></fields>';
  const problems = await deployFields(
    formulaField('A__c', 'Checkbox', 'NOT(B__c)'),
    formulaField('B__c', 'Checkbox', 'C__c'),
    formulaField('C__c', 'Checkbox', 'Z__c'),
    plain,
  );
  expect(problems).toEqual([]);
  test.create('Lead', { LastName: 'A', Company: 'B' });
  expect(test.query('SELECT A__c FROM Lead')).toEqual([{ A__c: false }]);
  expect(
    await deployFields(formulaField('X__c', 'Checkbox', 'Y__c'), formulaField('Y__c', 'Checkbox', 'Nope__c')),
  ).toEqual([expect.stringContaining('Y__c'), expect.stringContaining('Nope__c')]);
});

it('take blank numbers for zero when they say so', async () => {
  const blanks = `${scaled}<formulaTreatBlanksAs>BlankAsZero</formulaTreatBlanksAs>`;
  await deployFields(formulaField('Plus__c', 'Number', 'NumberOfEmployees + 1', blanks));
  test.create('Lead', { LastName: 'A', Company: 'B' });
  expect(test.query('SELECT Plus__c FROM Lead')).toEqual([{ Plus__c: 1 }]);
});

it('are blank where they cannot be worked out, also when they go in circles', async () => {
  await deployFields(formulaField('Ratio__c', 'Number', '1 / NumberOfEmployees', scaled));
  await deployFields(formulaField('A__c', 'Number', 'NumberOfEmployees', scaled));
  await deployFields(formulaField('B__c', 'Number', 'A__c + 1', scaled));
  await deployFields(formulaField('A__c', 'Number', 'B__c + 1', scaled));
  test.create('Lead', { LastName: 'A', Company: 'B', NumberOfEmployees: 0 });
  expect(test.query('SELECT Ratio__c, A__c FROM Lead')).toEqual([{ Ratio__c: null, A__c: null }]);
});

it('are refused with a wrong type, an unknown name or their own name', async () => {
  const problems = [
    await deployFields(formulaField('A__c', 'Number', '"text"', scaled)),
    await deployFields(formulaField('A__c', 'Text', 'Nope__c')),
    await deployFields(formulaField('A__c', 'Text', 'A__c')),
  ];
  expect(problems.flat()).toEqual([
    'Formula result is data type (Text), incompatible with expected data type (Number).',
    'Field Nope__c does not exist. Check spelling.',
    'Formula cannot use another formula field that directly or indirectly refers to itself.',
  ]);
});

it('answer each user with their own $User', async () => {
  await deployFields(formulaField('Mine__c', 'Checkbox', 'OwnerId = $User.Id'));
  const [profile] = test.query("SELECT Id FROM Profile WHERE Name = 'System Administrator'");
  test.org.setProfileFieldAccess(String(profile?.['Id']), 'Lead.Mine__c', { read: true, edit: false });
  const [ann, bob] = [test.createUser('Ann', 'System Administrator'), test.createUser('Bob', 'System Administrator')];
  test.create('Lead', { LastName: 'A', Company: 'B', OwnerId: ann.userId });
  const soql = 'SELECT Id FROM Lead WHERE Mine__c = true';
  expect([test.query(soql, ann).length, test.query(soql, bob).length]).toEqual([1, 0]);
});
