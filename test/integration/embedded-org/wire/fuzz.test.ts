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
  fc.constantFrom(
    'graph',
    'search',
    'parameterizedSearch',
    'listviews',
    'layouts',
    'compactLayouts',
    'recordCount',
    'resultPages',
    'tooling',
    'recent',
  ),
  fc.string({ maxLength: 5 }).map(encodeURIComponent),
);

/** Resources whose work begins with what the rest of the request says. */
const resource = fc.constantFrom(
  'composite/graph',
  'search',
  'parameterizedSearch',
  'limits/recordCount',
  'recent',
  'tooling/query',
  'query',
  'jobs/ingest',
  'sobjects/Lead/listviews/00B000000000000AAA/results',
  'sobjects/Lead/describe/layouts/012',
);

const body = fc.oneof(
  fc.jsonValue(),
  fc.record({ allOrNone: fc.boolean(), records: fc.array(fc.jsonValue(), { maxLength: 3 }) }),
  fc.record({
    compositeRequest: fc.array(fc.record({ method: fc.string(), url: fc.webPath(), referenceId: fc.string() })),
  }),
  fc.record({
    graphs: fc.array(fc.record({ graphId: fc.string(), compositeRequest: fc.array(fc.jsonValue(), { maxLength: 3 }) })),
  }),
  fc.record({ q: fc.jsonValue(), sobjects: fc.array(fc.jsonValue(), { maxLength: 2 }), in: fc.jsonValue() }),
  fc.record({ operation: fc.constantFrom('query', 'insert'), query: fc.string(), object: fc.constantFrom('Lead', '') }),
  fc.record({ LastName: fc.jsonValue(), Company: fc.string(), Owner: fc.jsonValue(), __proto__: fc.jsonValue() }),
);

const PARAMETERS = ['q', 'fields', 'ids', 'start', '_HttpMethod', 'explain', 'sobject', 'sObjects', 'limit', 'locator'];

it('answers any request with a refusal or a result, and never fails inside', async () => {
  await using org = await startTestOrg();
  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE');
  const query = fc.option(fc.tuple(fc.constantFrom(...PARAMETERS), fc.string()), {
    nil: undefined,
  });
  await fc.assert(
    fc.asyncProperty(
      method,
      fc.oneof(fc.array(segment, { maxLength: 5 }), fc.tuple(resource)),
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
    { numRuns: 600 },
  );
});

it('refuses a body that is nested however deeply, at whatever place', async () => {
  await using org = await startTestOrg();
  const nest = fc.constantFrom(
    ['{"LastName":', '}'],
    ['[', ']'],
    ['{"records":[{"Contacts":', '}]}'],
    ['[[{"a":', '}]]'],
  );
  const place = fc.constantFrom(
    'sobjects/Lead',
    'composite',
    'composite/sobjects',
    'composite/tree/Account',
    'parameterizedSearch',
    'graphql',
    'actions/standard/emailSimple',
  );
  await fc.assert(
    fc.asyncProperty(nest, place, fc.integer({ min: 501, max: 20_000 }), async ([open, close], path, levels) => {
      const answer = await org.call(`${BASE}/${path}`, {
        method: 'POST',
        body: `{"records":${open?.repeat(levels)}1${close?.repeat(levels)}}`,
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('JSON_PARSER_ERROR')]);
      expect(org.faults).toEqual([]);
    }),
    { numRuns: 60 },
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

it('answers any search with records or with an error of the search', async () => {
  await using org = await startTestOrg();
  const words =
    "FIND|{Ames}|{a* OR 'b c'}|IN|NAME|ALL|FIELDS|RETURNING|Lead|Lead(Id, Name)|Contact(Id WHERE|LIMIT|5|{|}|(|)|,|'";
  const word = fc.constantFrom(...words.split('|'));
  const sosl = fc.array(word, { maxLength: 10 }).map((each) => each.join(' '));
  const started = sosl.map((each) => `FIND {Ames} IN ${each}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(sosl, started, fc.string()), async (q) => {
      const answer = await org.send('GET', `search?${new URLSearchParams({ q }).toString()}`);
      expect([200, 400]).toContain(answer.status);
      expect(org.faults).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
