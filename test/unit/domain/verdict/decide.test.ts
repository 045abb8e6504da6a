import { describe, expect, it } from 'vitest';
import type { Comparison, Definition, Fact } from '../../../../src/domain/agreement/schema.ts';
import type { Timeline } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide, judge, newJudgement } from '../../../../src/domain/verdict/decide.ts';
import type { Outcome } from '../../../../src/domain/verdict/decision.ts';
import { activity, agreement, checked, criterion, dayMs, lead, now, oneCriterion } from '../agreement-builder.ts';

/** The outcome of one criterion for one person. */
function outcomeOf(fact: Fact, comparison: Comparison, timeline: Timeline): Outcome | undefined {
  const decision = decide(compileAgreement(checked(oneCriterion(fact, comparison))), timeline, now);
  return decision.verdicts[1]?.clauses[0]?.outcome;
}

const size: Fact = { field: 'Lead.NumberOfEmployees' };
const industry: Fact = { field: 'Lead.Industry' };

describe('a criterion on a field', () => {
  it.each<[Comparison, Outcome]>([
    [{ atLeast: 50 }, 'met'],
    [{ atLeast: 51 }, 'not-met'],
    [{ atMost: 50 }, 'met'],
    [{ atMost: 49 }, 'not-met'],
    [{ above: 50 }, 'not-met'],
    [{ below: 50 }, 'not-met'],
    [{ is: 50 }, 'met'],
    [{ isNot: 50 }, 'not-met'],
    [{ in: [1, 50] }, 'met'],
    [{ notIn: [1, 50] }, 'not-met'],
    [{ known: true }, 'met'],
    [{ known: false }, 'not-met'],
    [{ atLeast: 10, atMost: 49 }, 'not-met'],
    [{ atLeast: 10, below: 51 }, 'met'],
  ])('judges the number 50 by %j as %s', (comparison, outcome) => {
    expect(outcomeOf(size, comparison, lead({ NumberOfEmployees: 50 }))).toBe(outcome);
  });

  it.each<[Comparison, Outcome]>([
    [{ is: 'technology' }, 'met'],
    [{ isNot: 'TECHNOLOGY' }, 'not-met'],
    [{ in: ['Retail', 'technology'] }, 'met'],
    [{ notIn: ['Retail', 'Education'] }, 'met'],
    [{ contains: 'NOLO' }, 'met'],
    [{ startsWith: 'tech' }, 'met'],
    [{ startsWith: 'nolo' }, 'not-met'],
  ])('compares the text Technology by %j without regard to case: %s', (comparison, outcome) => {
    expect(outcomeOf(industry, comparison, lead({ Industry: 'Technology' }))).toBe(outcome);
  });

  it('judges a checkbox', () => {
    const optedOut: Fact = { field: 'Lead.HasOptedOutOfEmail' };
    expect(outcomeOf(optedOut, { is: false }, lead({ HasOptedOutOfEmail: false }))).toBe('met');
    expect(outcomeOf(optedOut, { is: true }, lead({ HasOptedOutOfEmail: false }))).toBe('not-met');
  });

  it.each([
    ['blank', { Industry: null }],
    ['empty', { Industry: '' }],
    ['only white space', { Industry: ' \t' }],
    ['not read', {}],
  ])('is unknown when the field is %s, and never met by not being something', (_what, fields) => {
    expect(outcomeOf(industry, { is: 'Technology' }, lead(fields))).toBe('unknown');
    expect(outcomeOf(industry, { isNot: 'Technology' }, lead(fields))).toBe('unknown');
    expect(outcomeOf(industry, { known: false }, lead(fields))).toBe('met');
  });

  it('takes the values that the agreement calls blank for unknown', () => {
    const fact: Fact = { field: 'Lead.Industry', blank: ['Select', 'n/a'] };
    expect(outcomeOf(fact, { known: true }, lead({ Industry: 'select' }))).toBe('not-met');
    expect(outcomeOf(fact, { isNot: 'Technology' }, lead({ Industry: 'N/A ' }))).toBe('unknown');
    expect(outcomeOf(fact, { isNot: 'Technology' }, lead({ Industry: 'Selected' }))).toBe('met');
  });

  it('tells zero and false from unknown', () => {
    expect(outcomeOf(size, { atLeast: 1 }, lead({ NumberOfEmployees: 0 }))).toBe('not-met');
    expect(outcomeOf(size, { known: true }, lead({ NumberOfEmployees: 0 }))).toBe('met');
  });

  it.each<[Comparison, string | boolean]>([
    [{ atLeast: 50 }, '500'],
    [{ is: 50 }, '50'],
    [{ in: [50, 60] }, true],
  ])('cannot judge %j of a value of another type', (comparison, value) => {
    expect(outcomeOf(size, comparison, lead({ NumberOfEmployees: value }))).toBe('unknown');
  });
});

