import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { previewPerson } from '../../../../src/domain/preview/preview-person.ts';
import { type PreviewQuestion, preparePreview } from '../../../../src/domain/preview/preview-rules.ts';
import type { PreviewResult } from '../../../../src/domain/preview/preview-result.ts';
import { mergeTally, newTally } from '../../../../src/domain/preview/tally.ts';
import { toPreviewResult } from '../../../../src/domain/preview/to-preview-result.ts';
import type { PersonHistory } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { agreement, checked, dayMs, now } from '../agreement-builder.ts';
import { histories } from '../random-history.ts';
import { agreements } from '../random-agreement.ts';

const employees = (bound: number): Agreement => agreement({ when: { all: [{ employees: { atLeast: bound } }] } });

const question = (
  proposed: Agreement,
  against: Agreement | undefined,
  changes: Partial<PreviewQuestion> = {},
): PreviewQuestion => ({
  proposed: compileAgreement(checked(proposed)),
  against: against ? [{ compiled: compileAgreement(checked(against)), from: -Infinity }] : [],
  from: now - 90 * dayMs,
  to: now,
  asOf: now,
  timeZone: 'UTC',
  success: { kind: 'converted', within: undefined, value: { object: 'Opportunity', field: 'Amount' } },
  knownSince: new Map(),
  ...changes,
});

const version = { name: 'Northwind', hash: '0' };

function preview(asked: PreviewQuestion, people: readonly PersonHistory[]): PreviewResult {
  const rules = preparePreview(asked);
  const tally = newTally(rules.stages.length, rules.clauses.length);
  for (const person of people) previewPerson(rules, person, tally);
  return toPreviewResult(rules, tally, { proposed: version, against: [version], success: 'converted' });
}

let lastId = 0;
const person = (
  NumberOfEmployees: number | null,
  changes: Partial<PersonHistory> & { won?: number } = {},
): PersonHistory => {
  const { won, ...rest } = changes;
  return {
    personId: `00Q${String((lastId += 1)).padStart(15, '0')}`,
    object: 'Lead',
    fields: { NumberOfEmployees, LeadSource: 'Web', IsConverted: won !== undefined },
    createdAt: now - 10 * dayMs,
    events: [],
    changes: [],
    ...(won !== undefined && { relatedSince: now - dayMs, related: { Opportunity: { Amount: won, IsWon: true } } }),
    ...rest,
  };
};

