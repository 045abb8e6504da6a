import { describe, expect, it } from 'vitest';
import type { Agreement, Comparison, Fact } from '../../../../src/domain/agreement/schema.ts';
import type { Timeline, TimelineEvent } from '../../../../src/domain/timeline/timeline.ts';
import { walkHistory } from '../../../../src/domain/replay/walk-history.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide, newJudgement } from '../../../../src/domain/verdict/decide.ts';
import type { ClauseResult, Outcome } from '../../../../src/domain/verdict/decision.ts';
import { checkAgreement } from '../../../../src/domain/agreement/check-agreement.ts';
import { agreement, checked, dayMs, lead, now } from '../agreement-builder.ts';
import { everything } from '../whole-language.ts';

const clauseOf = (document: Agreement, timeline: Timeline, at = now): ClauseResult | undefined =>
  decide(compileAgreement(checked(document)), timeline, at).verdicts[1]?.clauses[0];

function outcomeOf(
  fact: Fact,
  comparison: Comparison,
  timeline: Timeline,
  parts: Partial<Agreement> = {},
): Outcome | undefined {
  const document = { ...agreement({ facts: { it: fact }, when: { all: [{ it: comparison }] } }), ...parts };
  return clauseOf(document, timeline)?.outcome;
}

const signal = (daysAgo: number, attributes: TimelineEvent['attributes'] = {}): TimelineEvent => ({
  kind: 'signal',
  recordId: `s${daysAgo}`,
  at: now - daysAgo * dayMs,
  attributes,
});

