import { describe, expect, it } from 'vitest';
import { openTestOrg } from '../../../support/test-org.ts';
import { startTestOrg } from '../wire/running-org.ts';

describe('an account', () => {
  it('stays while one of its opportunities is won, and so do they (recorded answer of a composite batch)', async () => {
    await using org = await startTestOrg();
    const { connection } = org;
    const create = async (objectName: string, row: object): Promise<string> =>
      String((await connection.sobject(objectName).create(row)).id);
    const account = await create('Account', { Name: 'Edge Communications' });
    const deal = (Name: string, StageName: string) =>
      create('Opportunity', { AccountId: account, Name, StageName, CloseDate: '2026-01-31' });
    const open = await deal('Edge Upgrade', 'Prospecting');
    const won = await deal('Edge SLA', 'Closed Won');
    await deal('Edge Installation', 'Closed Won');
    const remove = (id: string) => connection.sobject('Account').destroy(id);

    await expect(remove(account)).rejects.toMatchObject({
      errorCode: 'DELETE_FAILED',
      message:
        'Your attempt to delete Edge Communications could not be completed because some opportunities in that account ' +
        'were closed won. The opportunities that could not be deleted are shown below.: Edge Installation, Edge SLA\n',
    });
    expect((await connection.query('SELECT Id FROM Opportunity')).totalSize).toBe(3);

    const other = await create('Account', { Name: 'Edge' });
    await connection.sobject('Opportunity').update({ Id: won, AccountId: other });
    const [installation] = (await connection.query("SELECT Id FROM Opportunity WHERE Name = 'Edge Installation'"))
      .records;
    await connection.sobject('Opportunity').update({ Id: String(installation?.Id), StageName: 'Closed Lost' });
    expect(await remove(account)).toMatchObject({ success: true });
    expect((await connection.query('SELECT Id FROM Opportunity')).records).toMatchObject([{ Id: won }]);
    expect((await connection.query(`SELECT Id FROM Opportunity WHERE Id = '${open}'`)).totalSize).toBe(0);
  });

  it('is merged into another with its won opportunities', async () => {
    await using org = await startTestOrg();
    const { connection } = org;
    const [master, loser] = await Promise.all(
      ['Edge', 'Edge Inc'].map(async (Name) => String((await connection.sobject('Account').create({ Name })).id)),
    );
    const deal = { AccountId: loser, Name: 'SLA', StageName: 'Closed Won', CloseDate: '2026-01-31' };
    await connection.sobject('Opportunity').create(deal);
    const system = org.org.system();
    const options = { allOrNone: true, autoAssign: false, apiVersion: 68 };
    const request = { objectName: 'Account', master: { Id: master }, mergedIds: [String(loser)] };
    expect(org.org.mergeRecords(system, request, options).errors).toEqual([]);
    expect((await connection.query('SELECT AccountId FROM Opportunity')).records).toMatchObject([
      { AccountId: master },
    ]);
  });
});

describe('a record that a lookup forbids to delete', () => {
  it('stays, and the refusal names what hangs on it', () => {
    const test = openTestOrg();
    const { schema } = test.org.core;
    const campaign = schema.find('Campaign')!;
    const parent = schema.field(campaign, 'ParentId')!;
    const patron = {
      ...parent,
      name: 'Patron__c',
      custom: true,
      referenceTo: ['Account'],
      relationshipName: 'Patron__r',
      childRelationshipName: 'Patronages__r',
      deleteConstraint: 'Restrict',
    } as const;
    schema.define({ ...campaign, fields: [...campaign.fields, patron] });
    const account = test.create('Account', { Name: 'Acme' });
    for (const Name of ['Fair', 'Webinar']) test.create('Campaign', { Name, Patron__c: account });
    const [refused] = test.org.remove(test.org.system(), [account], {
      allOrNone: false,
      autoAssign: false,
      apiVersion: 68,
    });
    expect(refused?.errors).toEqual([
      {
        statusCode: 'DELETE_FAILED',
        message:
          'Your attempt to delete Acme could not be completed because it is associated with the following ' +
          'campaigns.: Fair, Webinar\n',
        fields: [],
      },
    ]);
    test.org.close();
  });
});

describe('a refused delete', () => {
  const OPTIONS = { allOrNone: false, autoAssign: false, apiVersion: 68 };

  it('names only those of the records in the way that the user may see', () => {
    const test = openTestOrg();
    const { schema } = test.org.core;
    const ann = test.createUser('Ann');
    for (const name of ['Campaign', 'Opportunity']) schema.define({ ...schema.find(name)!, sharingModel: 'Private' });
    const campaign = schema.find('Campaign')!;
    const patron = {
      ...schema.field(campaign, 'ParentId')!,
      name: 'Patron__c',
      custom: true,
      referenceTo: ['Account'],
    };
    const restricted = { ...patron, childRelationshipName: 'Patronages__r', deleteConstraint: 'Restrict' } as const;
    schema.define({ ...campaign, fields: [...campaign.fields, restricted] });
    const [sold, sponsor] = ['Sold', 'Sponsor'].map((Name) => test.create('Account', { Name, OwnerId: ann.userId }));
    const deal = { AccountId: sold, StageName: 'Closed Won', CloseDate: '2026-01-31' };
    test.create('Opportunity', { ...deal, Name: 'Hidden deal' });
    test.create('Opportunity', { ...deal, Name: 'Own deal', OwnerId: ann.userId });
    test.create('Campaign', { Name: 'Hidden fair', Patron__c: sponsor });
    test.create('Campaign', { Name: 'Own fair', Patron__c: sponsor, OwnerId: ann.userId });
    const messages = test.org
      .remove(test.org.user(ann.userId), [String(sold), String(sponsor)], OPTIONS)
      .map(({ errors }) => errors[0]?.message);
    expect(messages).toEqual([expect.stringMatching(/: Own deal\n$/), expect.stringMatching(/: Own fair\n$/)]);
    test.org.close();
  });
});

describe('a role', () => {
  it('stays while users, active or not, or roles are below it', () => {
    const test = openTestOrg();
    const [top, low] = [test.create('UserRole', { Name: 'Top' }), test.create('UserRole', { Name: 'Low' })];
    test.update('UserRole', { Id: low, ParentRoleId: top });
    const user = test.createUser('Ann').userId;
    test.update('User', { Id: user, UserRoleId: low, IsActive: false });
    const options = { allOrNone: true, autoAssign: false, apiVersion: 68 };
    const remove = (id: string) => test.org.remove(test.admin, [id], options)[0]?.errors;
    const refused = (name: string, what: string, names: string) => [
      {
        statusCode: 'DELETE_FAILED',
        message: `Your attempt to delete ${name} could not be completed because it is associated with the following ${what}.: ${names}\n`,
        fields: [],
      },
    ];
    expect(remove(low)).toEqual(refused('Low', 'users', 'ann@northwind.example'));
    expect(remove(top)).toEqual(refused('Top', 'roles', 'Low'));
    test.update('User', { Id: user, UserRoleId: null });
    expect([remove(low), remove(top)]).toEqual([[], []]);
    test.org.close();
  });
});
