import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import type { Timeline } from '../../../../src/domain/timeline/timeline.ts';
import { clauseStanding } from '../../../../src/domain/verdict/clause-standing.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide } from '../../../../src/domain/verdict/decide.ts';
import type { Receipt } from '../../../../src/domain/verdict/decision.ts';
import { parseReceipt } from '../../../../src/domain/verdict/parse-receipt.ts';
import { longestReceipt, toReceipt } from '../../../../src/domain/verdict/receipt.ts';
import { activity, agreement, checked, criterion, dayMs, lead, now } from '../agreement-builder.ts';

const header = { version: 3, hash: 'a'.repeat(64), decidedAt: now };

function receiptOf(document: Agreement, timeline: Timeline): Receipt {
  const compiled = compileAgreement(checked(document));
  return toReceipt(decide(compiled, timeline, now), compiled, header);
}

const facts: Agreement['facts'] = {
  employees: { field: 'Lead.NumberOfEmployees' },
  calls: { count: 'activity', where: { type: 'call' }, within: '14 days' },
  revenue: { field: 'Lead.AnnualRevenue', restricted: true },
};

describe('toReceipt', () => {
  it('explains the current stage and the next one up, with sources and times but no values', () => {
    const document = agreement({
      facts,
      stages: [
        { id: 'inquiry', title: 'Inquiry' },
        { id: 'mql', title: 'MQL', when: { all: [{ employees: { atLeast: 50 } }] } },
        { id: 'sal', title: 'SAL', when: { any: [{ calls: { atLeast: 2 } }, { revenue: { above: 5 } }] } },
        { id: 'sql', title: 'SQL', when: { all: [{ employees: { atLeast: 900 } }] } },
      ],
    });
    const receipt = receiptOf(document, lead({ NumberOfEmployees: 61, AnnualRevenue: null }, [activity(3)]));
    expect(receipt).toEqual({
      v: 1,
      agreement: { name: 'Northwind revenue agreement', version: 3, hash: header.hash },
      stage: { id: 'mql', title: 'MQL' },
      decidedAt: '2026-06-01T12:00:00.000Z',
      definitions: [
        {
          stage: 'mql',
          title: 'MQL',
          outcome: 'met',
          clauses: [
            {
              id: 'mql.all.0',
              sentence: 'Employees is at least 50',
              outcome: 'met',
              source: { kind: 'field', field: 'Lead.NumberOfEmployees' },
              group: 'all',
            },
          ],
          withheld: 0,
        },
        {
          stage: 'sal',
          title: 'SAL',
          clauses: [
            {
              id: 'sal.any.0',
              sentence: 'At least 2 calls in the last 14 days',
              outcome: 'not-met',
              source: { kind: 'events', event: 'call', latestAt: new Date(now - 3 * dayMs).toISOString() },
              group: 'any',
              finding: 'Fewer than 2 calls in the last 14 days',
            },
          ],
          withheld: 1,
        },
      ],
    });
    expect(JSON.stringify(receipt)).not.toContain('61');
  });

  it('explains the highest stage alone', () => {
    const { definitions } = receiptOf(agreement(), lead({ NumberOfEmployees: 50 }));
    expect(definitions.map((each) => each.stage)).toEqual(['mql']);
  });

  it('says what is the case instead only on clauses that stand in the way', () => {
    const document = agreement({
      facts,
      when: {
        any: [{ employees: { atLeast: 50 } }, { calls: { atLeast: 1 } }],
        none: [{ employees: { above: 500 } }, { all: [{ calls: { is: 1 } }, { employees: { known: true } }] }],
      },
    });
    const findings = receiptOf(document, lead({ NumberOfEmployees: 20 }, [activity(1)])).definitions[1]?.clauses.map(
      (clause) => [clause.id, clause.finding],
    );
    expect(findings).toEqual([
      ['mql.any.0', undefined],
      ['mql.any.1', undefined],
      ['mql.none.0', undefined],
      ['mql.none.1.all.0', 'Exactly 1 call in the last 14 days'],
      ['mql.none.1.all.1', 'Employees is known'],
    ]);
  });

  it('says of an unknown fact that it is not known', () => {
    const { definitions } = receiptOf(agreement(), lead({}));
    expect(definitions[1]?.clauses[0]).toMatchObject({ outcome: 'unknown', finding: 'Employees is not known' });
  });

  it('labels how a clause counts, in negated groups by what is wanted of it', () => {
    const clause = criterion('employees', { atLeast: 50 });
    const groups = { all: [clause], any: [clause], none: [clause], atLeast: { n: 1, of: [clause, clause] } };
    const document = agreement({ when: { ...groups, none: [clause, groups] } });
    const clauses = receiptOf(document, lead({ NumberOfEmployees: 1 })).definitions[1]?.clauses ?? [];
    expect(clauses.map((each) => [each.id, each.group, clauseStanding(each)])).toEqual([
      ['mql.all.0', 'all', 'not-met'],
      ['mql.any.0', 'any', 'not-met'],
      ['mql.none.0', 'none', 'met'],
      ['mql.none.1.all.0', 'not all', 'met'],
      ['mql.none.1.any.0', 'none', 'met'],
      ['mql.none.1.none.0', 'any', 'not-met'],
      ['mql.none.1.atLeast.0', 'fewer than 1 of 2', 'met'],
      ['mql.none.1.atLeast.1', 'fewer than 1 of 2', 'met'],
      ['mql.atLeast.0', 'atLeast 1 of 2', 'not-met'],
      ['mql.atLeast.1', 'atLeast 1 of 2', 'not-met'],
    ]);
  });

  it('leaves out clauses from the end of the next definition, and says how many, where the JSON would be too long', () => {
    const many = (title: string) => ({ field: 'Lead.NumberOfEmployees', title });
    const document = agreement({
      facts: { employees: many('E'.repeat(80)), size: many('S'.repeat(80)) },
      stages: [
        { id: 'inquiry', title: 'Inquiry' },
        { id: 'mql', title: 'MQL', when: { all: Array.from({ length: 90 }, () => ({ employees: { atLeast: 50 } })) } },
        { id: 'sql', title: 'SQL', when: { all: Array.from({ length: 90 }, () => ({ size: { atLeast: 99 } })) } },
      ],
    });
    const receipt = receiptOf(document, lead({ NumberOfEmployees: 60 }));
    const [current, next] = receipt.definitions;
    expect(JSON.stringify(receipt).length).toBeLessThanOrEqual(longestReceipt);
    expect(JSON.stringify(receipt).length).toBeGreaterThan(longestReceipt - 600);
    expect(current?.clauses).toHaveLength(90);
    expect(current?.omitted).toBeUndefined();
    expect((next?.clauses.length ?? 0) + (next?.omitted ?? 0)).toBe(90);
  });

  it('shortens the current definition too where the next has nothing left to leave out', () => {
    const document = agreement({
      facts: { employees: { field: 'Lead.NumberOfEmployees', title: 'E'.repeat(80) } },
      when: { all: Array.from({ length: 400 }, () => ({ employees: { atLeast: 50 } })) },
    });
    const [current] = receiptOf(document, lead({ NumberOfEmployees: 60 })).definitions;
    expect((current?.clauses.length ?? 0) + (current?.omitted ?? 0)).toBe(400);
    expect(JSON.stringify(receiptOf(document, lead({ NumberOfEmployees: 60 }))).length).toBeLessThanOrEqual(
      longestReceipt,
    );
  });

  it('refuses a decision of another agreement', () => {
    const other = agreement({ stages: [{ id: 'start', title: 'Start' }] });
    const decision = decide(compileAgreement(other), lead({}), now);
    expect(() => toReceipt(decision, compileAgreement(agreement()), header)).toThrow('"start"');
  });
});

describe('parseReceipt', () => {
  const receipt = receiptOf(
    agreement({ facts, when: { any: [{ calls: { is: 1 } }, { employees: { is: 1 } }] } }),
    lead({}),
  );

  it('reads back what was written', () => {
    expect(parseReceipt(JSON.stringify(receipt))).toEqual(receipt);
  });

  it.each([null, undefined, '', '{', '[]', 'null', '{"v":2}', '{"v":1}'])('takes %j for no receipt', (json) => {
    expect(parseReceipt(json)).toBeUndefined();
  });

  it.each([
    ['a definition without clauses', { definitions: [{ stage: 'a', title: 'A', withheld: 0 }] }],
    [
      'a clause with another outcome',
      { definitions: [{ ...receipt.definitions[1], clauses: [{ outcome: 'maybe' }] }] },
    ],
    [
      'a clause without a source',
      {
        definitions: [{ ...receipt.definitions[1], clauses: [{ ...receipt.definitions[1]?.clauses[0], source: {} }] }],
      },
    ],
    ['a stage without a title', { stage: { id: 'a' } }],
  ])('refuses %s, which a screen could not show', (_what, changes) => {
    expect(parseReceipt(JSON.stringify({ ...receipt, ...changes }))).toBeUndefined();
  });
});
