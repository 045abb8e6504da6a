import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPackagedOrg, type PackagedOrg } from './packaged-org.ts';

type Answer = {
  data: { uiapi?: Record<string, Record<string, unknown> | null> };
  errors: { message: string; extensions: { ErrorType: string } }[];
};

let org: PackagedOrg;
beforeAll(async () => {
  org = await startPackagedOrg();
});
afterAll(() => org[Symbol.asyncDispose]());

async function run(query: string, variables?: object, { send = org.asRep, version = 68 } = {}): Promise<Answer> {
  const { status, body } = await send('POST', `/services/data/v${version}.0/graphql`, { query, variables });
  expect(status).toBe(200);
  return body as Answer;
}

async function create(name: string): Promise<string> {
  const query = `mutation { uiapi { LeadCreate(input: { Lead: { LastName: "${name}", Company: "Acme" } }) { Record { Id } } } }`;
  const { data, errors } = await run(query);
  expect(errors).toEqual([]);
  const record = data.uiapi?.['LeadCreate']?.['Record'] as { Id: string } | undefined;
  return record?.Id ?? '';
}

const countOf = (name: string): number =>
  org.org.query(org.org.system(), `SELECT Id FROM Lead WHERE LastName = '${name}'`, {
    includeDeleted: false,
    apiVersion: 68,
  }).totalSize;

describe('a GraphQL mutation', () => {
  it('creates a record from variables and answers the fields asked for', async () => {
    const query = `mutation create($input: LeadCreateInput!) { uiapi { LeadCreate(input: $input) {
      Record { Id Company { value } Owner { ... on User { Username { value } } } } } } }`;
    const { data, errors } = await run(query, { input: { Lead: { LastName: 'Lovelace', Company: 'Engines' } } });
    expect(errors).toEqual([]);
    expect(data.uiapi?.['LeadCreate']?.['Record']).toEqual({
      Id: expect.stringMatching(/^00Q/),
      Company: { value: 'Engines' },
      Owner: { Username: { value: 'rep@northwind.example' } },
    });
  });

  it('updates a record and answers it; before v66 it only says that it did', async () => {
    const Id = await create('Before');
    const query = (payload: string): string =>
      `mutation update($input: LeadUpdateInput!) { uiapi { LeadUpdate(input: $input) { ${payload} } } }`;
    const input = { Id, Lead: { LastName: 'After' } };
    const now = await run(query('Record { LastName { value } }'), { input });
    expect(now.data.uiapi?.['LeadUpdate']).toEqual({ Record: { LastName: { value: 'After' } } });
    const then = await run(query('success'), { input }, { version: 65 });
    expect(then.data.uiapi?.['LeadUpdate']).toEqual({ success: true });
  });

  it('deletes a record, once', async () => {
    const id = await create('Doomed');
    const query = `mutation { uiapi { LeadDelete(input: { Id: "${id}" }) { Id } } }`;
    expect((await run(query)).data.uiapi?.['LeadDelete']).toEqual({ Id: id });
    expect((await run(query)).errors[0]?.extensions.ErrorType).toBe('DataFetchingException');
  });

  const TWO = `first: LeadCreate(input: { Lead: { LastName: "Pair", Company: "Acme" } }) { Record { Id } }
    second: LeadCreate(input: { Lead: { LastName: "Pair" } }) { Record { Id } }`;

  it('undoes all writes of the request when one fails', async () => {
    const { data, errors } = await run(`mutation { uiapi { ${TWO} } }`);
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('Company'), paths: ['uiapi', 'second'] });
    expect(data.uiapi).toEqual({ first: null, second: null });
    expect(countOf('Pair')).toBe(0);
  });

  it('keeps those that succeeded when the client asks for that', async () => {
    const { data, errors } = await run(`mutation { uiapi(input: { allOrNone: false }) { ${TWO} } }`);
    expect(errors).toHaveLength(1);
    expect(data.uiapi?.['first']).not.toBeNull();
    expect(countOf('Pair')).toBe(1);
  });

  it.each([
    [
      'a field that the user may not write',
      'LeadCreate(input: { Lead: { LastName: "X", Company: "X", AnnualRevenue: 1 } }) { Record { Id } }',
    ],
    [
      'an object that the user may not create',
      'Accord_Lead_State__cCreate(input: { Accord_Lead_State__c: { Lead_Id__c: "1" } }) { Record { Id } }',
    ],
    ['an object that UI API leaves out', 'TaskCreate(input: { Task: { Subject: "X" } }) { Record { Id } }'],
    [
      'a value of the wrong type',
      'LeadCreate(input: { Lead: { LastName: "X", Company: "X", NumberOfEmployees: "many" } }) { Record { Id } }',
    ],
  ])('refuses %s before anything is written', async (_, mutation) => {
    const { errors } = await run(`mutation { uiapi { ${mutation} } }`);
    expect(errors[0]?.extensions.ErrorType).toMatch(/ValidationError|InvalidSyntax/);
  });

  it('refuses the id of another object', async () => {
    const query = `mutation { uiapi { CampaignDelete(input: { Id: "${org.leadId}" }) { Id } } }`;
    const { errors } = await run(query, {}, { send: org.asAdmin });
    expect(errors[0]?.message).toContain('is the id of no Campaign');
  });
});
