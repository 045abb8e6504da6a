import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement, Definition, Fact } from '../../../../src/domain/agreement/schema.ts';
import type { Timeline } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement, definitionOf } from '../../../../src/domain/verdict/compile-agreement.ts';
import { findChanges } from '../../../../src/domain/verdict/counterfactual.ts';
import { counterfactualText } from '../../../../src/domain/verdict/counterfactual-text.ts';
import { counterfactual } from '../../../../src/domain/verdict/counterfactual-words.ts';
import { decide } from '../../../../src/domain/verdict/decide.ts';
import { activity, agreement, checked, dayMs, lead, now } from '../agreement-builder.ts';
import { agreements, peopleInStages, richAgreements, timelines } from '../random-agreement.ts';

const facts: Record<string, Fact> = {
  employees: { field: 'Lead.NumberOfEmployees' },
  industry: { field: 'Lead.Industry' },
  country: { field: 'Lead.Country' },
  calls: { count: 'activity', where: { type: 'call' }, within: '14 days' },
  pricing: { count: 'signal', where: { type: 'page', path: '/pricing*' } },
  margin: { field: 'Lead.Margin', restricted: true },
};

const say = (when: Definition, timeline: Timeline, more: Partial<Agreement> = {}) => {
  const compiled = compileAgreement(
    checked({
      ...agreement({ when }),
      ...more,
      facts: { ...facts, ...more.facts },
    }),
  );
  const definition = compiled.stages[1];
  if (!definition) throw new Error('There is no second stage.');
  return counterfactual(compiled, definition, timeline, now);
};
const changesOf = (when: Definition, timeline: Timeline, more: Partial<Agreement> = {}) =>
  say(when, timeline, more)?.alternatives.map(({ changes }) => changes);

