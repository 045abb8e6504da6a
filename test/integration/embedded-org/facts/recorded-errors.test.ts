import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE, startTestOrg, type TestOrg } from '../wire/running-org.ts';

// Bodies that real orgs answered with, each with where it was published.

const HINT = (what: string, name: string): string =>
  `If you are attempting to use a custom ${what}, be sure to append the '__c' after the ${name} name. ` +
  'Please reference your WSDL or the describe call for the appropriate names.';

let org: TestOrg;
let leadId: string;

beforeAll(async () => {
  org = await startTestOrg();
  const { id } = await org.connection.sobject('Lead').create({ LastName: 'Ames', Company: 'Acme' });
  leadId = String(id);
});

afterAll(() => org?.[Symbol.asyncDispose]());

const query = (soql: string) => org.send('GET', `query?q=${encodeURIComponent(soql)}`);

describe('a query is refused as real orgs refuse it', () => {
  it('for an object that does not exist (elasticio/salesforce-component-v2, spec of its query trigger)', async () => {
    const message =
      '\nSELECT Id FROM Contact123\n               ^\nERROR at Row:1:Column:16\n' +
      `sObject type 'Contact123' is not supported. ${HINT('object', 'entity')}`;
    expect(await query('SELECT Id FROM Contact123')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE', message }],
    });
  });

  it('for a field that does not exist, with the caret below it (an error of a real org, published in 2026)', async () => {
    const message =
      '\nSELECT Id, ApiName, Status FROM Profile\n           ^\nERROR at Row:1:Column:12\n' +
      `No such column 'ApiName' on entity 'Profile'. ${HINT('field', 'custom field')}`;
    expect(await query('SELECT Id, ApiName, Status FROM Profile')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD', message }],
    });
  });
});

describe('a request is refused as real orgs refuse it', () => {
  it('for an external id field that does not exist (readme of omniphx/forrest, recorded in 2014)', async () => {
    const message = 'Provided external ID field does not exist or is not accessible: 001i000000xxx';
    expect(await org.send('PATCH', 'sobjects/Account/001i000000xxx', { Phone: '555' })).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message }],
    });
  });

  it('for an id in a lookup that is too short (springml/salesforce-wave-api, AddTaskResponse)', async () => {
    const refused = await org.send('POST', 'sobjects/Task', { Subject: 'Call', WhatId: '006B000002nBrQ' });
    expect(refused).toMatchObject({ status: 400, body: [{ errorCode: 'MALFORMED_ID', fields: ['WhatId'] }] });
    const [error] = refused.body as { message: string }[];
    expect(error?.message).toBe('Related To ID: id value of incorrect type: 006B000002nBrQ');
  });

  it('for a malformed id in a collection (restforce, spec of its composite reads)', async () => {
    expect(await org.send('GET', 'composite/sobjects/Lead?ids=00Qxx&fields=Id')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'MALFORMED_ID', message: 'malformed id 00Qxx' }],
    });
  });

  it('for an expired session, in REST and in Bulk 2.0, so that clients renew it (jsforce, HttpApi and BulkApiV2)', async () => {
    const expired = { authorization: 'Bearer 00D000000000001!AQexpired' };
    for (const path of ['limits', 'jobs/query', 'composite/sobjects/Lead?ids=1&fields=Id']) {
      expect(await org.send('GET', path, undefined, expired)).toMatchObject({
        status: 401,
        body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
      });
    }
  });

  it('for a body that is missing (message of a tool call of a real org, published in 2026)', async () => {
    expect(await org.send('POST', 'sobjects/Lead')).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: 'JSON_PARSER_ERROR',
          message: 'The HTTP entity body is required, but this request has no entity body.',
        },
      ],
    });
  });

  it('for a used-up day (Salesforce help, “API requests limit”)', async () => {
    await org.send('POST', '/services/embedded/limits', { DailyApiRequests: { max: 10, used: 10 } });
    const refused = await org.call(`${BASE}/limits`);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual([
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
    await org.send('POST', '/services/embedded/limits', { DailyApiRequests: { max: 15_000, used: 0 } });
  });

  it('for a missing required field and a deleted record (REST API Developer Guide, error responses)', async () => {
    expect(await org.send('POST', 'sobjects/Lead', { Company: 'Acme' })).toEqual(
      expect.objectContaining({
        status: 400,
        body: [
          {
            message: 'Required fields are missing: [LastName]',
            errorCode: 'REQUIRED_FIELD_MISSING',
            fields: ['LastName'],
          },
        ],
      }),
    );
    await org.send('DELETE', `sobjects/Lead/${leadId}`);
    expect(await org.send('DELETE', `sobjects/Lead/${leadId}`)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }],
    });
  });
});