describe('a preview', () => {
  it('tells who is dropped, how many of them had succeeded and what they were worth', () => {
    const people = [person(10), person(60, { won: 1_000.5 }), person(70), person(200, { won: 7 }), person(null)];
    const result = preview(question(employees(100), employees(50)), people);
    expect(result.headline).toBe(
      'Under the draft: 3 → 1 reach Marketing qualified lead in 90 days; 1 of the 2 dropped had succeeded, worth 1,001.',
    );
    expect(result.people).toBe(5);
    expect(result.reached.current).toMatchObject({ people: 3, worth: 1_007.5, succeeded: { count: 2, of: 3 } });
    expect(result.dropped).toMatchObject({ people: 2, succeeded: { count: 1, of: 2 }, worth: 1_000.5 });
    expect(result.added.people).toBe(0);
    const [inquiry, mql] = result.stages;
    expect(inquiry).toMatchObject({ entered: { current: 2, proposed: 4 }, present: { current: 2, proposed: 4 } });
    expect(mql).toMatchObject({ entered: { current: 3, proposed: 1 }, left: { current: 0, proposed: 0 } });
  });

  it('counts the worth of an opportunity once, however many people were converted to it', () => {
    const buyer = (): PersonHistory =>
      person(60, { won: 0, related: { Opportunity: { Id: '006000000000001AAA', Amount: 500, IsWon: true } } });
    const rules = preparePreview(question(employees(50), undefined));
    const counts = (some: readonly PersonHistory[]) => {
      const tally = newTally(rules.stages.length, rules.clauses.length);
      for (const each of some) previewPerson(rules, each, tally);
      return tally;
    };
    const whole = counts([buyer(), person(60, { won: 70 })]);
    mergeTally(whole, structuredClone(counts([buyer(), buyer()])));
    const result = toPreviewResult(rules, whole, { proposed: version, against: [], success: 'converted' });
    expect(result.reached.proposed).toMatchObject({ worth: 570, unvalued: 0, shared: 2, succeeded: { count: 4 } });
    expect(result.findings).toContain(
      'Up to 2 of those who succeeded share an opportunity or account: its worth counts once.',
    );
  });

  it('counts both sides at the stage that counts under the proposed version', () => {
    const ladder = (bound: number): Agreement['stages'] => [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'mql', title: 'MQL', when: { all: [{ employees: { atLeast: bound } }] } },
      { id: 'sql', title: 'SQL', when: { all: [{ employees: { atLeast: 200 } }] } },
    ];
    const owners = { inquiry: 'marketing', mql: 'marketing', sql: 'sales' } as const;
    const before = agreement({ stages: ladder(25) });
    const handsOver = (bound: number): Agreement => ({
      ...agreement({ stages: ladder(bound) }),
      process: { owners, handOff: { stage: 'mql' } },
    });
    const people = [person(30), person(60), person(250)];

    const same = preview(question(handsOver(25), before), people);
    expect(same.headline).toBe('Under the draft: 3 → 3 reach MQL in 90 days.');
    expect([same.dropped.people, same.added.people]).toEqual([0, 0]);
    expect(same.load[0]?.perWeek.current).toBe(same.load[0]?.perWeek.proposed);
    expect(same.findings).toContain('The stage that counts changes from SQL to MQL: both sides are counted at MQL.');

    const tighter = preview(question(handsOver(50), before), people);
    expect([tighter.dropped.people, tighter.added.people]).toEqual([1, 0]);
  });

  it('says where the other version has no stage to compare with', () => {
    const when = { all: [{ employees: { atLeast: 50 } }] };
    const stages = [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'big', title: 'Big', when },
    ];
    const bare = agreement({ stages });
    const result = preview(question(employees(50), bare), [person(60)]);
    expect(result.headline).toBe(
      'Under the draft: 1 reach Marketing qualified lead in 90 days; what it is compared with has no such stage.',
    );
    expect(result.findings).toContain(
      'What it is compared with has no stage “mql”, so nobody reached Marketing qualified lead there.',
    );
  });

  it('counts whom it adds, and successes that still may come as neither', () => {
    const success = { kind: 'converted', within: 30 * dayMs, value: undefined } as const;
    const result = preview(question(employees(50), employees(100), { success }), [person(60), person(60, { won: 1 })]);
    expect(result.added).toEqual({ people: 2, succeeded: { count: 1, of: 1 }, open: 1 });
    expect(result.findings).toContain('1 of those dropped or added still have time to succeed.');
  });

  it('puts entries into the week, the source and the owner of their instant', () => {
    const owned = person(60, {
      owner: { id: '005B', kind: 'user', name: 'Bea' },
      changes: [
        { object: 'Lead', field: 'NumberOfEmployees', at: now - 5 * dayMs, from: 10, to: 60 },
        { object: 'Lead', field: 'OwnerId', at: now - 2 * dayMs, from: '005A', to: '005B' },
      ],
    });
    const { by, load } = preview(question(employees(50), undefined), [owned]);
    const mqls = (rows: PreviewResult['by']['week']) =>
      (rows ?? []).flatMap(({ label, stages }) =>
        stages.flatMap(({ stage, entered }) =>
          stage === 'mql' && entered.proposed > 0 ? [[label, entered.proposed]] : [],
        ),
      );
    expect(mqls(by.week)).toEqual([['2026-W22', 1]]);
    expect(mqls(by.source)).toEqual([['Web', 1]]);
    expect(mqls(by.owner)).toEqual([['005A', 1]]);
    expect(load).toEqual([{ owner: '005A', name: '005A', perWeek: { current: 0, proposed: 7 / 90 } }]);
  });

  it('says how much of it rests on values of today', () => {
    const known = new Map([['Lead.NumberOfEmployees', now - 20 * dayMs]]);
    const old = { createdAt: now - 40 * dayMs };
    const resting = preview(question(employees(50), employees(60)), [person(70), person(70, old)]);
    expect(resting.restsOnToday.people).toEqual({ count: 2, of: 2 });
    const LastModifiedDate = new Date(now - 30 * dayMs).toISOString();
    const fields = { NumberOfEmployees: 70, IsConverted: true, LastModifiedDate };
    const facts = { size: { field: 'Account.NumberOfEmployees' } } as const;
    const account = agreement({ facts, when: { all: [{ size: { atLeast: 5 } }] } });
    const related = { Account: { NumberOfEmployees: 9 } };
    const converted = person(70, { fields, related, relatedSince: now - 20 * dayMs });
    expect(preview(question(account, undefined), [converted]).restsOnToday.fields).toEqual([
      { field: 'Account.NumberOfEmployees', people: 1 },
    ]);
    const recorded = preview(question(employees(50), employees(60), { knownSince: known }), [
      person(70),
      person(70, old),
    ]);
    expect(recorded.restsOnToday).toEqual({
      people: { count: 1, of: 2 },
      fields: [{ field: 'Lead.NumberOfEmployees', people: 1 }],
    });
  });

  it('tells what each clause alone admits and excludes', () => {
    const facts = { employees: { field: 'Lead.NumberOfEmployees' }, source: { field: 'Lead.LeadSource' } } as const;
    const when = { all: [{ employees: { atLeast: 50 } }], none: [{ source: { is: 'Web' } }] };
    const fields = (NumberOfEmployees: number | null, LeadSource: string | null) => ({
      fields: { NumberOfEmployees, LeadSource, IsConverted: false },
    });
    const people = [
      person(0, fields(60, 'Web')),
      person(0, fields(60, 'Ad')),
      person(0, fields(5, 'Ad')),
      person(0, fields(null, 'Ad')),
    ];
    const { clauses } = preview(question(agreement({ facts, when }), undefined), people);
    expect(clauses.map(({ unwanted }) => unwanted)).toEqual([undefined, true]);
    expect(
      clauses.map(({ clause, admitsAlone, excludesAlone, coverage }) => [
        clause,
        admitsAlone,
        excludesAlone,
        coverage.count,
      ]),
    ).toEqual([
      ['mql.all.0', 1, 2, 3],
      ['mql.none.0', 1, 1, 4],
    ]);
  });

  it('compares within the people who came in the period, each with as long to succeed', () => {
    const old = { createdAt: now - 200 * dayMs };
    const cohort = [...Array.from({ length: 30 }, () => person(60, { won: 1 })), person(10, { won: 1 })];
    const others = Array.from({ length: 40 }, () => person(10, old));
    const success = { kind: 'converted', within: 30 * dayMs, value: undefined } as const;
    const late = person(10, { createdAt: now - 80 * dayMs, won: 1 });
    const [clause] = preview(question(employees(50), undefined, { success }), [...cohort, ...others, late]).clauses;
    expect(clause?.coverage.of).toBe(32);
    expect(clause?.succeededWhereMet).toMatchObject({ count: 30, of: 30 });
    expect(clause?.succeededWhereNotMet).toEqual({ count: 1, of: 2 });
    expect([clause?.admitsAlone, clause?.excludesAlone]).toEqual([30, 2]);
  });

  it('judges clauses that count entries into stages as the replay does', () => {
    const facts = {
      employees: { field: 'Lead.NumberOfEmployees' },
      entered: { count: 'stage', where: { stage: 'mql' } },
    } as const;
    const stages = [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'mql', title: 'MQL', when: { all: [{ employees: { atLeast: 50 } }] } },
      { id: 'sql', title: 'SQL', when: { all: [{ entered: { atLeast: 1 } }] } },
    ];
    const result = preview(question(agreement({ facts, stages }), undefined), [person(60)]);
    expect(result.stages.find(({ stage }) => stage === 'sql')?.entered.proposed).toBe(1);
    expect(result.clauses.find(({ clause }) => clause === 'sql.all.0')?.admitsAlone).toBe(1);
  });

  it('names a clause that keeps out those who succeed as often', () => {
    const people = Array.from({ length: 80 }, (_, index) =>
      person(index < 40 ? 60 : 10, index % 4 === 0 ? { won: 5 } : {}),
    );
    const { findings, clauses } = preview(question(employees(50), undefined), people);
    expect(findings).toContain(
      '“Employees is at least 50” keeps out 40 people by itself and brings no success that can be seen: ' +
        '10 of 40 succeeded all the same (25 %), of those let in 25 %.',
    );
    expect(clauses[0]?.lift?.value).toBe(0);
  });

  it('is the same whatever the order of people and however the work is cut', () => {
    fc.assert(
      fc.property(
        agreements(),
        agreements(),
        fc.array(histories, { maxLength: 8 }),
        fc.nat(8),
        (one, other, people, cut) => {
          const asked = question(one, other);
          const rules = preparePreview(asked);
          const counts = (some: readonly PersonHistory[]) => {
            const tally = newTally(rules.stages.length, rules.clauses.length);
            for (const each of some) previewPerson(rules, each, tally);
            return tally;
          };
          const named = { proposed: version, against: [version] };
          const whole = toPreviewResult(rules, counts(people), named);
          const parts = counts(people.slice(cut).toReversed());
          mergeTally(parts, structuredClone(counts(people.slice(0, cut))));
          expect(toPreviewResult(rules, parts, named)).toEqual(whole);
        },
      ),
    );
  });

  it('finds no difference between a version and itself', () => {
    fc.assert(
      fc.property(agreements(), fc.array(histories, { maxLength: 8 }), (same, people) => {
        const result = preview(question(same, same), people);
        expect([result.dropped.people, result.added.people, result.sooner, result.later]).toEqual([0, 0, 0, 0]);
        for (const { entered, left, present } of result.stages) {
          for (const { current, proposed } of [entered, left, present]) expect(proposed).toBe(current);
        }
        expect(result.stages.reduce((sum, { present }) => sum + present.proposed, 0)).toBe(result.people);
      }),
    );
  });
});
