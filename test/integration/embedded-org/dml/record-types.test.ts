import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const lead = { LastName: 'Bell', Company: 'Acme' };
const recordType = (name: string, active = true) =>
  `<recordTypes><fullName>${name}</fullName><active>${active}</active><label>${name} leads</label></recordTypes>`;
const permissionSet = (name: string) =>
  xml(
    'PermissionSet',
    `<label>Types</label><recordTypeVisibilities><recordType>Lead.${name}</recordType><visible>true</visible></recordTypeVisibilities>`,
  );

async function deployTypes(): Promise<void> {
  const outcome = await test.deploy({
    'package.xml': packageXml({
      RecordType: ['Lead.Inbound', 'Lead.Partner', 'Lead.Old'],
      PermissionSet: ['Types'],
    }),
    'objects/Lead.object': xml(
      'CustomObject',
      recordType('Inbound') + recordType('Partner') + recordType('Old', false),
    ),
    'permissionsets/Types.permissionset': permissionSet('Partner'),
  });
  expect(outcome.messages.filter((each) => !each.success)).toEqual([]);
}

const idOf = (name: string) =>
  String(test.query(`SELECT Id FROM RecordType WHERE DeveloperName = '${name}'`)[0]?.['Id']);

function useAsDefault(profile: string, path: string): void {
  const [row] = test.query(`SELECT Id FROM Profile WHERE Name = '${profile}'`);
  test.org.setProfileRecordType(String(row?.['Id']), path, { available: true, isDefault: true });
}

describe('record types', () => {
  it('are no part of an object that has none', () => {
    expect(() => test.query('SELECT RecordTypeId FROM Lead')).toThrow('No such column');
  });

  it('come to new records as the default of the user’s profile', async () => {
    await deployTypes();
    test.insert('Lead', lead, test.admin);
    useAsDefault('System Administrator', 'Lead.Inbound');
    test.insert('Lead', lead, test.org.user(test.admin.userId));
    expect(test.query('SELECT RecordType.Name FROM Lead ORDER BY Id').map((row) => row['RecordType'])).toEqual([
      null,
      expect.objectContaining({ Name: 'Inbound leads' }),
    ]);
  });

  it('can be chosen by those whose profile or permission set has them, if they are active', async () => {
    await deployTypes();
    const [plain, partner] = [test.createUser('Plain'), test.createUser('Partner', 'Standard User', ['Types'])];
    const row = { ...lead, RecordTypeId: idOf('Partner') };
    expect(test.insert('Lead', row, plain).errors).toEqual([
      {
        statusCode: 'INVALID_CROSS_REFERENCE_KEY',
        message: `Record Type ID: this ID value isn't valid for the user: ${idOf('Partner')}`,
        fields: ['RecordTypeId'],
      },
    ]);
    expect(test.insert('Lead', row, partner).success).toBe(true);
    expect(test.insert('Lead', { ...lead, RecordTypeId: idOf('Old') }).success).toBe(false);
  });

  it('are described with what the user may do with them', async () => {
    await deployTypes();
    useAsDefault('Standard User', 'Lead.Inbound');
    const rep = test.createUser('Rep');
    const { recordTypeInfos } = test.org.describe(rep, 'Lead') as { recordTypeInfos: Record<string, unknown>[] };
    expect(
      recordTypeInfos.map((each) => [each['developerName'], each['available'], each['defaultRecordTypeMapping']]),
    ).toEqual([
      ['Inbound', true, true],
      ['Partner', false, false],
      ['Master', true, false],
    ]);
  });
});
