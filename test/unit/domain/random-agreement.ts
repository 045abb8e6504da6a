import * as fc from 'fast-check';
import type { Agreement, Condition, Definition, Fact } from '../../../src/domain/agreement/schema.ts';
import type { Timeline, TimelineEvent } from '../../../src/domain/timeline/timeline.ts';
import { agreement, dayMs, now } from './agreement-builder.ts';

/** Facts of every kind; `margin` and `recentCalls` are restricted. */
const facts: Record<string, Fact> = {
  employees: { field: 'Lead.Employees' },
  industry: { field: 'Lead.Industry', blank: ['Select'] },
  domain: { emailDomain: 'Lead.Email' },
  age: { daysSince: 'Lead.CreatedDate' },
  calls: { count: 'activity', where: { type: 'call' }, within: '5 days' },
  responses: { count: 'response' },
  idle: { daysSince: 'activity' },
  margin: { field: 'Lead.Margin', restricted: true },
  recentCalls: { count: 'activity', within: '2 days', restricted: true },
};

const small = fc.integer({ min: 0, max: 8 });
const text = fc.constantFrom('Tech', 'TECH', 'Retail', 'Select', 'gmail.com', 'x.example');

const numberComparison = fc.oneof(
  fc.record({ atLeast: small }),
  fc.record({ atMost: small }),
  fc.record({ above: small }),
  fc.record({ below: fc.double({ min: 0.5, max: 8, noNaN: true }) }),
  fc.record({ is: small }),
  fc.record({ notIn: fc.array(small, { minLength: 1, maxLength: 3 }) }),
);
const textComparison = fc.oneof(
  fc.record({ is: text }),
  fc.record({ isNot: text }),
  fc.record({ in: fc.array(text, { minLength: 1, maxLength: 3 }) }),
  fc.record({ contains: fc.constantFrom('e', 'TAIL', 'gmail') }),
);
const known = fc.record({ known: fc.boolean() });

/** Conditions nested up to three deep; with `asksKnown`, some ask whether a fact is known. */
function conditions(asksKnown: boolean, names = Object.keys(facts)): fc.Arbitrary<Definition> {
  const criterion = fc.constantFrom(...names).chain((name) => {
    const comparison = ['industry', 'domain', 'last'].includes(name) ? textComparison : numberComparison;
    const any = asksKnown
      ? fc.oneof({ weight: 4, arbitrary: comparison }, { weight: 1, arbitrary: known })
      : comparison;
    return any.map((compared): Condition => ({ [name]: compared }));
  });
  const { definition } = fc.letrec<{ condition: Condition; definition: Definition }>((tie) => {
    const list = fc.array(tie('condition'), { minLength: 1, maxLength: 3 });
    return {
      condition: fc.oneof({ depthSize: 'small', maxDepth: 3 }, criterion, tie('definition')),
      definition: fc.oneof(
        list.map((all) => ({ all })),
        list.map((any) => ({ any })),
        list.map((none) => ({ none })),
        fc.tuple(list, small).map(([of, n]) => ({ atLeast: { n: (n % of.length) + 1, of } })),
        fc.tuple(list, list).map(([any, none]) => ({ any, none })),
      ),
    };
  });
  return definition;
}

/** Agreements of three stages with random definitions over facts of every kind. */
export const agreements = ({ asksKnown = true } = {}): fc.Arbitrary<Agreement> =>
  fc.tuple(conditions(asksKnown), conditions(asksKnown)).map(([mql, sql]) =>
    agreement({
      facts,
      stages: [
        { id: 'inquiry', title: 'Inquiry' },
        { id: 'mql', title: 'Marketing qualified lead', when: mql },
        { id: 'sql', title: 'Sales qualified lead', when: sql },
      ],
    }),
  );