describe('the smallest change that would make a definition hold', () => {
  it('is nothing where it holds', () => {
    expect(say({ all: [{ employees: { atLeast: 50 } }] }, lead({ NumberOfEmployees: 50 }))).toBeUndefined();
  });

  it('prefers one more event to a field that nobody has filled, and that to one that changes', () => {
    const when: Definition = {
      any: [{ employees: { atLeast: 50 } }, { industry: { is: 'Retail' } }, { pricing: { atLeast: 1 } }],
    };
    expect(changesOf(when, lead({ NumberOfEmployees: 5, Industry: null }))).toEqual([
      ['one page view with path /pricing*'],
      ['Industry is Retail'],
      ['Employees is at least 50'],
    ]);
  });

  it('says until when it has to happen', () => {
    const when: Definition = { all: [{ calls: { atLeast: 1 } }, { pricing: { atLeast: 1 } }] };
    const found = say(when, lead({}, [activity(10)]));
    expect(found?.alternatives[0]?.by).toBe(new Date(now + 4 * dayMs).toISOString());
    expect(found && counterfactualText('MQL', found, (iso) => iso.slice(0, 10))).toBe(
      'Would be MQL if one page view with path /pricing* before 2026-06-05.',
    );
  });

  it('never begins with what cannot change', () => {
    const when: Definition = { all: [{ country: { in: ['Germany'] } }] };
    expect(say(when, lead({ Country: 'Spain' }))).toBeUndefined();
    expect(
      changesOf({ any: [{ country: { is: 'Germany' } }, { calls: { atLeast: 1 } }] }, lead({ Country: 'Spain' })),
    ).toEqual([['one call in the last 14 days'], ['Country is Germany']]);
  });

  it('is a question where one unknown decides', () => {
    const found = say({ all: [{ employees: { atLeast: 50 } }] }, lead({ NumberOfEmployees: null }));
    expect(found?.ask).toBe('Employees is at least 50?');
  });

  it('wants one value for all that is said of a fact', () => {
    const when: Definition = { all: [{ employees: { atLeast: 50 } }], none: [{ employees: { above: 500 } }] };
    expect(changesOf(when, lead({ NumberOfEmployees: 900 }))).toEqual([['Employees is at most 500']]);
    expect(changesOf(when, lead({ NumberOfEmployees: 9 }))).toEqual([['Employees is at least 50']]);
  });

  it('gathers the lines of a score', () => {
    const score: Fact = {
      score: [
        { when: { industry: { is: 'Retail' } }, points: 20 },
        { when: { employees: { atLeast: 50 } }, points: 20 },
        { each: 'pricing', points: 5, max: 20 },
      ],
    };
    const found = changesOf({ all: [{ score: { atLeast: 40 } }] }, lead({ NumberOfEmployees: 60, Industry: 'Media' }), {
      facts: { score },
    });
    expect(found).toEqual([['4 more page views with path /pricing*'], ['Industry is Retail']]);
  });

  it('says the same whatever restricted facts are, and that it is not all', () => {
    const when: Definition = { all: [{ margin: { atLeast: 5 } }, { employees: { atLeast: 50 } }] };
    const found = [null, 1, 9].map((Margin) => say(when, lead({ Margin, NumberOfEmployees: 5 })));
    expect(found[0]).toEqual({ alternatives: [{ changes: ['Employees is at least 50'] }], partly: true });
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  it('goes on beyond a dozen facts', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`f${at}`, { field: `Lead.F${at}` }]));
    const all = Object.keys(many).map((name) => ({ [name]: { atLeast: 1 } }));
    expect(changesOf({ all }, lead({}), { facts: many })?.[0]).toHaveLength(20);
    expect(changesOf({ any: all }, lead({}), { facts: many })?.[0]).toHaveLength(1);
  });

  it('is a change after which the definition holds, and of which nothing can be left out', () => {
    fc.assert(
      fc.property(agreements(), timelines, (document, timeline) => {
        const open = { ...document, facts: withoutRestriction(document.facts) };
        const compiled = compileAgreement(open);
        for (const [position, stage] of compiled.stages.entries()) {
          const holds = (person: Timeline): boolean =>
            decide(compiled, person, now).verdicts[position]?.outcome === 'met';
          const found = findChanges(compiled, stage, timeline, now);
          expect(found.length === 0 || !holds(timeline)).toBe(true);
          for (const { changes } of found) {
            expect(holds(changes.reduce((person, change) => change.apply(person), timeline))).toBe(true);
            for (const left of subsets(changes)) {
              expect(holds(left.reduce((person, change) => change.apply(person), timeline))).toBe(false);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is none after which a stage beside the ladder takes the person', () => {
    const stages = [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'mql', title: 'MQL', when: { any: [{ industry: { is: 'Retail' } }, { employees: { atLeast: 50 } }] } },
      { id: 'out', title: 'Out', side: true, when: { all: [{ employees: { atLeast: 10 } }] } },
    ];
    expect(changesOf({}, lead({ Industry: null, NumberOfEmployees: 5 }), { stages })).toEqual([['Industry is Retail']]);
  });

  it('says that it is not all where a hidden condition could take the person aside', () => {
    const stages = [
      { id: 'inquiry', title: 'Inquiry' },
      { id: 'mql', title: 'MQL', when: { all: [{ employees: { atLeast: 50 } }] } },
      { id: 'out', title: 'Out', side: true, when: { all: [{ margin: { below: 1 } }] } },
    ];
    const [poor, rich] = [0, 9].map((Margin) => say({}, lead({ Margin, NumberOfEmployees: 5 }), { stages }));
    expect(poor).toEqual({ alternatives: [{ changes: ['Employees is at least 50'] }], partly: true });
    expect(rich).toEqual(poor);
  });

  it('leads to the stage that is told, or to one above it', () => {
    fc.assert(
      fc.property(richAgreements, peopleInStages, (document, timeline) => {
        const compiled = compileAgreement({ ...document, facts: withoutRestriction(document.facts) });
        const segment = compiled.segments.findIndex(({ id }) => id === decide(compiled, timeline, now).segment);
        for (const [position, stage] of compiled.stages.entries()) {
          if (stage.side) continue;
          for (const { changes } of findChanges(compiled, definitionOf(stage, segment), timeline, now)) {
            const after = changes.reduce((person, change) => change.apply(person), timeline);
            const reached = compiled.stages.findIndex(({ id }) => id === decide(compiled, after, now).stage);
            expect(compiled.stages[reached]?.side).toBe(false);
            expect(reached).toBeGreaterThanOrEqual(position);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

const withoutRestriction = (all: Agreement['facts']): Agreement['facts'] =>
  Object.fromEntries(Object.entries(all).map(([name, fact]) => [name, { ...fact, restricted: false }]));

/** All proper subsets. */
const subsets = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** all.length - 1 }, (_, set) => all.filter((_each, index) => (set & (1 << index)) !== 0));
