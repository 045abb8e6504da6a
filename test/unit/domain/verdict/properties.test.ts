import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDefinition } from '../../../../src/domain/agreement/walk-criteria.ts';
import type { Agreement, Condition } from '../../../../src/domain/agreement/schema.ts';
import type { Timeline } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide, judge, newJudgement } from '../../../../src/domain/verdict/decide.ts';
import type { Decision, Outcome } from '../../../../src/domain/verdict/decision.ts';
import { parseReceipt } from '../../../../src/domain/verdict/parse-receipt.ts';
import { toReceipt } from '../../../../src/domain/verdict/receipt.ts';
import { whySentence } from '../../../../src/domain/verdict/why-sentence.ts';
import { checked, dayMs, lead, now, oneCriterion } from '../agreement-builder.ts';
import { agreements, fieldValues, peopleInStages, richAgreements, timelines } from '../random-agreement.ts';

const decideFor = (document: Agreement, timeline: Timeline, at = now): Decision =>
  decide(compileAgreement(document), timeline, at);

const receiptFor = (document: Agreement, timeline: Timeline) => {
  const compiled = compileAgreement(document);
  const header = { version: 1, hash: 'f'.repeat(64), decidedAt: now, timeline };
  return toReceipt(decide(compiled, timeline, now), compiled, header);
};

const withoutDue = ({ stage, verdicts }: Decision) => ({ stage, verdicts });

/** Nobody knows whether a lead without a creation date is fresh, and the definitions disagree on one with no employees. */
const openSegment: Agreement = {
  ...oneCriterion({ daysSince: 'Lead.CreatedDate' }, { atMost: 2 }),
  facts: { age: { daysSince: 'Lead.CreatedDate' }, employees: { field: 'Lead.Employees' } },
  segments: [{ id: 'fresh', title: 'Fresh', when: { all: [{ age: { atMost: 2 } }] } }],
  stages: [
    { id: 'inquiry', title: 'Inquiry' },
    {
      id: 'mql',
      title: 'Qualified',
      when: { all: [{ employees: { above: 0 } }] },
      whenIn: { fresh: { all: [{ employees: { known: true } }] } },
    },
  ],
};