/** Facts over events that decay, add up or are counted by value, scores, and the time in a stage. */
const richFacts: Record<string, Fact> = {
  ...facts,
  heat: { count: 'activity', decay: '36 hours', within: '6 days' },
  spend: { sum: 'response', of: 'amount', decay: '2 days' },
  kinds: { distinct: 'activity', of: 'type', within: '4 days' },
  last: { latest: 'activity', of: 'type', within: '3 days' },
  waiting: { daysInStage: true },
  score: {
    score: [
      { when: { any: [{ employees: { atLeast: 4 } }, { condition: 'busy' }] }, points: 3 },
      { when: { idle: { above: 2 } }, points: -2 },
      { each: 'heat', points: 1.5, max: 4 },
      { each: 'age', points: 1 },
    ],
    cap: 7,
  },
};

/** Agreements with everything that decides: scores, named conditions, segments, side stages and such without a way back. */
export const richAgreements: fc.Arbitrary<Agreement> = fc
  .record({
    mql: conditions(true, Object.keys(richFacts)),
    sql: conditions(true, Object.keys(richFacts)),
    side: conditions(true, Object.keys(richFacts)),
    own: conditions(true, Object.keys(richFacts)),
    busy: conditions(true, Object.keys(richFacts)),
    back: fc.boolean(),
    sideBack: fc.boolean(),
  })
  .map(({ mql, sql, side, own, busy, back, sideBack }) => ({
    ...agreement({
      facts: richFacts,
      stages: [
        { id: 'inquiry', title: 'Inquiry' },
        { id: 'mql', title: 'Marketing qualified lead', when: mql, whenIn: { fresh: own }, back },
        { id: 'lost', title: 'Lost', when: side, side: true, back: sideBack },
        { id: 'sql', title: 'Sales qualified lead', when: sql },
      ],
    }),
    conditions: { busy: withoutScores(busy) },
    segments: [{ id: 'fresh', title: 'Fresh', when: { all: [{ age: { atMost: 2 } }] } }],
  }));

/** A condition that the score is made of must not ask for the score. */
const withoutScores = (definition: Definition): Definition =>
  JSON.parse(JSON.stringify(definition).replaceAll('"score"', '"age"')) as Definition;

/** An instant within ten days of `now`, often on a boundary of a window. */
const instant = fc.oneof(
  fc.integer({ min: -10, max: 3 }).map((days) => now + days * dayMs),
  fc.integer({ min: -10 * dayMs, max: 3 * dayMs }).map((offset) => now + offset),
);

const event: fc.Arbitrary<TimelineEvent> = fc.record({
  kind: fc.constantFrom('activity', 'response'),
  recordId: fc.uuid(),
  at: instant,
  attributes: fc.record({ type: fc.constantFrom('Call', 'Email'), amount: fc.integer({ min: -3, max: 9 }) }),
});

/** Fields that some people lack. */
export const fieldValues: fc.Arbitrary<Timeline['fields']> = fc.record(
  {
    Employees: fc.oneof(small, fc.constant(null)),
    Industry: fc.oneof(text, fc.constant(null)),
    Email: fc.constantFrom('ana@gmail.com', 'bo@x.example', 'nobody', null),
    CreatedDate: instant.map((at) => new Date(at).toISOString()),
    Margin: fc.oneof(small, fc.constant(null)),
  },
  { requiredKeys: [] },
);

/** People with up to eight events around `now`, some still to come. */
export const timelines: fc.Arbitrary<Timeline> = fc.record({
  personId: fc.constant('00Q000000000001AAA'),
  object: fc.constant('Lead' as const),
  fields: fieldValues,
  events: fc.array(event, { maxLength: 8 }),
});

/** The same people, some of whom are in a stage already. */
export const peopleInStages: fc.Arbitrary<Timeline> = fc
  .tuple(
    timelines,
    fc.option(
      fc.record({
        stage: fc.constantFrom('inquiry', 'mql', 'lost', 'sql'),
        since: fc.integer({ min: -9 * dayMs, max: 0 }).map((offset) => now + offset),
      }),
    ),
  )
  .map(([timeline, previous]) => (previous ? { ...timeline, previous } : timeline));
