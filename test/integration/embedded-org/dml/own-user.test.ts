import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addUser, connect, startTestOrg, type TestOrg } from '../wire/running-org.ts';

/** jsforce as a rep without administrative rights, with the rep's id. */
function signInRep(org: TestOrg) {
  const id = addUser(org, 'rep@northwind.example');
  return { id, rep: connect(org.instanceUrl, org.sessions.create(id)) };
}

describe('users without Manage Users', () => {
  it('change the personal fields of their own user', async () => {
    await using org = await startTestOrg();
    const { id, rep } = signInRep(org);
    const changes = {
      Phone: '+1 212 555 0100',
      MobilePhone: '+1 212 555 0101',
      Street: '1 Main St',
      Title: 'Account executive',
      AboutMe: 'I answer within the hour.',
      TimeZoneSidKey: 'Europe/London',
      LocaleSidKey: 'en_GB',
      LanguageLocaleKey: 'en_GB',
      EmailEncodingKey: 'ISO-8859-1',
    };
    expect(await rep.sobject('User').update({ Id: id, ...changes })).toMatchObject({ success: true });
    expect(await rep.sobject('User').retrieve(id)).toMatchObject(changes);
  });

  it('may not change what decides who they are and what they may do', async () => {
    await using org = await startTestOrg();
    const { id, rep } = signInRep(org);
    const { ProfileId } = await rep.sobject('User').retrieve(id);
    for (const [field, value] of [
      ['Username', 'boss@northwind.example'],
      ['Email', 'boss@northwind.example'],
      ['SenderEmail', 'boss@northwind.example'],
      ['ProfileId', ProfileId],
      ['UserRoleId', null],
      ['IsActive', false],
      ['UserPermissionsMarketingUser', true],
      ['FederationIdentifier', 'boss'],
    ] as const) {
      await expect(rep.sobject('User').update({ Id: id, [field]: value })).rejects.toMatchObject({
        errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        data: { fields: [field] },
      });
    }
    const { updateable, createable, deletable, fields } = await rep.sobject('User').describe();
    expect([updateable, createable, deletable]).toEqual([true, false, false]);
    const open = fields.filter((field) => field.updateable).map((field) => field.name);
    expect(open).toEqual(expect.arrayContaining(['Phone', 'TimeZoneSidKey']));
    expect(open).not.toContain('ProfileId');
  });

  it('may change nothing of another user, and add none', async () => {
    await using org = await startTestOrg();
    const { rep } = signInRep(org);
    const other = addUser(org, 'other@northwind.example');
    await expect(rep.sobject('User').update({ Id: other, Phone: '1' })).rejects.toMatchObject({
      errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    });
    await expect(rep.sobject('User').create({ LastName: 'New' })).rejects.toMatchObject({
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    });
    const access = 'SELECT RecordId, HasEditAccess, HasDeleteAccess FROM UserRecordAccess';
    const { records } = await rep.query(
      `${access} WHERE UserId = '${(await rep.identity()).user_id}' AND RecordId = '${other}'`,
    );
    expect(records).toMatchObject([{ HasEditAccess: false, HasDeleteAccess: false }]);
  });
});

describe('administrators', () => {
  const profileNamed = async (org: TestOrg, name: string): Promise<string> =>
    String((await org.connection.query(`SELECT Id FROM Profile WHERE Name = '${name}'`)).records[0]?.['Id']);

  const adminId = async (org: TestOrg): Promise<string> => (await org.connection.identity()).user_id;

  it('cannot deactivate themselves, nor take their profile from the last of them', async () => {
    await using org = await startTestOrg();
    const own = `sobjects/User/${await adminId(org)}`;
    expect(await org.send('PATCH', own, { IsActive: false })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['IsActive'] }],
    });
    const ProfileId = await profileNamed(org, 'Standard User');
    expect(await org.send('PATCH', own, { ProfileId })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'CANNOT_DISABLE_LAST_ADMIN', fields: ['ProfileId'] }],
    });
    expect((await org.send('PATCH', own, { FirstName: 'Ada', IsActive: true })).status).toBe(204);
  });

  it('let another one open the org once the first is gone', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'org-'));
    try {
      {
        await using org = await startTestOrg({ dataDir });
        const first = await adminId(org);
        const second = org.sessions.create(addUser(org, 'second@accord.example', 'System Administrator'));
        const headers = { authorization: `Bearer ${second}` };
        expect((await org.send('PATCH', `sobjects/User/${first}`, { IsActive: false }, headers)).status).toBe(204);
      }
      await using org = await startTestOrg({ dataDir });
      expect((await org.connection.identity()).username).toBe('second@accord.example');
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('are needed to open the org, which says what to do without one', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'org-'));
    try {
      {
        await using org = await startTestOrg({ dataDir });
        org.org.core.db.exec(`update "User" set "IsActive" = 0`);
      }
      await expect(startTestOrg({ dataDir })).rejects.toThrow('Start it with another data folder');
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
