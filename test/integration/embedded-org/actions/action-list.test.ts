import { describe, expect, it } from 'vitest';
import { connect, startTestOrg } from '../wire/running-org.ts';

describe('the list of actions', () => {
  it('has what the org can do, and an unknown action is none', async () => {
    await using org = await startTestOrg();
    expect((await org.send('GET', 'actions')).body).toEqual({
      custom: '/services/data/v68.0/actions/custom',
      standard: '/services/data/v68.0/actions/standard',
    });
    const { body } = await org.send('GET', 'actions/standard');
    expect((body as { actions: { name: string }[] }).actions.map(({ name }) => name)).toEqual([
      'customNotificationAction',
      'emailSimple',
    ]);
    const unknown = await org.send('POST', 'actions/standard/chatterPost', { inputs: [{}] });
    expect([unknown.status, unknown.body]).toEqual([
      404,
      [{ errorCode: 'NOT_FOUND', message: 'Invalid Action Type: chatterPost' }],
    ]);
    expect((await org.send('GET', 'actions/custom/flow')).body).toEqual({ actions: [] });
    expect((await org.send('POST', 'actions/standard/emailSimple', {})).status).toBe(400);
    expect((await org.send('POST', 'actions/standard/emailSimple', { inputs: [7] })).status).toBe(400);
  });

  it('needs a session', async () => {
    await using org = await startTestOrg();
    await expect(connect(org.instanceUrl, 'none').requestGet('/actions/standard')).rejects.toMatchObject({
      errorCode: 'INVALID_SESSION_ID',
    });
  });
});