describe('the whole language', () => {
  it('passes its check', () => {
    const check = checkAgreement(everything);
    expect(check.ok ? [] : check.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is judged without a failure for a person of whom nothing is known', () => {
    expect(decide(compileAgreement(checked(everything)), lead({}), now).stage).toBe('inquiry');
  });
});

describe('comparisons', () => {
  const field: Fact = { field: 'Lead.X' };

  it.each<[string | number, Comparison, Outcome]>([
    [50, { between: [50, 60] }, 'met'],
    [61, { between: [50, 60] }, 'not-met'],
    ['2026-03-01', { between: ['2026-03-01', '2026-03-31'] }, 'met'],
    ['2026-03-31T21:59:59Z', { between: ['2026-03-01', '2026-03-31'] }, 'met'],
    ['2026-03-31T22:00:00Z', { between: ['2026-03-01', '2026-03-31'] }, 'not-met'],
    ['2026-03-30', { before: '2026-03-31' }, 'met'],
    ['2026-03-31', { before: '2026-03-31' }, 'not-met'],
    ['2026-03-31', { after: '2026-03-31' }, 'not-met'],
    ['2026-03-30T22:00:00Z', { before: '2026-03-31' }, 'not-met'],
    ['2026-03-31T22:00:00Z', { after: '2026-03-31' }, 'met'],
    ['no date', { after: '2026-03-31' }, 'unknown'],
    ['Sales Director', { endsWith: 'director' }, 'met'],
    ['Director of Sales', { endsWith: 'director' }, 'not-met'],
    ['/Pricing/eu', { matches: '/pricing*' }, 'met'],
    ['/en/pricing/eu', { matches: '*/pricing/*' }, 'met'],
    ['/en/price', { matches: '*/pricing/*' }, 'not-met'],
    ['aa', { matches: 'a*a*a' }, 'not-met'],
    ['A;B', { includesAny: ['b', 'c'] }, 'met'],
    ['A;B', { includesAll: ['b', 'c'] }, 'not-met'],
    ['A; B ;C', { includesAll: ['b', 'c'] }, 'met'],
    ['Austria', { inGroup: 'dach' }, 'met'],
    ['Spain', { inGroup: ['dach'] }, 'not-met'],
    ['Spain', { notInGroup: 'dach' }, 'met'],
  ])('judge %j by %j as %s', (value, comparison, outcome) => {
    const parts = { groups: { dach: { values: ['Germany', 'Austria'] } }, timeZone: 'Europe/Berlin' };
    expect(outcomeOf(field, comparison, lead({ X: value }), parts)).toBe(outcome);
    expect(outcomeOf(field, comparison, lead({ X: null }), parts)).toBe('unknown');
  });
});

describe('facts about events', () => {
  const timeline = lead({}, [
    signal(1, { path: '/pricing/eu', amount: 10.1 }),
    signal(2, { path: '/blog', amount: 20.2 }),
    signal(3, { path: '/PRICING', amount: 'many' }),
    signal(40, { path: '/pricing', amount: 1000 }),
    signal(-1, { path: '/pricing', amount: 1000 }),
  ]);

  it('filter by patterns and comparisons, which a missing attribute fits never', () => {
    const count = (where: Extract<Fact, { count: string }>['where']): Fact => ({
      count: 'signal',
      where,
      within: '30 days',
    });
    expect(outcomeOf(count({ path: '/pricing*' }), { is: 2 }, timeline)).toBe('met');
    expect(outcomeOf(count({ amount: { above: 15 } }), { is: 1 }, timeline)).toBe('met');
    expect(outcomeOf(count({ nothing: { isNot: 'x' } }), { is: 0 }, timeline)).toBe('met');
    expect(outcomeOf(count({ nothing: '*' }), { is: 0 }, timeline)).toBe('met');
  });

  it('add up what is a number', () => {
    const sum: Fact = { sum: 'signal', of: 'amount', within: '30 days' };
    expect(outcomeOf(sum, { is: 30.3 }, timeline)).toBe('met');
    expect(outcomeOf(sum, { atLeast: 0 }, { ...timeline, unread: ['signal'] })).toBe('unknown');
  });

  it('read the latest value, and count different ones', () => {
    expect(outcomeOf({ latest: 'signal', of: 'path' }, { is: '/pricing/eu' }, timeline)).toBe('met');
    expect(outcomeOf({ latest: 'signal', of: 'path', where: { amount: 'many' } }, { is: '/pricing' }, timeline)).toBe(
      'met',
    );
    expect(outcomeOf({ latest: 'signal', of: 'colour' }, { is: 'red' }, timeline)).toBe('unknown');
    expect(outcomeOf({ distinct: 'signal', of: 'path' }, { is: 3 }, timeline)).toBe('met');
  });

  it('decay by half in each half-life, and say to the millisecond when a bound is crossed', () => {
    const heat: Fact = { count: 'signal', decay: '14 days' };
    const once = lead({}, [signal(14), signal(28)]);
    expect(outcomeOf(heat, { atLeast: 0.75 }, once)).toBe('met');
    expect(outcomeOf(heat, { above: 0.75 }, once)).toBe('not-met');
    const compiled = compileAgreement(
      checked(agreement({ facts: { heat }, when: { all: [{ heat: { atLeast: 0.375 } }] } })),
    );
    const { validUntil = 0 } = decide(compiled, once, now);
    expect(Math.abs(validUntil - (now + 14 * dayMs))).toBeLessThan(10);
    expect(decide(compiled, once, validUntil - 1).stage).toBe('mql');
    expect(decide(compiled, once, now + 14 * dayMs + 1).stage).toBe('inquiry');
  });

  it('decay without a judgement for every millisecond where great amounts nearly cancel each other', () => {
    const spend: Fact = { sum: 'signal', of: 'amount', decay: '14 days' };
    const score: Fact = { score: [{ each: 'spend', points: 1, max: 5 }] };
    const both = [{ spend: { atLeast: 3 } }, { points: { atLeast: 3 } }];
    const compiled = compileAgreement(checked(agreement({ facts: { spend, points: score }, when: { all: both } })));
    const events = [signal(300, { amount: 1e9 }), signal(300 - 1e-5, { amount: -1e9 + 1e4 })];
    let judgements = 0;
    let last = '';
    const judgement = newJudgement(compiled);
    const history = { ...lead({}, events), createdAt: now - 301 * dayMs, changes: [] };
    const range = { from: -Infinity, to: now };
    walkHistory(compiled, history, range, judgement, () => {
      judgements += 1;
      last = compiled.stages[judgement.stage]?.id ?? '';
    });
    expect(last).toBe('inquiry');
    expect(judgements).toBeLessThan(30);
  });
});

describe('facts about the person', () => {
  it('read what a lead was converted to, which is unknown before', () => {
    const amount: Fact = { field: 'Opportunity.Amount' };
    expect(outcomeOf(amount, { above: 5 }, lead({ Amount: 9 }))).toBe('unknown');
    expect(outcomeOf(amount, { above: 5 }, { ...lead({}), related: { Opportunity: { Amount: 9 } } })).toBe('met');
  });

  it('tell when a value arose, where the history knows it', () => {
    const document = agreement({ facts: { it: { field: 'Lead.X' } }, when: { all: [{ it: { is: 1 } }] } });
    const known = { ...lead({ X: 1 }), fieldTimes: { 'Lead.X': now - dayMs } };
    expect(clauseOf(document, known)?.source).toEqual({
      kind: 'field',
      object: 'Lead',
      field: 'X',
      changedAt: now - dayMs,
    });
    expect(clauseOf(document, lead({ X: 1 }))?.source).toEqual({ kind: 'field', object: 'Lead', field: 'X' });
  });

  it('read the owner', () => {
    const owned = { ...lead({}), owner: { id: '005', kind: 'user' as const, name: 'Ana' } };
    expect(outcomeOf({ owner: 'kind' }, { is: 'user' }, owned)).toBe('met');
    expect(outcomeOf({ owner: 'name' }, { in: ['ana'] }, owned)).toBe('met');
    expect(outcomeOf({ owner: 'kind' }, { is: 'user' }, lead({}))).toBe('unknown');
  });

  it('count whole days in the stage that the person is in', () => {
    const waiting: Fact = { daysInStage: true };
    const inStage = (daysAgo: number) => ({
      ...lead({}),
      previous: { stage: 'inquiry', since: now - daysAgo * dayMs },
    });
    expect(outcomeOf(waiting, { atLeast: 3 }, inStage(3))).toBe('met');
    expect(outcomeOf(waiting, { atLeast: 3 }, inStage(2.9))).toBe('not-met');
    expect(outcomeOf(waiting, { atLeast: 3 }, lead({}))).toBe('unknown');
  });
});

describe('a score', () => {
  const document = (comparison: Comparison): Agreement =>
    agreement({
      facts: {
        a: { field: 'Lead.A' },
        b: { field: 'Lead.B' },
        visits: { count: 'signal' },
        score: {
          score: [
            { when: { a: { is: true } }, points: 20 },
            { when: { all: [{ b: { is: true } }] }, points: -15 },
            { each: 'visits', points: 5, max: 12 },
          ],
          cap: 30,
        },
      },
      when: { all: [{ score: comparison }] },
    });
  const outcome = (comparison: Comparison, timeline: Timeline) => clauseOf(document(comparison), timeline)?.outcome;

  it('adds up its lines, up to their own and its own limit', () => {
    expect(outcome({ is: 20 }, lead({ A: true, B: false }))).toBe('met');
    expect(outcome({ is: 10 }, lead({ A: true, B: true }, [signal(1)]))).toBe('met');
    expect(outcome({ is: 30 }, lead({ A: true, B: false }, [signal(1), signal(2), signal(3)]))).toBe('met');
    expect(outcome({ is: 12 }, lead({ A: false, B: false }, [signal(1), signal(2), signal(3)]))).toBe('met');
  });

  it('is unknown only where what is not known could decide', () => {
    const unknown = lead({ A: true });
    expect(outcome({ atLeast: 5 }, unknown)).toBe('met');
    expect(outcome({ atLeast: 6 }, unknown)).toBe('unknown');
    expect(outcome({ above: 20 }, unknown)).toBe('not-met');
    expect(outcome({ is: 19 }, unknown)).toBe('unknown');
    expect(outcome({ is: 21 }, unknown)).toBe('not-met');
  });

  it('tells what each line came to', () => {
    expect(clauseOf(document({ atLeast: 5 }), lead({ A: true }, [signal(1)]))?.source).toEqual({
      kind: 'score',
      fields: ['Lead.A', 'Lead.B'],
      lines: [
        { sentence: 'A is yes', outcome: 'met', points: 20 },
        { sentence: 'B is yes', outcome: 'unknown', points: -15 },
        { sentence: 'Each of Visits, up to 12 points', outcome: 'met', points: 5 },
      ],
    });
  });

  it('is restricted where a fact inside is', () => {
    const facts = { ...document({ atLeast: 5 }).facts, b: { field: 'Lead.B', restricted: true } };
    expect(clauseOf({ ...document({ atLeast: 5 }), facts }, lead({}))?.restricted).toBe(true);
  });
});

describe('stages', () => {
  const level: Fact = { field: 'Lead.Level' };
  const bad: Fact = { field: 'Lead.Bad' };
  const stages: Agreement['stages'] = [
    { id: 'inquiry', title: 'Inquiry' },
    { id: 'mql', title: 'MQL', back: false, when: { all: [{ level: { atLeast: 1 } }] } },
    { id: 'lost', title: 'Lost', side: true, when: { all: [{ bad: { is: true } }] } },
    { id: 'sql', title: 'SQL', when: { all: [{ level: { atLeast: 2 } }] } },
  ];
  const compiled = compileAgreement(checked(agreement({ facts: { level, bad }, stages })));
  const stageOf = (Level: number, previous?: string, Bad = false) =>
    decide(
      compiled,
      { ...lead({ Level, Bad }), ...(previous && { previous: { stage: previous, since: now - dayMs } }) },
      now,
    );

  it('off the ladder take whoever meets them, whatever else is met', () => {
    expect(stageOf(2, 'sql', true).stage).toBe('lost');
    expect(stageOf(2, 'lost', false).stage).toBe('sql');
  });

  it('without a way back are kept, and say so', () => {
    expect(stageOf(0, 'mql')).toMatchObject({ stage: 'mql', kept: true });
    expect(stageOf(0, 'sql')).toMatchObject({ stage: 'mql', kept: true });
    expect(stageOf(1, 'mql').kept).toBeUndefined();
    expect(stageOf(0, 'inquiry').stage).toBe('inquiry');
    expect(stageOf(0, 'lost').stage).toBe('inquiry');
    expect(stageOf(0, 'of an earlier version').stage).toBe('inquiry');
  });
});

describe('segments and named conditions', () => {
  const document: Agreement = {
    ...agreement({
      facts: { employees: { field: 'Lead.Employees' }, country: { field: 'Lead.Country' } },
      stages: [
        { id: 'inquiry', title: 'Inquiry' },
        {
          id: 'mql',
          title: 'MQL',
          when: { all: [{ country: { known: true } }, { condition: 'big' }] },
          whenIn: { emea: { all: [{ employees: { atLeast: 5 } }] } },
        },
      ],
    }),
    conditions: { big: { title: 'Big', any: [{ employees: { atLeast: 50 } }] } },
    segments: [{ id: 'emea', title: 'EMEA', when: { any: [{ country: { is: 'Germany' } }] } }],
  };
  const decideFor = (fields: Timeline['fields']) => decide(compileAgreement(checked(document)), lead(fields), now);

  it('judge by the definition of the first segment that is met, else by the base one', () => {
    expect(decideFor({ Country: 'Germany', Employees: 5 })).toMatchObject({ stage: 'mql', segment: 'emea' });
    expect(decideFor({ Country: 'France', Employees: 5 }).stage).toBe('inquiry');
    expect(decideFor({ Employees: 5 }).segment).toBeUndefined();
  });

  it('name clauses by the segment and by the condition', () => {
    const ids = (fields: Timeline['fields']) => decideFor(fields).verdicts[1]?.clauses.map(({ clause }) => clause);
    expect(ids({ Country: 'Germany' })).toEqual(['mql@emea.all.0']);
    expect(ids({ Country: 'France' })).toEqual(['mql.all.0', 'mql.all.1.big.any.0']);
  });
});
