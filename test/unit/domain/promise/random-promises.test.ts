import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAgreement } from '../../../../src/domain/agreement/check-agreement.ts';
import { momentWords, pauseWords } from '../../../../src/domain/agreement/promise-schema.ts';
import type { Clock } from '../../../../src/domain/promise/clock.ts';
import { compileClocks } from '../../../../src/domain/promise/compile-promises.ts';
import { promiseSentence } from '../../../../src/domain/promise/promise-sentence.ts';
import type { TimelineEvent } from '../../../../src/domain/timeline/timeline.ts';
import { promising } from '../promise-agreement.ts';
import { ann, at, bob, clocksAt, hourMs, open, passes, person, queue } from './clock-builder.ts';

const when = { all: [{ employees: { atLeast: 10 } }] };
const moment = fc.oneof(
  fc.constantFrom(...momentWords),
  fc.constantFrom({ stage: 'mql' }, { touch: ['call'] }, { when }),
);
const pause = fc.oneof(moment, fc.constantFrom(...pauseWords));
const some = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 3 });
const optional = <T>(each: fc.Arbitrary<T>) => fc.option(each, { nil: undefined });

const written = fc.record(
  {
    id: fc.constant('any'),
    by: fc.constantFrom('sales', 'marketing'),
    starts: some(moment),
    stops: some(moment),
    pauses: some(pause),
    resumes: some(moment),
    cancels: some(moment),
    within: fc.constantFrom('1 business hour', '3 business days', '36 hours', '30 minutes'),
    calendar: fc.constant('Sales US'),
    count: fc.constant('touch'),
    atLeast: fc.integer({ min: 1, max: 3 }),
    afterPause: fc.constantFrom('resume', 'reset'),
    afterReassign: fc.constantFrom('resume', 'reset'),
    unowned: fc.constantFrom('waits', 'runs'),
    exempt: fc.constant({ newOwners: '2 weeks' }),
    steps: fc.constant([{ at: '50 %', notify: 'owner' }]),
  },
  { requiredKeys: ['id', 'by', 'within', 'calendar', 'stops'] },
);

const instant = fc.integer({ min: 0, max: 14 * 24 * 4 }).map((quarters) => at(4) + (quarters * hourMs) / 4);

const event: fc.Arbitrary<TimelineEvent> = fc
  .record({
    at: instant,
    type: fc.constantFrom('call', 'email'),
    subtype: fc.constantFrom('call', 'event', 'listemail'),
    by: fc.constantFrom(ann, bob, null),
    direction: fc.constantFrom('in', 'out'),
    late: fc.constantFrom(0, 0, 48 * hourMs),
  })
  .map(({ at: when_, late, ...attributes }) => ({
    kind: 'activity',
    recordId: `00T${when_}${attributes.subtype}${attributes.by}`,
    at: when_,
    attributes: { ...attributes, logged: when_ + late },
  }));

const world = fc.record({
  promise: written,
  events: fc.array(event, { maxLength: 5 }),
  owners: fc.array(fc.tuple(instant, fc.constantFrom(ann, bob, queue)), { maxLength: 3 }),
  episode: fc.record({
    status: fc.constantFrom('Open', 'Accepted', 'Rejected', 'Recycled', 'Ended'),
    acceptedAt: optional(instant),
    decidedAt: instant,
  }),
  employees: fc.constantFrom(0, 100),
  hidden: fc.boolean(),
  later: fc.array(fc.tuple(instant, fc.integer({ min: 1, max: 100 })), { maxLength: 1 }),
  now: instant,
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function decide({
  promise,
  events,
  owners,
  episode,
  employees,
  hidden,
  later,
  now,
}: World): readonly Clock[] | undefined {
  const check = checkAgreement({ ...promising(), promises: [promise] });
  if (!check.ok) return undefined;
  const sentences = (check.agreement.promises ?? []).map((each) => promiseSentence(each, check.agreement));
  expect(sentences.join()).not.toMatch(/undefined|\[object/);
  const { status, decidedAt, acceptedAt } = episode;
  const changes = owners
    .toSorted(([a], [b]) => a - b)
    .map(([when_, owner], index, all) => passes(when_, all[index - 1]?.[1] ?? ann, owner));
  const today = changes.at(-1)?.to ?? ann;
  return clocksAt(now, {
    promises: compileClocks(check.agreement),
    episode: {
      ...open(),
      status,
      ...(status !== 'Open' && { decidedAt: Math.max(at(5), decidedAt) }),
      ...(acceptedAt !== undefined && { acceptedAt: Math.max(at(5), acceptedAt) }),
    },
    history: person({
      createdAt: at(2),
      events,
      changes,
      fields: { NumberOfEmployees: employees, OwnerId: today },
      owner: { id: today, kind: today === queue ? 'queue' : 'user' },
    }),
    spans: [{ stage: 'mql', from: at(5), to: undefined }],
    remarks: { later: later.map(([from, hours]) => ({ from, to: from + hours * hourMs })) },
    context: { users: new Map([[ann, { createdAt: at(1) }]]), ...(hidden && { hidden: new Set([bob]) }) },
  });
}

/** What cannot be true of a clock, by name. */
function contradictions(clock: Clock, now: number): readonly string[] {
  const { state, outcome, dueAt = Infinity, stoppedAt = Infinity, startedAt, remaining, validUntil = Infinity } = clock;
  const result = outcome ?? state;
  const delays = [clock.systemDelay, ...Object.values(clock.humanDelay)];
  const rules = {
    'kept too late': result === 'kept' && stoppedAt > dueAt,
    'missed before the due time': result === 'missed' && dueAt >= now,
    'missed although it was done in time': result === 'missed' && stoppedAt <= dueAt,
    'stopped before the start': stoppedAt < startedAt,
    'less than nothing left': remaining < 0 || Number.isNaN(remaining),
    'valid until the past': validUntil <= now,
    'less than no delay': delays.some((ms) => !(ms >= 0)),
  };
  return Object.entries(rules).flatMap(([name, isBroken]) => (isBroken ? [name] : []));
}

describe('any promise that validation accepts', () => {
  it('is decided without contradiction, whatever happened', () => {
    let decided = 0;
    fc.assert(
      fc.property(world, (given) => {
        const clocks = decide(given) ?? [];
        decided += clocks.length;
        expect(clocks.flatMap((clock) => contradictions(clock, given.now))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(decided).toBeGreaterThan(100);
  });
});
