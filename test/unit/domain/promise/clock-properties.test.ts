import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../../../../src/domain/calendar/open-intervals.ts';
import type { ClockCase, ClockContext } from '../../../../src/domain/promise/clock.ts';
import { decideClocks } from '../../../../src/domain/promise/decide-clocks.ts';
import { workTime } from '../../../../src/domain/promise/work-time.ts';
import type { TimelineEvent } from '../../../../src/domain/timeline/timeline.ts';
import { firstTouch, promising } from '../promise-agreement.ts';
import { ann, bob, clocksOf, instant, minuteMs, nineToFive, person, queue } from './clock-builder.ts';
import { openMinutes, step, type Story } from './minute-stepper.ts';

/** Thursday before the clocks of New York go forward, for three weeks. */
const first = instant('2026-03-05T00:00:00-05:00');
const length = 21 * 1440;
const open = openMinutes(first, length, nineToFive.timeZone);
const times = new Map([['Sales US', workTime(nineToFive, first, first + length * minuteMs)]]);

/** Near the times at which something turns, and anywhere else. */
const minute = fc.oneof(
  fc.integer({ min: 0, max: 7 * 1440 }),
  fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom(540, 541, 720, 1019, 1020, 1021))
    .map(([day, of]) => day * 1440 + of),
);
const span = fc.tuple(minute, fc.integer({ min: 1, max: 2000 })).map(([from, for_]) => ({ from, to: from + for_ }));

const story: fc.Arbitrary<Story> = fc
  .record({
    begin: minute,
    waits: fc.constantFrom(0, 0, 30, 700),
    minutes: fc.constantFrom(1, 60, 240, 480, 481, 900),
    owners: fc.array(fc.record({ from: minute, owner: fc.constantFrom(ann, bob, queue) }), { maxLength: 4 }),
    later: fc.array(span, { maxLength: 2 }),
    away: fc.array(span, { maxLength: 2 }),
    frozen: fc.array(span, { maxLength: 1 }),
    touches: fc.array(minute, { maxLength: 3 }),
    passed: fc.integer({ min: 0, max: 4 * 1440 }),
    resetsAfterPause: fc.boolean(),
    resetsAfterReassign: fc.boolean(),
    unownedRuns: fc.boolean(),
  })
  .map(({ begin, waits, passed, owners, ...rest }) => {
    const start = begin + waits;
    const sorted = [...new Map(owners.map((each) => [each.from, each])).values()].toSorted((a, b) => a.from - b.from);
    return { ...rest, start, waitingSince: begin, now: start + passed, owners: [{ from: -1, owner: ann }, ...sorted] };
  });

const toInstants = (spans: Story['later']): readonly Interval[] =>
  spans.map(({ from, to }) => ({ from: first + from * minuteMs, to: first + to * minuteMs }));

const promisesOf = ({ minutes, resetsAfterPause, resetsAfterReassign, unownedRuns }: Story) =>
  clocksOf(
    promising({
      promises: [
        {
          ...firstTouch,
          within: `${minutes} business minutes`,
          afterPause: resetsAfterPause ? 'reset' : 'resume',
          afterReassign: resetsAfterReassign ? 'reset' : 'resume',
          unowned: unownedRuns ? 'runs' : 'waits',
        },
      ],
    }),
  );

function tell(given: Story): readonly [ClockCase, ClockContext] {
  const { start, waitingSince, owners, touches, now } = given;
  const known = owners.filter(({ from }) => from <= now);
  const changes = known.slice(1).map(({ from, owner }, index) => ({
    object: 'Lead' as const,
    field: 'OwnerId',
    at: first + from * minuteMs,
    from: known[index]?.owner ?? ann,
    to: owner,
  }));
  const today = known.at(-1)?.owner ?? ann;
  const events = touches.map((touch, index): TimelineEvent => ({
    kind: 'activity',
    recordId: `00T${index}`,
    at: first + touch * minuteMs,
    attributes: { type: 'call', by: ann },
  }));
  const history = person({
    createdAt: first,
    changes,
    events,
    owner: { id: today, kind: today === queue ? 'queue' : 'user' },
  });
  const openedAt = first + start * minuteMs;
  const episode = { stage: 'mql', openedAt, waitingSince: first + waitingSince * minuteMs, status: 'Open' } as const;
  const at = first + now * minuteMs;
  return [
    { episode, history, spans: [], promises: promisesOf(given), remarks: { later: toInstants(given.later) } },
    {
      now: at,
      readUntil: at,
      times,
      away: new Map([[ann, toInstants(given.away)]]),
      frozen: toInstants(given.frozen),
    },
  ];
}

describe('a clock, whatever happens to it', () => {
  it('says what living through it minute by minute says', () => {
    const states = new Map<string, number>();
    fc.assert(
      fc.property(story, (given) => {
        const [clock] = decideClocks(...tell(given));
        const lived = step({ ...given, owners: given.owners.filter(({ from }) => from <= given.now) }, open);
        const minutes = (ms: number): number => ms / minuteMs;
        states.set(lived.state, (states.get(lived.state) ?? 0) + 1);
        expect({
          state: clock?.state,
          due: clock?.dueAt === undefined ? undefined : minutes(clock.dueAt - first),
          left: minutes(clock?.remaining ?? -1),
          system: minutes(clock?.systemDelay ?? -1),
          human: Object.fromEntries(Object.entries(clock?.humanDelay ?? {}).map(([id, ms]) => [id, minutes(ms)])),
        }).toEqual(lived);
      }),
      { numRuns: 1_500 },
    );
    // Every kind of end was among them.
    expect([...states.keys()].toSorted()).toEqual(['kept', 'missed', 'paused', 'running']);
  });

  it('says the same whatever the order in which its evidence came, and however often', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const [one, context] = tell(given);
        const shuffled = <T>(list: readonly T[]): T[] =>
          [...list, ...list.slice(0, 1)]
            .map((each) => [numbers.next().value ?? 0, each] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, each]) => each);
        const { events, changes } = one.history;
        const history = { ...one.history, events: shuffled(events), changes: shuffled(changes) };
        const remarks = { later: shuffled(one.remarks?.later ?? []) };
        expect(decideClocks({ ...one, history, remarks }, context)).toEqual(decideClocks(one, context));
      }),
      { numRuns: 300 },
    );
  });

  it('does not change before the instant until which it says that it is valid', () => {
    fc.assert(
      fc.property(story, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const [one, context] = tell(given);
        const [clock] = decideClocks(one, context);
        const end = Math.min(clock?.validUntil ?? Infinity, first + length * minuteMs);
        const now = Math.floor(context.now + share * Math.max(0, end - 1 - context.now));
        const [later] = decideClocks(one, { ...context, now, readUntil: now });
        expect([later?.state, later?.dueAt, later?.stoppedAt]).toEqual([clock?.state, clock?.dueAt, clock?.stoppedAt]);
      }),
      { numRuns: 500 },
    );
  });
});
