import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, xml, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

const problems = async (
  types: Readonly<Record<string, readonly string[]>>,
  files: Readonly<Record<string, string>>,
) => {
  const { messages } = await test.deploy({ 'package.xml': packageXml(types), ...files });
  return messages.flatMap((each) => (each.success ? [] : [each.problem]));
};

const onLead = (content: string) =>
  problems({ CustomObject: ['Lead'] }, { 'objects/Lead.object': xml('CustomObject', content) });
const set = (content: string) =>
  problems(
    { PermissionSet: ['Player'] },
    { 'permissionsets/Player.permissionset': xml('PermissionSet', `<label>Player</label>${content}`) },
  );
const READ_OPPORTUNITIES = `<objectPermissions><allowCreate>false</allowCreate><allowRead>true</allowRead><allowEdit>false</allowEdit>
  <allowDelete>false</allowDelete><viewAllRecords>true</viewAllRecords><modifyAllRecords>false</modifyAllRecords>
  <object>Opportunity</object></objectPermissions>`;

describe('what the org would not keep is refused', () => {
  const lookup = (active: boolean) =>
    `<fields><fullName>Sponsor__c</fullName><label>Sponsor</label><type>Lookup</type><referenceTo>Contact</referenceTo>
     <lookupFilter><active>${active}</active><filterItems><field>Contact.LastName</field><operation>equals</operation>
     <value>Ames</value></filterItems><isOptional>false</isOptional></lookupFilter></fields>`;

  it('a lookup filter, unless it is switched off', async () => {
    expect(await onLead(lookup(true))).toEqual(['The embedded org does not support active lookup filters']);
    expect(await onLead(lookup(false))).toEqual([]);
  });

  it('settings, by name and by wildcard', async () => {
    const files = { 'settings/Lead.settings': xml('LeadSettings', '<enableNonsense>true</enableNonsense>') };
    const problem = 'The embedded org does not support Settings';
    expect(await problems({ Settings: ['Lead'] }, files)).toEqual([problem]);
    expect(await problems({ Settings: ['*'] }, files)).toEqual([problem]);
  });

  it('custom settings', async () => {
    const content = '<label>Game</label><customSettingsType>Hierarchy</customSettingsType>';
    const files = { 'objects/Game__c.object': xml('CustomObject', content) };
    expect(await problems({ CustomObject: ['Game__c'] }, files)).toEqual([
      'The embedded org does not support custom settings',
    ]);
  });

  it('labels, and components that ask for one', async () => {
    const files = {
      'labels/CustomLabels.labels': xml('CustomLabels', ''),
      'lwc/gameCard/gameCard.js': "import title from '@salesforce/label/c.Title';\nexport default title;",
      'lwc/gameCard/gameCard.js-meta.xml': xml('LightningComponentBundle', '<apiVersion>66.0</apiVersion>'),
    };
    expect(await problems({ CustomLabels: ['CustomLabels'], LightningComponentBundle: ['gameCard'] }, files)).toEqual([
      'The embedded org does not support CustomLabels',
      'Invalid reference c.Title of type label in file gameCard.js',
    ]);
  });

  it('a record type with a process or a picklist that is not there', async () => {
    const type = (more: string) =>
      `<recordTypes><fullName>Inbound</fullName><active>true</active><label>Inbound</label>${more}</recordTypes>`;
    expect(await onLead(type('<businessProcess>Nope</businessProcess>'))).toEqual([
      'In field: businessProcess - no BusinessProcess named Lead.Nope found',
    ]);
    const values = '<values><fullName>A</fullName></values>';
    expect(await onLead(type(`<picklistValues><picklist>Nope__c</picklist>${values}</picklistValues>`))).toEqual([
      'Picklist: Nope__c not found in object: Lead',
    ]);
    const process =
      '<businessProcesses><fullName>Short</fullName><isActive>true</isActive><values><fullName>Open</fullName></values></businessProcesses>';
    expect(await onLead(process + type('<businessProcess>Short</businessProcess>'))).toEqual([]);
    expect(test.query('SELECT DeveloperName, SobjectType FROM RecordType')).toEqual([
      { DeveloperName: 'Inbound', SobjectType: 'Lead' },
    ]);
  });

  it.each([
    ['View All Fields', '<viewAllFields>true</viewAllFields>', 'The embedded org does not support viewAllFields'],
    ['a misspelt right', '<allowReed>true</allowReed>', '}allowReed invalid at this location in type PermissionSet'],
  ])('a permission set with %s', async (_title, right, problem) => {
    const content = READ_OPPORTUNITIES.replace('<object>', `${right}<object>`);
    expect((await set(content)).join()).toContain(problem);
  });

  it.each([
    [
      'recordTypeVisibilities',
      '<recordType>Lead.Nope</recordType><visible>true</visible>',
      'RecordType named Lead.Nope',
    ],
    ['customMetadataTypeAccesses', '<enabled>true</enabled><name>Nope__mdt</name>', 'CustomObject named Nope__mdt'],
    [
      'externalDataSourceAccesses',
      '<enabled>true</enabled><externalDataSource>Nope</externalDataSource>',
      'ExternalDataSource named Nope',
    ],
  ])('a permission set with %s of what is not there', async (list, content, missing) => {
    expect((await set(`<${list}>${content}</${list}>`)).join()).toContain(`no ${missing} found`);
  });
});

