import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { addUser, connect, startTestOrg, type TestOrg } from '../wire/running-org.ts';
import { ChangeListener, select } from './change-listener.ts';

const HOURS = 60 * 60 * 1000;
const INVALID_REPLAY = (id: number): string =>
  `400::The replayId {${id}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;

async function createLead(org: TestOrg, LastName: string): Promise<string> {
  const { id } = await org.connection.sobject('Lead').create({ LastName, Company: 'Engine Works' });
  return String(id);
}

const namesOf = (listener: ChangeListener): readonly unknown[] =>
  listener.heard.map(({ payload }) => (payload['Name'] as { LastName?: string } | undefined)?.LastName);

/** One Bayeux message by bare HTTP, and the reply to it. */
async function bayeux(
  org: TestOrg,
  message: object,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify([message]),
  };
  const [reply] = (await (await org.call('/cometd/68.0', init)).json()) as Record<string, unknown>[];
  return reply ?? {};
}

const HANDSHAKE = { channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'] };

describe('replay', () => {
  it('goes on behind the given event, from all that is kept with -2, and from now with -1', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await createLead(org, 'One');
    await createLead(org, 'Two');
    await using all = await ChangeListener.open(org.connection, '/data/LeadChangeEvent', -2);
    const [first] = await all.hears(2);
    await using later = await ChangeListener.open(org.connection, '/data/LeadChangeEvent', first?.event.replayId);
    await using fresh = await ChangeListener.open(org.connection, '/data/LeadChangeEvent', -1);
    await createLead(org, 'Three');
    await all.hears(3);
    await later.hears(2);
    await fresh.hears(1);
    expect([namesOf(all), namesOf(later), namesOf(fresh)]).toEqual([
      ['One', 'Two', 'Three'],
      ['Two', 'Three'],
      ['Three'],
    ]);
  });

  it('refuses an id that was never given and one older than 72 hours', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await createLead(org, 'Old');
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent', -2);
    const [old] = await listener.hears(1);
    const id = old?.event.replayId ?? 0;
    await expect(ChangeListener.open(org.connection, '/data/LeadChangeEvent', 987_654)).rejects.toMatchObject({
      message: INVALID_REPLAY(987_654),
    });
    await org.send('POST', '/services/embedded/clock', { advance: 73 * HOURS });
    const connection = connect(
      org.instanceUrl,
      org.sessions.create(org.org.findUserByUsername(org.username)?.userId ?? ''),
    );
    await expect(ChangeListener.open(connection, '/data/LeadChangeEvent', id)).rejects.toMatchObject({
      message: INVALID_REPLAY(id),
    });
  });

  it('brings more events than go into one answer, all of them in order', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    const rows = Array.from({ length: 250 }, (_, i) => ({ LastName: `Lead ${i}`, Company: 'Engine Works' }));
    org.org.insert(org.org.system(), 'Lead', rows, { allOrNone: true, autoAssign: false, apiVersion: 68 });
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent', -2);
    await listener.hears(250);
    expect(namesOf(listener)).toEqual(rows.map(({ LastName }) => LastName));
  });

  it('survives a restart of the org, ids growing on', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'accord-streaming-'));
    try {
      let last = 0;
      {
        await using org = await startTestOrg({ dataDir });
        await select(org, 'Lead');
        await createLead(org, 'Before');
        await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent', -2);
        last = (await listener.hears(1))[0]?.event.replayId ?? 0;
        await createLead(org, 'Unheard');
      }
      await using org = await startTestOrg({ dataDir });
      await createLead(org, 'After');
      await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent', last);
      await listener.hears(2);
      expect(namesOf(listener)).toEqual(['Unheard', 'After']);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('a subscription', () => {
  it.each([
    '/topic/LeadUpdates',
    '/u/Broadcast',
    '/event/Wish__e',
    '/data/NothingChangeEvent',
    '/data/Gone__chn',
    '/data/*',
  ])('to %s is refused: there is no such channel', async (channel) => {
    await using org = await startTestOrg();
    await expect(ChangeListener.open(org.connection, channel)).rejects.toMatchObject({
      message: `400::The channel you requested to subscribe to does not exist {${channel}}`,
    });
  });

  it('to one object takes the right to view all its records; the channel of all gives what each may hear', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    const rep = connect(org.instanceUrl, org.sessions.create(addUser(org, 'rep@northwind.example')));
    await expect(ChangeListener.open(rep, '/data/LeadChangeEvent')).rejects.toMatchObject({
      code: 403,
      message: 'User not allowed to subscribe CDC without View All Data permissions',
    });
    await createLead(org, 'Secret');
    await using ofRep = await ChangeListener.open(rep, '/data/ChangeEvents', -2);
    await using ofAdmin = await ChangeListener.open(org.connection, '/data/ChangeEvents', -2);
    await ofAdmin.hears(1);
    expect(namesOf(ofRep)).toEqual([]);
  });

  it('hides fields that the subscriber may not read', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    const profileId = org.org.cloneProfile('System Administrator', 'Blind administrator');
    org.org.setProfileFieldAccess(profileId, 'Lead.Rating', { read: false, edit: false });
    const userId = addUser(org, 'blind@northwind.example', 'Blind administrator');
    await using listener = await ChangeListener.open(
      connect(org.instanceUrl, org.sessions.create(userId)),
      '/data/LeadChangeEvent',
    );
    const id = await createLead(org, 'Rated');
    await org.connection.sobject('Lead').update({ Id: id, Rating: 'Hot', Industry: 'Banking' });
    const heard = await listener.hears(2);
    expect(heard[1]?.payload).not.toHaveProperty('Rating');
    expect(heard[1]?.payload).toHaveProperty('Industry', 'Banking');
    expect(heard[1]?.payload.ChangeEventHeader.changedFields).not.toContain('Rating');
  });

  it('stops when the events of the day are used up, and goes on where it was another day', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    await org.send('POST', '/services/embedded/limits', { DailyDeliveredPlatformEvents: { max: 2 } });
    await using listener = await ChangeListener.open(org.connection, '/data/LeadChangeEvent');
    for (const name of ['One', 'Two', 'Three']) await createLead(org, name);
    await listener.hears(2);
    await eventually(
      async () => listener.authFailures,
      (failures) => failures.length > 0,
    );
    expect(listener.authFailures[0]).toMatchObject({
      channel: '/meta/connect',
      error: '403::Organization total events daily limit exceeded',
    });
    const limits = (await org.send('GET', 'limits')).body;
    expect(limits).toMatchObject({ DailyDeliveredPlatformEvents: { Max: 2, Remaining: 0 } });
    await org.send('POST', '/services/embedded/limits', { DailyDeliveredPlatformEvents: { max: 10 } });
    await using again = await ChangeListener.open(
      org.connection,
      '/data/LeadChangeEvent',
      listener.heard[1]?.event.replayId,
    );
    await again.hears(1);
    expect(namesOf(again)).toEqual(['Three']);
  });
});

describe('authentication', () => {
  it('is asked for in the handshake, and jsforce hears why it failed', async () => {
    await using org = await startTestOrg();
    await using listener = ChangeListener.begin(connect(org.instanceUrl, 'no-such-token'), '/data/ChangeEvents');
    await eventually(
      async () => listener.authFailures,
      (failures) => failures.length > 0,
    );
    expect(listener.authFailures[0]).toMatchObject({
      channel: '/meta/handshake',
      error: '403::Handshake denied',
      successful: false,
      advice: { reconnect: 'none' },
      ext: { replay: true, sfdc: { failureReason: '401::Authentication invalid' } },
    });
  });

  it('is looked at again while a client is connected', async () => {
    await using org = await startTestOrg();
    const token = org.sessions.create(org.org.findUserByUsername(org.username)?.userId ?? '');
    await using listener = await ChangeListener.open(connect(org.instanceUrl, token), '/data/ChangeEvents');
    org.sessions.revoke(token);
    await eventually(
      async () => listener.authFailures,
      (failures) => failures.length > 0,
    );
    expect(listener.authFailures[0]).toMatchObject({
      channel: '/meta/connect',
      error: '401::Authentication invalid',
      advice: { reconnect: 'none' },
    });
  });
});

describe('the protocol', () => {
  it('wants a version in the address, and a known one', async () => {
    await using org = await startTestOrg();
    const reasonAt = async (path: string): Promise<unknown> => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(HANDSHAKE) };
      const [reply] = (await (await org.call(path, init)).json()) as { ext: { sfdc?: { failureReason: string } } }[];
      return reply?.ext.sfdc?.failureReason;
    };
    expect(await reasonAt('/cometd')).toBe("400::API version in the URI is mandatory. URI format: '/cometd/68.0'");
    expect(await reasonAt('/cometd/22.0')).toMatch(/^400::Unsupported API version\./);
    expect(await reasonAt('/cometd/68.0/handshake')).toBeUndefined();
    expect(await reasonAt('//cometd/replay/50.0')).toBeUndefined();
  });

  it('lets no client publish, nor act for another', async () => {
    await using org = await startTestOrg();
    const { clientId } = await bayeux(org, HANDSHAKE);
    const publish = { channel: '/data/LeadChangeEvent', data: {}, clientId };
    expect(await bayeux(org, publish)).toMatchObject({ successful: false, error: expect.stringMatching(/^403/) });
    const token = org.sessions.create(addUser(org, 'rep@northwind.example'));
    const connecting = { channel: '/meta/connect', clientId, connectionType: 'long-polling' };
    expect(await bayeux(org, connecting, { authorization: `OAuth ${token}` })).toMatchObject({
      error: '403::Unknown client',
      successful: false,
      advice: { reconnect: 'handshake' },
    });
    expect(await bayeux(org, { ...connecting, clientId: 'nobody' })).toMatchObject({ error: '403::Unknown client' });
  });

  it('refuses more clients at a time than the org may have', async () => {
    await using org = await startTestOrg();
    await org.send('POST', '/services/embedded/limits', { DurableStreamingApiConcurrentClients: { max: 1 } });
    const first = await bayeux(org, HANDSHAKE);
    expect(first['successful']).toBe(true);
    expect(await bayeux(org, HANDSHAKE)).toMatchObject({
      error: '403::Handshake denied',
      ext: { sfdc: { failureReason: '403::Organization concurrent user limit exceeded' } },
    });
    await bayeux(org, { channel: '/meta/disconnect', clientId: first['clientId'] });
    expect((await bayeux(org, HANDSHAKE))['successful']).toBe(true);
  });

  it('answers bodies that are no Bayeux messages without falling over', async () => {
    await using org = await startTestOrg();
    for (const body of [
      'null',
      '[]',
      '[1,null,"x"]',
      '{"channel":5}',
      '{"channel":"/meta/connect"}',
      '{"channel":"/meta/subscribe","subscription":[{}]}',
    ]) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      expect((await org.call('/cometd/68.0', init)).status).toBe(200);
    }
  });
});