describe('a criterion on the domain of an e-mail address', () => {
  const domain: Fact = { emailDomain: 'Lead.Email' };

  it.each([
    ['ana@GMAIL.com', 'met'],
    ['"a@b"@gmail.com', 'met'],
    ['ana@mail.gmail.com', 'not-met'],
    ['ana', 'unknown'],
    ['ana@', 'unknown'],
    [null, 'unknown'],
  ])('judges %j as %s', (email, outcome) => {
    expect(outcomeOf(domain, { in: ['gmail.com', 'yahoo.com'] }, lead({ Email: email }))).toBe(outcome);
  });
});

describe('a count of events', () => {
  const calls: Fact = { count: 'activity', where: { type: 'call' }, within: '14 days' };

  it('counts the events of the kind that fit, in the window', () => {
    const events = [
      activity(1),
      activity(13.9, { type: 'CALL' }),
      activity(14),
      activity(2, { type: 'Email' }),
      activity(3, {}),
      activity(-1),
      { ...activity(1), kind: 'response' as const },
    ];
    expect(outcomeOf(calls, { is: 2 }, lead({}, events))).toBe('met');
  });

  it('counts an event of this very instant, and none to come', () => {
    expect(outcomeOf(calls, { is: 1 }, lead({}, [activity(0)]))).toBe('met');
    expect(outcomeOf(calls, { is: 0 }, lead({}, [activity(-0.001)]))).toBe('met');
  });

  it('is zero, not unknown, when there are no events', () => {
    expect(outcomeOf(calls, { atLeast: 1 }, lead({}))).toBe('not-met');
  });

  it('is unknown when the events could not be read', () => {
    expect(outcomeOf(calls, { atLeast: 0 }, { ...lead({}), unread: ['activity'] })).toBe('unknown');
    expect(outcomeOf(calls, { atLeast: 0 }, { ...lead({}), unread: ['response'] })).toBe('met');
  });

  it('wants every attribute, and any of the values listed for one', () => {
    const fact: Fact = { count: 'activity', where: { type: ['call', 'meeting'], status: 'Done' } };
    const events = [
      activity(400, { type: 'Call', status: 'done' }),
      activity(500, { type: 'Meeting', status: 'Done' }),
      activity(1, { type: 'Call', status: 'Open' }),
      activity(1, { type: 'Email', status: 'Done' }),
    ];
    expect(outcomeOf(fact, { is: 2 }, lead({}, events))).toBe('met');
  });
});

describe('days since', () => {
  it('counts whole days of a date and time', () => {
    const age: Fact = { daysSince: 'Lead.CreatedDate' };
    const created = (daysAgo: number) => lead({ CreatedDate: new Date(now - daysAgo * dayMs).toISOString() });
    expect(outcomeOf(age, { atMost: 30 }, created(30.9))).toBe('met');
    expect(outcomeOf(age, { atMost: 30 }, created(31))).toBe('not-met');
    expect(outcomeOf(age, { below: 0 }, created(-5))).toBe('met');
    expect(outcomeOf(age, { known: true }, lead({ CreatedDate: 'no date' }))).toBe('not-met');
  });

  it('starts from the latest event, and has no end where there was none', () => {
    const idle: Fact = { daysSince: 'activity' };
    expect(outcomeOf(idle, { is: 3 }, lead({}, [activity(9), activity(3), activity(-1)]))).toBe('met');
    expect(outcomeOf(idle, { atLeast: 30 }, lead({}))).toBe('met');
    expect(outcomeOf(idle, { atMost: 30 }, lead({}))).toBe('not-met');
  });
});

