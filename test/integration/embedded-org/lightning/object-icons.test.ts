import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFiles, METADATA } from '../ui-api/deploy-files.ts';
import { startTestOrg, type TestOrg } from '../wire/running-org.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await startTestOrg();
  const nameField = '<nameField><label>Game Name</label><type>Text</type></nameField>';
  const set = `<PermissionSet ${METADATA}><label>Games</label>
    <applicationVisibilities><application>Play</application><visible>true</visible></applicationVisibilities></PermissionSet>`;
  const files = {
    'objects/Game__c.object': `<CustomObject ${METADATA}><label>Game</label><pluralLabel>Games</pluralLabel>${nameField}
      <sharingModel>ReadWrite</sharingModel></CustomObject>`,
    'tabs/Game__c.tab': `<CustomTab ${METADATA}><customObject>true</customObject><motif>Custom18: Form</motif></CustomTab>`,
    'applications/Play.app': `<CustomApplication ${METADATA}><label>Play</label><navType>Standard</navType>
      <tabs>standard-Lead</tabs><tabs>Game__c</tabs><uiType>Lightning</uiType></CustomApplication>`,
    'permissionsets/Games.permissionset': set,
  };
  await deployFiles(org.org, files, {
    CustomObject: ['Game__c'],
    CustomTab: ['Game__c'],
    CustomApplication: ['Play'],
    PermissionSet: ['Games'],
  });
  const { records } = await org.connection.query("SELECT Id FROM PermissionSet WHERE Name = 'Games'");
  const AssigneeId = (await org.connection.identity()).user_id;
  await org.connection
    .sobject('PermissionSetAssignment')
    .create({ AssigneeId, PermissionSetId: String(records[0]?.Id) });
});
afterAll(() => org[Symbol.asyncDispose]());

const open = async (path: string): Promise<string> => {
  const session = org.sessions.create((await org.connection.identity()).user_id);
  const answer = await fetch(org.instanceUrl + path, { headers: { cookie: `sid=${session}` } });
  expect(answer.status).toBe(200);
  return answer.text();
};

it.each([
  ['/lightning/o/Game__c/list', 'custom-custom18'],
  ['/lightning/o/Lead/list', 'standard-lead'],
  ['/lightning/page/home', 'custom-custom18'],
])('%s shows the icon of the object, of a custom one by the motif of its tab', async (path, icon) => {
  const text = await open(path);
  expect(text).toContain(`<symbol id="icon-${icon}"`);
  expect(text).toContain(`slds-icon_container slds-icon-${icon}"`);
  expect(text).toContain(`href="#icon-${icon}"`);
});
