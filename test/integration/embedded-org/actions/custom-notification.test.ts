import { describe, expect, it } from 'vitest';
import { DEPLOY, packageXml, xml, zipOf } from '../../../support/test-org.ts';
import { insertRow } from '../../../support/org-people.ts';
import { addUser, connect, startTestOrg, type TestOrg } from '../wire/running-org.ts';

const PATH = '/services/data/v60.0/actions/standard/customNotificationAction';

type Result = { readonly isSuccess: boolean; readonly errors: readonly { statusCode: string }[] | null };

/** Deploys a type and returns its id as a client finds it. */
async function deployType(org: TestOrg): Promise<string> {
  const definition =
    '<customNotifTypeName>Breach</customNotifTypeName><desktop>true</desktop><masterLabel>Breach</masterLabel><mobile>false</mobile>';
  const zip = await zipOf({
    'package.xml': packageXml({ CustomNotificationType: ['Breach'] }),
    'notificationtypes/Breach.notiftype': xml('CustomNotificationType', definition),
  });
  await org.org.deploy(org.org.system(), zip, DEPLOY);
  const { records } = await org.connection.query(
    "SELECT Id FROM CustomNotificationType WHERE DeveloperName = 'Breach'",
  );
  return String(records[0]?.Id);
}

async function send(org: TestOrg, inputs: readonly object[]): Promise<unknown[]> {
  const { body } = await org.send('POST', PATH, { inputs });
  return (body as Result[]).map(({ errors }) => errors?.[0]?.statusCode ?? 'sent');
}

const sent = async (org: TestOrg): Promise<unknown> =>
  ((await org.send('GET', '/services/embedded/outbox')).body as { notifications: unknown }).notifications;

describe('customNotificationAction', () => {
  it('notifies users with unmodified jsforce, members of a queue among them', async () => {
    await using org = await startTestOrg();
    const system = org.org.system();
    const [one, two] = [addUser(org, 'one@northwind.example'), addUser(org, 'two@northwind.example')];
    const queue = insertRow(org.org, system, 'Group', { Name: 'Inbound', DeveloperName: 'Inbound', Type: 'Queue' });
    insertRow(org.org, system, 'GroupMember', { GroupId: queue, UserOrGroupId: two });
    const lead = insertRow(org.org, system, 'Lead', { LastName: 'Lovelace', Company: 'Engine' });
    const customNotifTypeId = await deployType(org);
    const answer = await org.connection.requestPost('/actions/standard/customNotificationAction', {
      inputs: [{ customNotifTypeId, recipientIds: [one, queue], title: 'Due', body: 'Call now', targetId: lead }],
    });
    expect(answer).toMatchObject([
      {
        actionName: 'customNotificationAction',
        isSuccess: true,
        errors: null,
        outputValues: { SuccessMessage: expect.any(String) },
      },
    ]);
    expect(await sent(org)).toMatchObject([
      { recipients: [one, two], title: 'Due', body: 'Call now', targetId: lead, customNotifTypeId },
    ]);
  });

  it('is unknown to a user who may not send notifications', async () => {
    await using org = await startTestOrg();
    const rep = connect(org.instanceUrl, org.sessions.create(addUser(org, 'rep@northwind.example')));
    await expect(rep.requestPost('/actions/standard/customNotificationAction', { inputs: [{}] })).rejects.toMatchObject(
      {
        errorCode: 'NOT_FOUND',
        message: 'Invalid Action Type: customNotificationAction',
      },
    );
  });

  it('refuses what is unknown, missing or too long, input by input', async () => {
    await using org = await startTestOrg();
    const user = addUser(org, 'one@northwind.example');
    const good = {
      customNotifTypeId: await deployType(org),
      recipientIds: [user],
      title: 'Due',
      body: 'Call',
      targetId: user,
    };
    const { targetId: _targetId, ...aimless } = good;
    const { body: _body, ...mute } = good;
    expect(
      await send(org, [
        { ...good, customNotifTypeId: '0ML000000000001' },
        { ...good, recipientIds: ['005000000000001'] },
        { ...good, recipientIds: Array.from({ length: 501 }, () => user) },
        { ...good, targetId: '00Q000000000001' },
        { ...good, title: 'x'.repeat(251) },
        { ...good, body: 'x'.repeat(751) },
        { ...aimless, targetPageRef: 'nowhere' },
        aimless,
        mute,
        { ...aimless, targetPageRef: '{"type":"standard__namedPage","attributes":{"pageName":"home"}}' },
      ]),
    ).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'LIMIT_EXCEEDED',
      'INVALID_INPUT',
      'STRING_TOO_LONG',
      'STRING_TOO_LONG',
      'INVALID_INPUT',
      'MISSING_ARGUMENT',
      'MISSING_ARGUMENT',
      'sent',
    ]);
    expect(await sent(org)).toHaveLength(1);
  });

  it('stops at so many an hour, by the clock of the org', async () => {
    await using org = await startTestOrg();
    const user = addUser(org, 'one@northwind.example');
    await org.send('POST', '/services/embedded/config', { notificationsPerHour: 2 });
    const good = { customNotifTypeId: await deployType(org), recipientIds: [user], body: 'Call', targetId: user };
    expect(await send(org, [good, good, good])).toEqual(['sent', 'sent', 'LIMIT_EXCEEDED']);
    await org.send('POST', '/services/embedded/clock', { advance: 61 * 60 * 1000 });
    expect(await send(org, [good])).toEqual(['sent']);
  });
});
