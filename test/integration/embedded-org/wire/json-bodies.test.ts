import { describe, expect, it } from 'vitest';
import { BASE, startTestOrg, type TestOrg } from './running-org.ts';

const post = (org: TestOrg, body: Uint8Array<ArrayBuffer> | string, type = 'application/json'): Promise<Response> =>
  org.call(`${BASE}/sobjects/Lead`, { method: 'POST', body, headers: { 'content-type': type } });

describe('a JSON body', () => {
  it('is stored as it was meant, or refused, whatever its character set', async () => {
    await using org = await startTestOrg();
    const latin = new Uint8Array(Buffer.from('{"LastName":"K\u00f6hler","Company":"Acme"}', 'latin1'));
    const stored = await post(org, latin, 'application/json; charset=ISO-8859-1');
    expect(stored.status).toBe(201);
    const utf8 = await post(org, latin);
    expect({ status: utf8.status, body: await utf8.json() }).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    const unknown = await post(org, latin, 'application/json; charset=klingon');
    expect({ status: unknown.status, body: await unknown.json() }).toMatchObject({
      status: 415,
      body: [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }],
    });
    const { records } = await org.connection.query('SELECT LastName FROM Lead');
    expect(records.map((each) => each['LastName'])).toEqual(['K\u00f6hler']);
  });

  it('that is no object is told apart from one that is missing', async () => {
    await using org = await startTestOrg();
    const refusals = [
      ['[{"LastName":"Ames","Company":"Acme"}]', 'Cannot deserialize instance of object from START_ARRAY value'],
      ['"Ames"', 'Cannot deserialize instance of object from VALUE_STRING value'],
      ['1.5', 'Cannot deserialize instance of object from VALUE_NUMBER_FLOAT value'],
      ['true', 'Cannot deserialize instance of object from VALUE_TRUE value'],
      ['', 'The HTTP entity body is required, but this request has no entity body.'],
    ] as const;
    for (const [body, message] of refusals) {
      const answer = await post(org, body);
      expect([answer.status, await answer.json()]).toEqual([400, [{ errorCode: 'JSON_PARSER_ERROR', message }]]);
    }
  });
});