describe('a session-based permission set', () => {
  const SESSION = '<hasActivationRequired>true</hasActivationRequired>';

  it('gives ordinary sessions nothing: no object, no custom permission, no record type', async () => {
    await problems(
      { CustomPermission: ['Play'], CustomObject: ['Lead'] },
      {
        'customPermissions/Play.customPermission': xml('CustomPermission', '<label>Play</label>'),
        'objects/Lead.object': xml(
          'CustomObject',
          '<recordTypes><fullName>Inbound</fullName><active>true</active><label>Inbound</label></recordTypes>',
        ),
      },
    );
    const grants = `<customPermissions><enabled>true</enabled><name>Play</name></customPermissions>${READ_OPPORTUNITIES}
      <recordTypeVisibilities><recordType>Lead.Inbound</recordType><visible>true</visible></recordTypeVisibilities>
      <userPermissions><enabled>true</enabled><name>ViewAllData</name></userPermissions>`;
    expect(await set(grants + SESSION)).toEqual([]);
    expect(test.query("SELECT Type, HasActivationRequired FROM PermissionSet WHERE Name = 'Player'")).toEqual([
      { Type: 'Session', HasActivationRequired: true },
    ]);
    const user = test.createUser('Ames', 'Standard User', ['Player']);
    const inbound = test.query('SELECT Id FROM RecordType')[0]?.['Id'];
    const rights = () => {
      const { access } = test.org.user(user.userId);
      return [access.object('Opportunity').viewAll, access.custom('Play'), access.system('ViewAllData')];
    };
    const typed = { LastName: 'Borealis', Company: 'Acme', RecordTypeId: inbound };
    expect(rights()).toEqual([false, false, false]);
    expect(test.insert('Lead', typed, test.org.user(user.userId)).success).toBe(false);
    expect(await set(grants)).toEqual([]);
    expect(rights()).toEqual([true, true, true]);
    expect(test.insert('Lead', typed, test.org.user(user.userId)).success).toBe(true);
    expect(test.query("SELECT Type FROM PermissionSet WHERE Name = 'Player'")).toEqual([{ Type: 'Regular' }]);
  });
});

describe('a permission set of a licence', () => {
  const LICENCE = '<license>Salesforce Integration</license>';

  it('is assigned to users of that licence only', async () => {
    expect(await set(LICENCE)).toEqual([]);
    expect(test.query("SELECT License.Name FROM PermissionSet WHERE Name = 'Player'")).toMatchObject([
      { License: { Name: 'Salesforce Integration' } },
    ]);
    const [permissionSet] = test.query("SELECT Id FROM PermissionSet WHERE Name = 'Player'");
    const assign = (userId: string) =>
      test.insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: permissionSet?.['Id'] });
    const service = test.createUser('Service', 'Minimum Access - API Only Integrations');
    expect(assign(service.userId).success).toBe(true);
    const rep = test.createUser('Rep');
    expect(assign(rep.userId).errors).toMatchObject([
      {
        statusCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: "Can't assign permission set Player to user rep@northwind.example. The user license doesn't match.",
      },
    ]);
  });

  it('is refused when the org has no such licence, and keeps the one it has', async () => {
    expect(await set('<license>Nope</license>')).toEqual(['In field: license - no UserLicense named Nope found']);
    expect(await set('')).toEqual([]);
    expect(await set(LICENCE)).toEqual(["You can't change the license of a permission set after it's been created."]);
  });
});