describe('every decision', () => {
  it('comes from an agreement that passes its check', () => {
    fc.assert(
      fc.property(agreements(), (document) => {
        expect(checked(document)).toEqual(document);
      }),
    );
  });

  it('does not depend on the order of events', () => {
    const shuffled = timelines.chain((timeline) =>
      fc
        .shuffledSubarray([...timeline.events], { minLength: timeline.events.length })
        .map((events) => [timeline, { ...timeline, events }] as const),
    );
    fc.assert(
      fc.property(agreements(), shuffled, (document, [timeline, other]) => {
        expect(decideFor(document, other)).toEqual(decideFor(document, timeline));
      }),
    );
  });

  it('stays the same until the instant that it names', () => {
    fc.assert(
      fc.property(agreements(), timelines, fc.double({ min: 0, max: 1, noNaN: true }), (document, timeline, part) => {
        const decision = decideFor(document, timeline);
        const end = decision.validUntil ?? now + 100 * dayMs;
        expect(end).toBeGreaterThan(now);
        for (const at of [Math.floor(now + (end - 1 - now) * part), end - 1]) {
          expect(withoutDue(decideFor(document, timeline, at))).toEqual(withoutDue(decision));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stays the same until then with scores, decay, segments and stages that are kept, too', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(richAgreements, peopleInStages, part, (document, timeline, portion) => {
        const decision = decideFor(document, timeline);
        const end = decision.validUntil ?? now + 100 * dayMs;
        expect(end).toBeGreaterThan(now);
        for (const at of [Math.floor(now + (end - 1 - now) * portion), end - 1]) {
          expect(outcomesOf(decideFor(document, timeline, at))).toEqual(outcomesOf(decision));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('of a count in no smaller a window is never the worse for one more event', () => {
    const document = oneCriterion({ count: 'activity', within: '5 days', decay: '3 days' }, { atLeast: 1.5 });
    fc.assert(
      fc.property(timelines, fc.integer({ min: 0, max: 5 * dayMs - 1 }), (timeline, age) => {
        const more = { kind: 'activity', recordId: 'more', at: now - age, attributes: {} } as const;
        const richer = { ...timeline, events: [...timeline.events, more] };
        const [before, after] = [timeline, richer].map((person) => decideFor(document, person).stage);
        expect(before === 'mql' && after !== 'mql').toBe(false);
      }),
    );
  });

  it('of any definition in which nothing is refused is never the worse for one more event', () => {
    fc.assert(
      fc.property(agreements({ asksKnown: false }), timelines, (document, timeline) => {
        const growing = onlyGrowing(document);
        const more = { kind: 'activity', recordId: 'more', at: now, attributes: { type: 'Call' } } as const;
        const rank = (person: Timeline) => {
          const { stage } = decideFor(growing, person);
          return growing.stages.findIndex(({ id }) => id === stage);
        };
        expect(rank({ ...timeline, events: [...timeline.events, more] })).toBeGreaterThanOrEqual(rank(timeline));
      }),
    );
  });

  it('names no instant too early where one count in a window decides: something changes then', () => {
    const document = oneCriterion({ count: 'activity', within: '5 days' }, { atLeast: 1 });
    fc.assert(
      fc.property(timelines, (timeline) => {
        const { validUntil, verdicts } = decideFor(document, timeline);
        if (validUntil === undefined) return;
        expect(decideFor(document, timeline, validUntil).verdicts).not.toEqual(verdicts);
      }),
    );
  });

  it('is the outcome of its clauses by the tables of three-valued logic', () => {
    fc.assert(
      fc.property(agreements(), timelines, (document, timeline) => {
        const { verdicts, stage } = decideFor(document, timeline);
        for (const [position, verdict] of verdicts.entries()) {
          const outcomes = new Map(verdict.clauses.map((clause) => [clause.clause, clause.outcome]));
          const when = document.stages[position]?.when;
          expect(verdict.outcome).toBe(when ? evaluate(when, verdict.stage, outcomes) : 'met');
        }
        expect(stage).toBe(verdicts.findLast((verdict) => verdict.outcome === 'met')?.stage);
      }),
    );
  });

  it('keeps what was certain when something unknown becomes known, unless it asks what is known', () => {
    fc.assert(
      fc.property(agreements({ asksKnown: false }), timelines, fieldValues, (document, timeline, more) => {
        const learnt = Object.fromEntries(Object.entries(more).filter(([field]) => isUnknown(timeline.fields[field])));
        const before = decideFor(document, timeline).verdicts;
        const after = decideFor(document, { ...timeline, fields: { ...timeline.fields, ...learnt } }).verdicts;
        const certain = before
          .filter((verdict) => verdict.outcome !== 'unknown')
          .map(({ stage, outcome }) => ({ stage, outcome }));
        expect(after).toMatchObject(after.map(({ stage }) => certain.find((each) => each.stage === stage) ?? {}));
      }),
    );
  });

  it('is the same where only packed outcomes are wanted', () => {
    fc.assert(
      fc.property(agreements(), fc.array(timelines, { minLength: 1, maxLength: 4 }), (document, people) => {
        const compiled = compileAgreement(document);
        const judgement = newJudgement(compiled);
        for (const person of people) {
          judge(compiled, person, now, judgement);
          const decision = decide(compiled, person, now);
          expect(compiled.stages[judgement.stage]?.id).toBe(decision.stage);
          expect(judgement.validUntil).toBe(decision.validUntil ?? Infinity);
        }
      }),
    );
  });
});

describe('every receipt', () => {
  it('says the same of two people who differ only in restricted facts, but for the stage', () => {
    const secret = fc.integer({ min: 100_001, max: 999_999 });
    fc.assert(
      fc.property(agreements(), timelines, secret, (document, timeline, margin) => {
        const other = { ...timeline, fields: { ...timeline.fields, Margin: margin } };
        const [one, two] = [receiptFor(document, timeline), receiptFor(document, other)];
        expect(JSON.stringify(two)).not.toContain(String(margin));
        fc.pre(one.stage.id === two.stage.id);
        expect(two).toEqual(one);
      }),
    );
  });

  it('names no restricted fact and counts what it keeps back', () => {
    fc.assert(
      fc.property(agreements(), timelines, (document, timeline) => {
        const receipt = receiptFor(document, timeline);
        const { verdicts } = decideFor(document, timeline);
        expect(JSON.stringify(receipt) + whySentence(receipt)).not.toMatch(/margin|2 days/i);
        for (const definition of receipt.definitions) {
          const clauses = verdicts.find((verdict) => verdict.stage === definition.stage)?.clauses ?? [];
          expect(definition.withheld).toBe(clauses.filter((clause) => clause.restricted).length);
          expect(definition.clauses).toHaveLength(clauses.length - definition.withheld);
          expect(definition.outcome === undefined).toBe(definition.withheld > 0);
        }
      }),
    );
  });

  it('gives a reason for every definition that is not met', () => {
    fc.assert(
      fc.property(agreements(), timelines, (document, timeline) => {
        for (const { outcome, clauses } of receiptFor(document, timeline).definitions) {
          if (outcome === undefined) continue;
          expect(clauses.some((clause) => clause.finding !== undefined)).toBe(outcome !== 'met');
        }
      }),
    );
  });

  it('leads to the verdict that it states, by the outcomes of its clauses', () => {
    fc.assert(
      fc.property(richAgreements, peopleInStages, (document, timeline) => {
        for (const { stage, clauses, outcome, withheld } of receiptFor(document, timeline).definitions) {
          if (outcome === undefined || withheld > 0) continue;
          const { when, whenIn } = document.stages.find(({ id }) => id === stage) ?? {};
          const own = clauses.some(({ id }) => id.startsWith(`${stage}@`)) ? whenIn?.['fresh'] : when;
          const prefix = own === when ? stage : `${stage}@fresh`;
          const outcomes = new Map(clauses.map((clause) => [clause.id, clause.outcome]));
          const stated = own ? evaluate(own, prefix, outcomes) : 'met';
          // Where the segment is not known, the receipt shows what has to be known of it, and no outcome is certain.
          const isOpen = clauses.some((clause) => clause.id.startsWith('fresh.') && clause.outcome === 'unknown');
          expect(isOpen ? ['unknown', stated] : [stated]).toContain(outcome);
        }
      }),
      { examples: [[openSegment, lead({ Employees: 0 })]] },
    );
  });

  it('with scores, segments and a counterfactual reads back as written, and says nothing of restricted facts', () => {
    fc.assert(
      fc.property(richAgreements, peopleInStages, (document, timeline) => {
        const compiled = compileAgreement(document);
        const header = { version: 1, hash: 'f'.repeat(64), decidedAt: now, timeline };
        const json = JSON.stringify(toReceipt(decide(compiled, timeline, now), compiled, header));
        expect(JSON.stringify(parseReceipt(json))).toBe(json);
        expect(json).not.toMatch(/margin|recent calls/i);
      }),
    );
  });

  it('reads back as written, on one line, and gives a sentence that fits', () => {
    fc.assert(
      fc.property(agreements(), timelines, (document, timeline) => {
        const receipt = receiptFor(document, timeline);
        const json = JSON.stringify(receipt);
        expect(json).not.toContain('\n');
        expect(parseReceipt(json)).toEqual(receipt);
        expect(whySentence(receipt).length).toBeLessThanOrEqual(255);
      }),
    );
  });
});

/** What a decision says but for the evidence, which decays and adds points in between. */
const outcomesOf = ({ stage, segment, kept, verdicts }: Decision) => ({
  stage,
  segment,
  kept,
  outcomes: verdicts.map(({ outcome, clauses }) => [outcome, clauses.map((clause) => clause.outcome)]),
});

/** The document with every group that refuses turned into one that wants, and every comparison into `atLeast`. */
function onlyGrowing(document: Agreement): Agreement {
  const json = JSON.stringify(document.stages)
    .replaceAll('"none":', '"any":')
    .replaceAll(/"(age|idle)":\{/g, '"calls":{')
    .replaceAll(/"(calls|responses|recentCalls)":\{[^}]*\}/g, '"$1":{"atLeast":2}');
  return { ...document, stages: JSON.parse(json) as Agreement['stages'] };
}

const isUnknown = (value: unknown): boolean => value === null || value === undefined;

/** Evaluates a written definition by the outcomes of its clauses: a second, plain implementation. */
function evaluate(condition: Condition, id: string, outcomes: ReadonlyMap<string, Outcome>): Outcome {
  const definition = toDefinition(condition);
  if (!definition) return outcomes.get(id) ?? 'unknown';
  const { all, any, none, atLeast } = definition;
  const parts = (list: readonly Condition[], key: string) =>
    list.map((each, index) => evaluate(each, `${id}.${key}.${index}`, outcomes));
  const groups: Outcome[] = [];
  if (all) groups.push(conjunction(parts(all, 'all')));
  if (any) groups.push(opposite(conjunction(parts(any, 'any').map(opposite))));
  if (none) groups.push(conjunction(parts(none, 'none').map(opposite)));
  if (atLeast) groups.push(counted(parts(atLeast.of, 'atLeast'), atLeast.n));
  return conjunction(groups);
}

function conjunction(parts: readonly Outcome[]): Outcome {
  if (parts.includes('not-met')) return 'not-met';
  return parts.includes('unknown') ? 'unknown' : 'met';
}

function counted(parts: readonly Outcome[], n: number): Outcome {
  const met = parts.filter((part) => part === 'met').length;
  if (met >= n) return 'met';
  return met + parts.filter((part) => part === 'unknown').length >= n ? 'unknown' : 'not-met';
}

function opposite(outcome: Outcome): Outcome {
  if (outcome === 'unknown') return outcome;
  return outcome === 'met' ? 'not-met' : 'met';
}
