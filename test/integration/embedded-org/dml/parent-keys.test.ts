import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, packageXml, type TestOrg, xml } from '../../../support/test-org.ts';

const KEY =
  '<fields><fullName>Key__c</fullName><label>Key</label><type>Text</type><length>40</length><externalId>true</externalId></fields>';

let test: TestOrg;
beforeEach(async () => {
  test = openTestOrg();
  await test.deploy({
    'package.xml': packageXml({ CustomField: ['Account.Key__c'] }),
    'objects/Account.object': xml('CustomObject', KEY),
  });
  return () => test.org.close();
});

/** What became of an opportunity whose account is named so: the account's id, or the message. */
function accountOf(nested: object, user = test.org.system()): unknown {
  const row = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-07-01', Account: nested };
  const { id, errors } = test.insert('Opportunity', row, user);
  if (id === undefined) return errors[0]?.message;
  return test.query(`SELECT AccountId FROM Opportunity WHERE Id = '${id}'`)[0]?.['AccountId'];
}

describe('a parent', () => {
  it('is named by an external id, by Id, and by the fields that the describe calls an idLookup', () => {
    const account = test.create('Account', { Name: 'Acme', Key__c: 'a' });
    expect(accountOf({ Key__c: 'a' })).toBe(account);
    expect(accountOf({ attributes: { type: 'Account' }, Id: account.slice(0, 15) })).toBe(account);
    const contactId = test.create('Contact', { LastName: 'Ames', Email: 'ames@acme.example' });
    const campaignId = test.create('Campaign', { Name: 'Fair' });
    const names = { Campaign: { Name: 'Fair' }, Contact: { Email: 'ames@acme.example' } };
    expect(test.insert('CampaignMember', names).errors).toEqual([]);
    expect(test.query('SELECT CampaignId, ContactId FROM CampaignMember')).toEqual([
      { CampaignId: campaignId, ContactId: contactId },
    ]);
    const owned = test.insert('Campaign', { Name: 'Talk', Owner: { Username: test.admin.username } });
    expect(test.query(`SELECT OwnerId FROM Campaign WHERE Id = '${owned.id}'`)).toEqual([
      { OwnerId: test.admin.userId },
    ]);
  });

  it('is not named by any other field, nor by several', () => {
    test.create('Account', { Name: 'Acme', Phone: '1', Key__c: 'a' });
    for (const name of ['Name', 'Phone', 'OwnerId']) {
      const refusal = `Field name provided, ${name} is not an External ID or indexed field for Account`;
      expect(accountOf({ [name]: '1' })).toBe(refusal);
    }
    expect(accountOf({ Key__c: 'a', Name: 'Acme' })).toBe(
      'More than 1 field provided in an external foreign key reference in entity: Account',
    );
  });

  it('that the user does not see is refused like one that is not there', () => {
    const { schema } = test.org.core;
    schema.define({ ...schema.find('Account')!, sharingModel: 'Private' });
    const rep = test.createUser('Rep');
    test.org.setProfileFieldAccess(rep.profileId, 'Account.Key__c', { read: true, edit: true });
    const own = test.create('Account', { Name: 'Own', Key__c: 'own', OwnerId: rep.userId });
    for (const key of ['private', 'shared', 'shared']) test.create('Account', { Name: 'Acme', Key__c: key });
    const user = test.org.user(rep.userId);
    expect(accountOf({ Key__c: 'own' }, user)).toBe(own);
    for (const key of ['private', 'shared', 'none'])
      expect(accountOf({ Key__c: key }, user)).toBe(
        `Foreign key external ID: ${key} not found for field Key__c in entity Account`,
      );
  });
});
