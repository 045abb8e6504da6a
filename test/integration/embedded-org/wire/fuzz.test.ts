import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { BASE, startTestOrg } from './running-org.ts';

const segment = fc.oneof(
  fc.constantFrom(
    'sobjects',
    'Lead',
    'Id',
    'query',
    'queryAll',
    'composite',
    'batch',
    'tree',
    'jobs',
    'ingest',
    'limits',
  ),
  fc.constantFrom(
    '00QAc0000000001MAA',
    'describe',
    'updated',
    'metadata',
    'deployRequest',
    'ui-api',
    '%',
    '%00',
    '..',
    '',
  ),
  fc.string({ maxLength: 5 }).map(encodeURIComponent),
);

const body = fc.oneof(
  fc.jsonValue(),
  fc.record({ allOrNone: fc.boolean(), records: fc.array(fc.jsonValue(), { maxLength: 3 }) }),
  fc.record({
    compositeRequest: fc.array(fc.record({ method: fc.string(), url: fc.webPath(), referenceId: fc.string() })),
  }),
  fc.record({ operation: fc.constantFrom('query', 'insert'), query: fc.string(), object: fc.constantFrom('Lead', '') }),
  fc.record({ LastName: fc.jsonValue(), Company: fc.string(), Owner: fc.jsonValue(), __proto__: fc.jsonValue() }),
);

it('answers any request with a refusal or a result, and never fails inside', async () => {
  await using org = await startTestOrg();
  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE');
  const query = fc.option(fc.tuple(fc.constantFrom('q', 'fields', 'ids', 'start', '_HttpMethod'), fc.string()), {
    nil: undefined,
  });
  await fc.assert(
    fc.asyncProperty(
      method,
      fc.array(segment, { maxLength: 5 }),
      query,
      body,
      async (verb, path, parameter, content) => {
        const search = parameter === undefined ? '' : `?${new URLSearchParams([parameter]).toString()}`;
        const answer = await org.call(`${BASE}/${path.join('/')}${search}`, {
          method: verb,
          ...(verb === 'GET' ? {} : { body: JSON.stringify(content), headers: { 'content-type': 'application/json' } }),
        });
        await answer.arrayBuffer();
        expect(answer.status).toBeLessThan(500);
        expect(org.faults).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

it('answers any query with rows or with an error of the query', async () => {
  await using org = await startTestOrg();
  const words =
    "SELECT Id Name Owner.Name COUNT() FROM Lead WHERE = < IN ( ) , 'a' 1 null TODAY LAST_N_DAYS:3 AND OR NOT LIKE LIMIT OFFSET";
  const word = fc.constantFrom(...words.split(' '), 'GROUP BY', 'ORDER BY', 'FIELDS(ALL)', 'IS NULL');
  const soql = fc.array(word, { maxLength: 12 }).map((each) => each.join(' '));
  const started = fc.array(word, { maxLength: 8 }).map((each) => `SELECT Id FROM Lead ${each.join(' ')}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(soql, started, fc.string()), async (q) => {
      const answer = await org.send('GET', `query?${new URLSearchParams({ q }).toString()}`);
      expect([200, 400]).toContain(answer.status);
      expect(org.faults).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
