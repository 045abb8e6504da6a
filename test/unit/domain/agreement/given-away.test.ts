import { describe, expect, it } from 'vitest';
import { checkAgreement } from '../../../../src/domain/agreement/check-agreement.ts';

const revenue = { revenue: { atLeast: 5 } };
const calls = { calls: { atLeast: 1 } };
const employees = { employees: { atLeast: 10 } };

/** Paths and messages of the stages that are said to give restricted facts away. */
function givenAway(when: unknown, more: Readonly<Record<string, unknown>> = {}, stage = {}): readonly string[] {
  const check = checkAgreement({
    accord: 1,
    name: 'Northwind',
    timeZone: 'UTC',
    parties: { marketing: { signers: ['carl@x.example'] }, sales: { signers: ['vera@x.example'] } },
    highestMode: 'observe',
    facts: {
      revenue: { field: 'Lead.AnnualRevenue', restricted: true },
      employees: { field: 'Lead.NumberOfEmployees' },
      calls: { count: 'activity' },
      fit: { score: [{ when: { all: [revenue] }, points: 5 }], cap: 9 },
    },
    stages: [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'mql', title: 'MQL', when, ...stage },
    ],
    ...more,
  });
  const problems = check.ok ? check.warnings : check.problems;
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return problems.flatMap(({ path, message }) =>
    message.startsWith('Whoever sees') ? [`${path.join('.')}: ${message}`] : [],
  );
}

describe('a stage that nobody reaches without a restricted fact', () => {
  it.each([
    ['asks for it', { all: [employees, revenue] }],
    ['asks for its opposite', { all: [employees], none: [revenue] }],
    ['has no alternative but it', { any: [revenue, { all: [revenue, calls] }] }],
    ['asks for more than there are others', { atLeast: { n: 2, of: [revenue, calls] } }],
    ['rules out that others hold without it', { none: [{ any: [revenue, calls] }] }],
  ])('is named with the fact when it %s', (_, when) => {
    const [said, ...others] = givenAway(when);
    expect(others).toEqual([]);
    expect(said).toMatch(/^stages\.1\.when: .* the stage "mql" knows how the conditions on "revenue" came out/);
  });

  it.each([
    ['an alternative leads there', { any: [revenue, calls] }],
    ['enough others may hold', { atLeast: { n: 1, of: [revenue, calls] } }],
    ['another condition may be the one that does not hold', { none: [{ all: [revenue, calls] }] }],
    ['no restricted fact is asked for', { all: [employees, calls] }],
  ])('is not there when %s', (_, when) => {
    expect(givenAway(when)).toEqual([]);
  });

  it('is found through named conditions, scores and the definitions of segments', () => {
    const conditions = { rich: { title: 'Rich', all: [revenue] } };
    expect(givenAway({ all: [calls, { condition: 'rich' }] }, { conditions })[0]).toContain('"revenue"');
    expect(givenAway({ all: [{ fit: { atLeast: 5 } }] })[0]).toContain('"fit"');
    const segments = [{ id: 'emea', title: 'EMEA', when: { all: [employees] } }];
    const whenIn = { emea: { all: [revenue] } };
    expect(givenAway({ all: [calls] }, { segments }, { whenIn })[0]).toMatch(/^stages\.1\.whenIn\.emea: /);
  });
});