describe('a definition', () => {
  const facts: Record<string, Fact> = { a: { field: 'Lead.A' }, b: { field: 'Lead.B' }, c: { field: 'Lead.C' } };
  const isTrue = (fact: string) => criterion(fact, { is: true });
  const [a, b, c] = [isTrue('a'), isTrue('b'), isTrue('c')];

  /** Outcome for T (true), F (false) and U (unknown) of a, b and c. */
  const outcomeFor = (when: Definition, values: string): Outcome | undefined => {
    const fields = Object.fromEntries(
      values.split('').flatMap((value, index) => (value === 'U' ? [] : [['ABC'[index], value === 'T']])),
    );
    const compiled = compileAgreement(agreement({ facts, when }));
    return decide(compiled, lead(fields), now).verdicts[1]?.outcome;
  };

  it.each<[Definition, Record<string, Outcome>]>([
    [{ all: [a, b, c] }, { TTT: 'met', TTU: 'unknown', FUU: 'not-met', UUU: 'unknown' }],
    [{ any: [a, b, c] }, { FFF: 'not-met', TUU: 'met', FFU: 'unknown' }],
    [{ none: [a, b, c] }, { FFF: 'met', TUU: 'not-met', FFU: 'unknown' }],
    [{ atLeast: { n: 2, of: [a, b, c] } }, { TTU: 'met', TUF: 'unknown', UFF: 'not-met', TFF: 'not-met', TTT: 'met' }],
    [
      { all: [a], none: [b] },
      { TF: 'met', TT: 'not-met', TU: 'unknown', FU: 'not-met' },
    ],
    [{ any: [{ all: [a, b] }, { none: [c] }] }, { TTT: 'met', FTF: 'met', FTT: 'not-met', FTU: 'unknown' }],
    [{ none: [{ all: [a, b] }] }, { TT: 'not-met', TF: 'met', TU: 'unknown', FU: 'met' }],
  ])('%j is unknown only where an unknown decides', (when, table) => {
    for (const [values, outcome] of Object.entries(table))
      expect([values, outcomeFor(when, values)]).toEqual([values, outcome]);
  });
});

describe('decide', () => {
  const stages = [
    { id: 'inquiry', title: 'Inquiry' },
    { id: 'mql', title: 'MQL', when: { all: [{ employees: { atLeast: 50 } }] } },
    { id: 'sql', title: 'SQL', when: { all: [{ industry: { is: 'Technology' } }] } },
  ];
  const facts = { employees: size, industry };
  const compiled = compileAgreement(checked(agreement({ facts, stages })));

  it('puts a person into the highest stage whose definition is met, whatever lies between', () => {
    expect(decide(compiled, lead({ NumberOfEmployees: 5, Industry: 'Technology' }), now).stage).toBe('sql');
    expect(decide(compiled, lead({ NumberOfEmployees: 50, Industry: null }), now).stage).toBe('mql');
    expect(decide(compiled, lead({}), now).stage).toBe('inquiry');
  });

  it('gives every clause of every stage an id, a sentence, an outcome and a source', () => {
    const nested = agreement({
      facts: { employees: size, calls: { count: 'activity', restricted: true } },
      when: {
        all: [{ any: [{ calls: { atLeast: 2 } }, { employees: { atLeast: 50 } }] }],
        none: [{ calls: { is: 0 } }],
      },
    });
    const { verdicts } = decide(compileAgreement(nested), lead({}, [activity(5), activity(8)]), now);
    const source = { kind: 'events', event: 'activity', recordIds: ['00T8', '00T5'], latestAt: now - 5 * dayMs };
    expect(verdicts[0]).toEqual({ stage: 'inquiry', title: 'Inquiry', outcome: 'met', clauses: [] });
    expect(verdicts[1]?.clauses).toEqual([
      {
        clause: 'mql.all.0.any.0',
        sentence: 'At least 2 activities',
        fact: 'calls',
        outcome: 'met',
        source,
        restricted: true,
      },
      {
        clause: 'mql.all.0.any.1',
        sentence: 'Employees is at least 50',
        fact: 'employees',
        outcome: 'unknown',
        source: { kind: 'field', object: 'Lead', field: 'NumberOfEmployees' },
        restricted: false,
      },
      { clause: 'mql.none.0', sentence: 'No activities', fact: 'calls', outcome: 'not-met', source, restricted: true },
    ]);
  });

  it('gives the latest event alone as the evidence of days since', () => {
    const document = checked(oneCriterion({ daysSince: 'activity' }, { atMost: 9 }));
    const { verdicts } = decide(compileAgreement(document), lead({}, [activity(5), activity(8), activity(-1)]), now);
    expect(verdicts[1]?.clauses[0]?.source).toEqual({
      kind: 'events',
      event: 'activity',
      recordIds: ['00T5'],
      latestAt: now - 5 * dayMs,
    });
  });

  it('says the same with a judgement that served for someone else', () => {
    const judgement = newJudgement(compiled);
    judge(compiled, lead({ NumberOfEmployees: 50, Industry: 'Technology' }), now, judgement);
    expect(decide(compiled, lead({}), now, judgement)).toEqual(decide(compiled, lead({}), now));
  });

  it('judges ten thousand events on one lead', () => {
    const document = checked(oneCriterion({ count: 'activity', within: '1 day' }, { atLeast: 10_000 }));
    const events = Array.from({ length: 10_000 }, (_, index) => ({
      ...activity(index / 20_000),
      recordId: `00T${index}`,
    }));
    expect(decide(compileAgreement(document), lead({}, events), now).stage).toBe('mql');
  });
});

