import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startTestOrg } from '../wire/running-org.ts';
import { select } from './change-listener.ts';

const HANDSHAKE = { channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'] };

const channel = fc.constantFrom(
  '/meta/subscribe',
  '/meta/unsubscribe',
  '/meta/connect',
  '/meta/x',
  '/data/LeadChangeEvent',
  '/',
  '',
);
const message = fc.record(
  {
    channel: fc.oneof(channel, fc.string()),
    subscription: fc.oneof(fc.constantFrom('/data/ChangeEvents', '/data/LeadChangeEvent'), fc.jsonValue()),
    ext: fc.oneof(
      fc.record({ replay: fc.dictionary(fc.constant('/data/ChangeEvents'), fc.jsonValue()) }),
      fc.jsonValue(),
    ),
    connectionType: fc.oneof(fc.constant('long-polling'), fc.jsonValue()),
    data: fc.jsonValue(),
    id: fc.jsonValue(),
  },
  { requiredKeys: ['channel'] },
);

describe('the streaming server', () => {
  it('answers every connect of a request that holds several', async () => {
    await using org = await startTestOrg();
    const post = async (body: unknown): Promise<{ clientId: string; successful: boolean }[]> => {
      const headers = { 'content-type': 'application/json' };
      const response = await org.call('/cometd/68.0', { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as { clientId: string; successful: boolean }[];
    };
    const [shaken] = await post([HANDSHAKE]);
    const connect = { channel: '/meta/connect', clientId: shaken?.clientId, connectionType: 'long-polling' };
    const answers = await post([{ ...connect, advice: { timeout: 0 } }, connect]);
    expect(answers.filter(({ successful }) => successful)).toHaveLength(1);
    expect(answers).toHaveLength(2);
  });

  it('answers whatever a client sends, and goes on delivering', async () => {
    await using org = await startTestOrg();
    await select(org, 'Lead');
    const post = async (body: unknown): Promise<Response> =>
      org.call('/cometd/68.0', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const [{ clientId }] = (await (await post([HANDSHAKE])).json()) as [{ clientId: string }];
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 3 }), async (messages) => {
        // A connect with nothing to wait for, or every run would take the connect's whole time.
        const sent = messages.map((each) => ({ ...each, clientId, advice: { timeout: 0 } }));
        const response = await post(sent);
        expect(response.status).toBe(200);
        expect(await response.json()).toBeInstanceOf(Array);
      }),
      { numRuns: 150 },
    );
    expect(org.faults).toEqual([]);
    const subscribing = { channel: '/meta/subscribe', clientId, subscription: '/data/ChangeEvents' };
    expect(await (await post([subscribing])).json()).toMatchObject([{ successful: true }]);
    await org.connection.sobject('Lead').create({ LastName: 'Lovelace', Company: 'Engine' });
    const replies = await (await post([{ channel: '/meta/connect', clientId, connectionType: 'long-polling' }])).json();
    expect(JSON.stringify(replies)).toContain('Lovelace');
  });
});
