import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, startPackagedOrg, type PackagedOrg } from './packaged-org.ts';

type Node = { aggregate: Record<string, Record<string, unknown>> };
type Page = { edges: { node: Node; cursor: string }[]; totalCount: number; pageInfo: { hasNextPage: boolean } };
type Answer = { data: { uiapi?: { aggregate: Record<string, Page> } }; errors: { message: string }[] };

let org: PackagedOrg;
beforeAll(async () => {
  org = await startPackagedOrg();
  const OwnerId = org.org.findUserByUsername('rep@northwind.example')?.userId;
  for (const [name, industry, employees] of [
    ['A', 'Banking', 10],
    ['B', 'Banking', 30],
    ['C', 'Energy', 7],
  ] as const) {
    const row = { LastName: name, Company: name, Industry: industry, NumberOfEmployees: employees, OwnerId };
    insert(org, 'Lead', row);
  }
});
afterAll(() => org[Symbol.asyncDispose]());

async function run(args: string, fields: string, send = org.asRep): Promise<Answer> {
  const query = `{ uiapi { aggregate { Lead${args} { edges { node { aggregate { ${fields} } } cursor } totalCount pageInfo { hasNextPage } } } } }`;
  const { status, body } = await send('POST', 'graphql', { query });
  expect(status).toBe(200);
  return body as Answer;
}

const groups = ({ data, errors }: Answer): unknown[] => {
  expect(errors).toEqual([]);
  return (data.uiapi?.aggregate['Lead']?.edges ?? []).map(({ node }) => node.aggregate);
};

const BY_INDUSTRY = 'groupBy: { Industry: { group: true } }';

describe('an aggregate query', () => {
  it('groups by a field and counts', async () => {
    const answer = await run(
      `(${BY_INDUSTRY}, where: { Industry: { ne: null } }, orderBy: { Id: { function: COUNT, order: DESC } })`,
      'Industry { value displayValue } Id { count { value } }',
    );
    expect(groups(answer)).toEqual([
      { Industry: { value: 'Banking', displayValue: 'Banking' }, Id: { count: { value: 2 } } },
      { Industry: { value: 'Energy', displayValue: 'Energy' }, Id: { count: { value: 1 } } },
    ]);
    expect(answer.data.uiapi?.aggregate['Lead']?.totalCount).toBe(2);
  });

  it('computes numbers over all records without groups', async () => {
    const fields = `NumberOfEmployees { avg { value displayValue } sum { value } min { value } max { value } }
      Industry { countDistinct { value } }`;
    const [all] = groups(await run('(where: { Industry: { ne: null } })', fields));
    expect(all).toEqual({
      NumberOfEmployees: {
        avg: { value: 47 / 3, displayValue: '16' },
        sum: { value: 47 },
        min: { value: 7 },
        max: { value: 30 },
      },
      Industry: { countDistinct: { value: 2 } },
    });
  });

  it('groups by a part of a date and by a field of the parent', async () => {
    const groupBy = 'groupBy: { CreatedDate: { function: CALENDAR_YEAR }, Owner: { Username: { group: true } } }';
    const fields = 'CreatedDate { calendarYear { value } } Owner { Username { value } } Id { count { value } }';
    expect(groups(await run(`(${groupBy})`, fields))).toEqual([
      {
        CreatedDate: { calendarYear: { value: new Date(org.org.core.clock.now()).getUTCFullYear() } },
        Owner: { Username: { value: 'rep@northwind.example' } },
        Id: { count: { value: 4 } },
      },
    ]);
  });

  it('pages its groups', async () => {
    const page = (await run(`(${BY_INDUSTRY}, first: 2, orderBy: { Industry: { nulls: LAST } })`, 'Industry { value }'))
      .data.uiapi?.aggregate['Lead'];
    expect([page?.edges.length, page?.totalCount, page?.pageInfo.hasNextPage]).toEqual([2, 3, true]);
    const after = `after: "${page?.edges[1]?.cursor}"`;
    const rest = await run(
      `(${BY_INDUSTRY}, first: 2, ${after}, orderBy: { Industry: { nulls: LAST } })`,
      'Industry { value }',
    );
    expect(groups(rest)).toEqual([{ Industry: { value: null } }]);
  });

  it.each([
    ['a field that is neither grouped nor aggregated', '', 'Industry { value }'],
    ['a field that the user may not read', '', 'AnnualRevenue { sum { value } }'],
    [
      'grouping by a field that the user may not read',
      '(groupBy: { AnnualRevenue: { group: true } })',
      'Id { count { value } }',
    ],
    ['subtotals', '(groupBy: { type: ROLLUP, Industry: { group: true } })', 'Industry { value }'],
    ['the sum of a text', '', 'Company { sum { value } }'],
  ])('refuses %s', async (_, args, fields) => {
    expect((await run(args, fields)).errors).not.toEqual([]);
  });
});