describe('validUntil', () => {
  const validUntil = (fact: Fact, comparison: Comparison, timeline: Timeline): number | undefined =>
    decide(compileAgreement(checked(oneCriterion(fact, comparison))), timeline, now).validUntil;

  it('is undefined where time alone changes nothing', () => {
    expect(validUntil(size, { atLeast: 50 }, lead({ NumberOfEmployees: 5 }))).toBeUndefined();
    expect(validUntil({ count: 'activity' }, { atLeast: 1 }, lead({}, [activity(3)]))).toBeUndefined();
    expect(validUntil({ count: 'activity', within: '2 days' }, { is: 0 }, lead({}, [activity(3)]))).toBeUndefined();
  });

  it('is the instant at which the oldest event leaves its window', () => {
    const fact: Fact = { count: 'activity', within: '14 days' };
    expect(validUntil(fact, { atLeast: 1 }, lead({}, [activity(3), activity(10)]))).toBe(now + 4 * dayMs);
  });

  it('is told to everyone without what restricted clauses change', () => {
    const facts: Record<string, Fact> = {
      secret: { count: 'activity', within: '5 days', restricted: true },
      open: { count: 'activity', within: '7 days' },
    };
    const document = agreement({ facts, when: { any: [{ open: { atLeast: 1 } }, { secret: { atLeast: 1 } }] } });
    const { validUntil: own, sharedValidUntil } = decide(
      compileAgreement(checked(document)),
      lead({}, [activity(1)]),
      now,
    );
    expect([own, sharedValidUntil]).toEqual([now + 4 * dayMs, now + 6 * dayMs]);
    const secret = checked(agreement({ facts, when: { any: [{ secret: { atLeast: 1 } }] } }));
    expect(decide(compileAgreement(secret), lead({}, [activity(1)]), now).sharedValidUntil).toBeUndefined();
  });

  it('is the instant of an event to come', () => {
    expect(validUntil({ count: 'activity', within: '14 days' }, { is: 0 }, lead({}, [activity(-2)]))).toBe(
      now + 2 * dayMs,
    );
    expect(validUntil({ daysSince: 'activity' }, { known: true }, lead({}, [activity(-2)]))).toBe(now + 2 * dayMs);
  });

  it.each<[Comparison, number | undefined]>([
    [{ atLeast: 30 }, 20],
    [{ below: 30 }, 20],
    [{ atMost: 30 }, 21],
    [{ above: 30 }, 21],
    [{ atLeast: 10, atMost: 12 }, 3],
    [{ is: 12 }, 2],
    [{ in: [3, 10] }, 1],
    [{ atLeast: 10 }, undefined],
    [{ known: true }, undefined],
  ])('for an age of 10 days and %j is in %j days', (comparison, days) => {
    const timeline = lead({ CreatedDate: new Date(now - 10 * dayMs).toISOString() });
    const expected = days === undefined ? undefined : now + days * dayMs;
    expect(validUntil({ daysSince: 'Lead.CreatedDate' }, comparison, timeline)).toBe(expected);
  });
});
