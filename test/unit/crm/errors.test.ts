import { describe, expect, it } from 'vitest';
import { judgeCode, parseErrors, toNetworkError, toPortError } from '../../../src/crm/errors.ts';

/** Bodies as Salesforce sends them. */
const recorded: readonly [string, number, string, string][] = [
  [
    'an expired session',
    401,
    '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
    'reauthorize',
  ],
  [
    'a used-up daily limit',
    403,
    '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    'limit',
  ],
  [
    'a field that is not there',
    400,
    `[{"message":"\\nSELECT Foo FROM Lead\\n       ^\\nERROR at Row:1:Column:8\\nNo such column 'Foo' on entity 'Lead'.","errorCode":"INVALID_FIELD"}]`,
    'invalid',
  ],
  [
    'an object that is not there',
    400,
    `[{"message":"\\nSELECT Id FROM XYZZY\\n               ^\\nERROR at Row:1:Column:16\\nsObject type 'XYZZY' is not supported.","errorCode":"INVALID_TYPE"}]`,
    'missing',
  ],
  [
    'an unknown resource',
    404,
    '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]',
    'missing',
  ],
  ['a deleted record', 404, '[{"message":"entity is deleted","errorCode":"ENTITY_IS_DELETED","fields":[]}]', 'missing'],
  [
    'a locked row',
    400,
    '[{"message":"unable to obtain exclusive access to this record","errorCode":"UNABLE_TO_LOCK_ROW"}]',
    'retryable',
  ],
  [
    'a duplicate key',
    400,
    '[{"message":"duplicate value found: Key__c duplicates value on record with id: a00","errorCode":"DUPLICATE_VALUE"}]',
    'conflict',
  ],
  ['an oauth refusal', 400, '{"error":"invalid_grant","error_description":"expired access/refresh token"}', 'invalid'],
  ['a gateway page', 503, '<html><body>Service Unavailable</body></html>', 'retryable'],
  ['a passing 406', 406, '', 'retryable'],
  ['results with another API version', 409, '[{"errorCode":"VERSION_MISMATCH","message":"wrong version"}]', 'conflict'],
];

describe('toPortError', () => {
  it.each(recorded)('says what to do about %s', (_, status, body, code) => {
    expect(toPortError('Reading Lead', status, body)).toMatchObject({ name: 'PortError', code });
  });

  it("keeps Salesforce's own words, without the markup of a gateway", () => {
    expect(toPortError('Reading Lead', 503, recorded[9]?.[2] ?? '').message).toBe(
      'Reading Lead failed: the server answered 503: Service Unavailable',
    );
    expect(toPortError('Reading Lead', 404, recorded[4]?.[2] ?? '').message).toBe(
      'Reading Lead failed: The requested resource does not exist (NOT_FOUND)',
    );
  });
});

describe('judgeCode', () => {
  it('knows a code whatever the status', () => {
    expect(judgeCode('UNABLE_TO_LOCK_ROW', 200)).toBe('retryable');
  });

  it.each([
    [401, 'reauthorize'],
    [404, 'missing'],
    [429, 'retryable'],
    [500, 'retryable'],
    [418, 'invalid'],
  ] as const)('judges an unknown code by the status %i', (status, code) => {
    expect(judgeCode('SOMETHING_NEW', status)).toBe(code);
  });
});

describe('parseErrors', () => {
  it('reads rows of collections, which name the code otherwise', () => {
    const body =
      '[{"statusCode":"REQUIRED_FIELD_MISSING","message":"Required fields are missing: [Name]","fields":["Name"]}]';
    expect(parseErrors(body)).toEqual([
      { code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
    ]);
  });

  it('finds none where there is no JSON', () => {
    expect(parseErrors('<html>')).toEqual([]);
  });
});

it('makes a broken connection retryable and keeps its cause', () => {
  const error = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') });
  expect(toNetworkError('Reading Lead', error)).toMatchObject({
    code: 'retryable',
    message: 'Reading Lead failed: no answer (connect ECONNREFUSED 127.0.0.1:1)',
    cause: error,
  });
});
