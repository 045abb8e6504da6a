import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, startPackagedOrg, type PackagedOrg } from './packaged-org.ts';

type Edge = { node: Record<string, unknown>; cursor: string };
type Page = { edges: Edge[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
type Result = { data: { uiapi?: { query: Record<string, Page> } }; errors: { message: string }[] };

let org: PackagedOrg;
let repId: string;
beforeAll(async () => {
  org = await startPackagedOrg();
  repId = org.org.findUserByUsername('rep@northwind.example')?.userId ?? '';
  for (const [name, employees] of [
    ['Bell', 10],
    ['Carr', 20],
    ['100%', null],
  ] as const) {
    insert(org, 'Lead', { LastName: name, Company: `${name} Co`, NumberOfEmployees: employees, OwnerId: repId });
  }
});
afterAll(() => org[Symbol.asyncDispose]());

async function run(query: string, variables?: Record<string, unknown>, send = org.asRep): Promise<Result> {
  const { status, body } = await send('POST', 'graphql', { query, variables });
  expect(status).toBe(200);
  return body as Result;
}

const leads = (args: string, fields = 'LastName { value }'): string =>
  `query q { uiapi { query { Lead(${args}) { edges { node { ${fields} } cursor } totalCount pageInfo { hasNextPage endCursor } } } } }`;

/** Fragments `f0`, `f1` … on a type, each of what is made of the name of the next. */
const doubling = (levels: number, type: string, make: (next: string) => string): string =>
  Array.from({ length: levels }, (_, i) => `fragment f${i} on ${type} { ${make(`f${i + 1}`)} }`).join(' ') +
  ` fragment f${levels} on ${type} { Id }`;

async function names(where: string): Promise<unknown[]> {
  const { data, errors } = await run(leads(`where: ${where}, orderBy: { LastName: { order: ASC } }`));
  expect(errors).toEqual([]);
  return (data.uiapi?.query['Lead']?.edges ?? []).map(({ node }) => (node['LastName'] as { value: string }).value);
}

describe('a GraphQL query', () => {
  it('reads a record with its parents by variables', async () => {
    const query = `query q($id: ID) { uiapi { query { Accord_Lead_State__c(where: { Id: { eq: $id } }) { edges { node {
      Id Stage_Title__c { value } Since__c { value displayValue } Lead__r { Name { value } Owner { ... on User { Username { value } } } } } } } } } }`;
    const { data, errors } = await run(query, { id: org.stateId });
    expect(errors).toEqual([]);
    expect(data.uiapi?.query['Accord_Lead_State__c']?.edges[0]?.node).toEqual({
      Id: org.stateId,
      Stage_Title__c: { value: 'Marketing qualified lead' },
      Since__c: { value: '2026-01-02T03:04:05.000Z', displayValue: '1/1/26, 10:04 PM' },
      Lead__r: { Name: { value: "Ada O'Neil" }, Owner: { Username: { value: 'rep@northwind.example' } } },
    });
  });

  it('reads children of a record', async () => {
    const query = `query q { uiapi { query { Lead(where: { LastName: { eq: "O'Neil" } }) { edges { node {
      Accord_Lead_States__r { edges { node { Stage__c { value } } } } } } } } } }`;
    const { data } = await run(query);
    expect(JSON.stringify(data)).toContain('"Accord_Lead_States__r":{"edges":[{"node":{"Stage__c":{"value":"mql"}}}]}');
  });

  it.each([
    ['{ LastName: { eq: "bell" } }', ['Bell']],
    ['{ LastName: { ne: "Bell" } }', ['100%', 'Carr', "O'Neil"]],
    ['{ LastName: { like: "%r%" } }', ['Carr']],
    ['{ LastName: { in: ["Bell", "Carr"] } }', ['Bell', 'Carr']],
    ['{ LastName: { in: [] } }', []],
    ['{ LastName: { nin: ["Bell", "O\'Neil"] } }', ['100%', 'Carr']],
    ['{ NumberOfEmployees: { gt: 10, lte: 20 } }', ['Carr']],
    ['{ NumberOfEmployees: { eq: null } }', ['100%']],
    ['{ or: [{ LastName: { eq: "Bell" } }, { NumberOfEmployees: { gte: 120 } }] }', ['Bell', "O'Neil"]],
    ['{ not: { or: [{ LastName: { eq: "Bell" } }, { LastName: { eq: "Carr" } }] } }', ['100%', "O'Neil"]],
    ['{ CreatedDate: { gte: { literal: TODAY } }, LastName: { eq: "Bell" } }', ['Bell']],
    ['{ CreatedDate: { lt: { value: "2001-01-01T00:00:00Z" } } }', []],
    ['{ CreatedDate: { eq: { range: { last_n_days: 1 } } }, LastName: { eq: "Carr" } }', ['Carr']],
    ['{ CreatedDate: { CALENDAR_YEAR: { value: { lt: 2001 } } } }', []],
    ['{ CreatedDate: { DAY_IN_WEEK: { convertTimezoneValue: { gte: 1 } } }, LastName: { in: ["Bell"] } }', ['Bell']],
    ['{ Id: { inq: { Accord_Lead_State__c: { Stage__c: { eq: "mql" } }, ApiName: "Lead__c" } } }', ["O'Neil"]],
    ['{ Id: { ninq: { Accord_Lead_State__c: {}, ApiName: "Lead__c" } } }', ['100%', 'Bell', 'Carr']],
    ['{ Owner: { Username: { like: "rep@%" } }, NumberOfEmployees: { gt: 15 } }', ['Carr', "O'Neil"]],
    ['{ LastName: { eq: "x\\\\\' OR Name != \\\\\'" } }', []],
  ])('filters by %s', async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  it('pages by cursor and knows how many there are', async () => {
    const order = 'orderBy: { LastName: { order: ASC } }';
    const first = (await run(leads(`first: 3, ${order}`))).data.uiapi?.query['Lead'];
    expect([first?.edges.length, first?.totalCount, first?.pageInfo.hasNextPage]).toEqual([3, 4, true]);
    const rest = (await run(leads(`first: 3, ${order}, after: "${first?.pageInfo.endCursor}"`))).data.uiapi?.query[
      'Lead'
    ];
    expect(rest?.edges.map(({ node }) => node)).toEqual([{ LastName: { value: "O'Neil" } }]);
    expect(rest?.pageInfo.hasNextPage).toBe(false);
  });

  it('sorts by the first field named first, in the document and in variables', async () => {
    const order = { Owner: { Username: { order: 'ASC' } }, NumberOfEmployees: { order: 'DESC', nulls: 'LAST' } };
    const query = `query q($order: Lead_OrderBy) { uiapi { query {
      given: Lead(orderBy: $order) { edges { node { LastName { value } } } }
      written: Lead(orderBy: { NumberOfEmployees: { order: ASC, nulls: LAST }, LastName: { order: DESC } }) {
        edges { node { LastName { value } } } } } } }`;
    const { data, errors } = await run(query, { order });
    expect(errors).toEqual([]);
    const lastNames = (alias: string): unknown[] =>
      (data.uiapi?.query[alias]?.edges ?? []).map(({ node }) => (node['LastName'] as { value: string }).value);
    expect(lastNames('given')).toEqual(["O'Neil", 'Carr', 'Bell', '100%']);
    expect(lastNames('written')).toEqual(['Bell', 'Carr', "O'Neil", '100%']);
  });

  it('ends at an upper bound, in pages of 200 and more', async () => {
    const page = (await run(leads('first: 200, upperBound: 3'))).data.uiapi?.query['Lead'];
    expect([page?.edges.length, page?.totalCount, page?.pageInfo.hasNextPage]).toEqual([3, 3, false]);
    expect((await run(leads('first: 10, upperBound: 300'))).errors[0]?.message).toContain('between 200 and 2000');
  });

  it('names what every record has in common', async () => {
    const fields = 'ApiName ... on Record { Id DisplayValue WeakEtag }';
    const { data, errors } = await run(leads(`where: { Id: { eq: "${org.leadId}" } }`, fields));
    expect(errors).toEqual([]);
    expect(data.uiapi?.query['Lead']?.edges[0]?.node).toEqual({
      ApiName: 'Lead',
      Id: org.leadId,
      DisplayValue: "Ada O'Neil",
      WeakEtag: expect.any(Number),
    });
  });

  it('reads activities, which records of UI API leave out, and no set-up object', async () => {
    const query = (name: string): string => `{ uiapi { query { ${name} { edges { node { Id } } } } } }`;
    expect((await run(query('Task'))).errors).toEqual([]);
    expect((await run(query('Profile'), {}, org.asAdmin)).errors[0]?.message).toContain("Field 'Profile'");
    expect((await org.asAdmin('GET', 'ui-api/object-info/Task')).status).toBe(400);
  });

  it('may read ten lists of records and no more', async () => {
    const lists = (count: number): string =>
      Array.from({ length: count }, (_, i) => `l${i}: Lead { edges { node { Id } } }`).join(' ');
    expect((await run(`{ uiapi { query { ${lists(10)} } } }`)).errors).toEqual([]);
    expect((await run(`{ uiapi { query { ${lists(11)} } } }`)).errors[0]?.message).toContain('up to 10 subqueries');
  });

  it('counts the lists of children, also those in fragments, as subqueries', async () => {
    const children = (count: number): string =>
      Array.from({ length: count }, (_, i) => `c${i}: Accord_Lead_States__r { edges { node { Id } } }`).join(' ');
    const within = (count: number): string => `${leads('first: 1', '...f')} fragment f on Lead { ${children(count)} }`;
    expect((await run(within(9))).errors).toEqual([]);
    expect((await run(within(10))).errors[0]?.message).toContain('up to 10 subqueries, not 11');
  });

  it('opens a fragment that is spread twice once', async () => {
    const query = `${leads('first: 1', '...f ...f')} fragment f on Lead { LastName { value } }`;
    expect((await run(query)).errors).toEqual([]);
  });

  it.each(['x', [], 1])('refuses variables that are no object: %j', async (variables) => {
    const { status, body } = await org.asRep('POST', 'graphql', { query: leads('first: 1'), variables });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('JSON_PARSER_ERROR')]);
  });

  it.each([`row:${'9'.repeat(16)}`, `row:${'9'.repeat(22)}`, 'row:-1'])('refuses the cursor %s', async (text) => {
    const after = Buffer.from(text).toString('base64url');
    const { errors } = await run(leads(`after: "${after}"`));
    expect(errors[0]?.message).toBe(`The 'after' argument "${after}" is no cursor of this query.`);
  });

  it('has no records beyond the farthest cursor', async () => {
    const after = Buffer.from(`row:${'9'.repeat(15)}`).toString('base64url');
    const query = `{ uiapi { query { Lead(after: "${after}") { edges { cursor } } } } }`;
    expect((await run(query)).data.uiapi?.query['Lead']?.edges).toEqual([]);
  });

  it('knows whether more follows without counting all', async () => {
    const query = (first: number): string =>
      `{ uiapi { query { Lead(first: ${first}) { edges { cursor } pageInfo { hasNextPage endCursor } } } } }`;
    expect((await run(query(3))).data.uiapi?.query['Lead']?.pageInfo.hasNextPage).toBe(true);
    expect((await run(query(4))).data.uiapi?.query['Lead']?.pageInfo.hasNextPage).toBe(false);
  });

  it('fails for a field that the user may not read, in the words for a field that is not there', async () => {
    const { data, errors } = await run(leads('first: 1', 'AnnualRevenue { value }'));
    expect(data).toEqual({});
    expect(errors[0]?.message).toBe(
      "Validation error (FieldUndefined@[uiapi/query/Lead/edges/node/AnnualRevenue]) : Field 'AnnualRevenue' in type 'Lead' is undefined",
    );
  });

  it('may not filter or sort by a field that the user may not read', async () => {
    expect((await run(leads('where: { AnnualRevenue: { gt: 1 } }'))).errors).not.toEqual([]);
    expect((await run(leads('orderBy: { AnnualRevenue: { order: ASC } }'))).errors).not.toEqual([]);
  });

  it('leaves a field marked optional out when the user may not read it', async () => {
    const query = leads(
      'where: { LastName: { eq: "O\'Neil" } }',
      'LastName { value } AnnualRevenue @optional { value }',
    );
    expect((await run(query)).data.uiapi?.query['Lead']?.edges[0]?.node).toEqual({ LastName: { value: "O'Neil" } });
    const admin = await run(query, undefined, org.asAdmin);
    expect(admin.data.uiapi?.query['Lead']?.edges[0]?.node['AnnualRevenue']).toEqual({ value: 7_654_321 });
  });

  it('knows no object that the user may not read', async () => {
    const query = '{ uiapi { query { Accord_Lead_State__c { edges { node { Id } } } } } }';
    const { errors } = await run(query, undefined, org.asOutsider);
    expect(errors[0]?.message).toContain("Field 'Accord_Lead_State__c' in type 'RecordQuery' is undefined");
  });

  it('says where a document is malformed', async () => {
    expect((await run('{ uiapi { query {')).errors[0]?.message).toContain('Syntax Error');
  });

  it.each([
    ['nested a hundred thousand levels deep', '{a'.repeat(100_000)],
    [
      'with a filter nested as deep',
      `{ uiapi { query { Lead(where: ${'{and:['.repeat(50_000)}) { edges { cursor } } } } }`,
    ],
    ['that is no document', '\u0000\ud800'],
    ['with a fragment that holds itself', '{ ...f } fragment f on Query { ...f }'],
    [
      'whose fragments double at each of thirty levels',
      `${leads('first: 1', '...f0')} ${doubling(30, 'Lead', (next) => `...${next} ...${next}`)}`,
    ],
    [
      'whose fragments double through two parents at each of thirty levels',
      `${leads('first: 1', 'CreatedBy { ...f0 }')} ${doubling(30, 'User', (next) => `CreatedBy { ...${next} } LastModifiedBy { ...${next} }`)}`,
    ],
    [
      'of nine thousand lists',
      `{ uiapi { query { ${Array.from({ length: 9_000 }, (_, i) => `a${i}: Lead { edges { node { Id } } }`).join(' ')} } } }`,
    ],
    ['that selects one field twenty thousand times', leads('first: 1', 'Id '.repeat(20_000))],
  ])('refuses a document %s', async (_, query) => {
    expect((await run(query)).errors).not.toEqual([]);
  });

  it('does not read a document on that has more tokens than the most fields take', async () => {
    const { errors } = await run(leads('first: 1', 'Id '.repeat(100_000)));
    expect(errors[0]?.message).toContain('more than 60000 tokens');
  });

  it('takes no text of a client for more than a value', async () => {
    const query = `query q($text: String) { uiapi { query {
      equal: Lead(where: { LastName: { eq: $text } }) { edges { node { LastName { value } } } }
      joined: Lead(where: { OwnerId: { inq: { User: { LastName: { like: $text } }, ApiName: "Id" } } }) { totalCount } } } }`;
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("'", '\\\\', '%', '"', ' OR ', '(', '\n', 'x') }),
    );
    const holds = fc.asyncProperty(text, async (given) => {
      fc.pre(given.trim() !== '' && !given.includes('\u0000'));
      const { data, errors } = await run(query, { text: given });
      expect(errors).toEqual([]);
      const found = data.uiapi?.query['equal']?.edges.map(({ node }) => (node['LastName'] as { value: string }).value);
      expect(found?.every((each) => each.toLowerCase() === given.trim().toLowerCase())).toBe(true);
    });
    await fc.assert(holds, { numRuns: 50 });
  });

  it('refuses a variable of the wrong type', async () => {
    const query = 'query q($n: Int) { uiapi { query { Lead(first: $n) { edges { node { Id } } } } } }';
    expect((await run(query, { n: 'many' })).errors[0]?.message).toContain('$n');
  });

  it('describes what the user may read to one who asks for the schema', async () => {
    const { body } = await org.asRep('POST', 'graphql', {
      query: '{ lead: __type(name: "Lead") { fields { name } } }',
    });
    const { data } = body as { data: { lead: { fields: { name: string }[] } } };
    const fields = data.lead.fields.map(({ name }) => name);
    expect(fields).toContain('Company');
    expect(fields).not.toContain('AnnualRevenue');
  });
});
