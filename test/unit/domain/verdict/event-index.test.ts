import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walkVersions } from '../../../../src/domain/replay/walk-versions.ts';
import type { TimelineEvent } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { isInWindow } from '../../../../src/domain/verdict/event-filter.ts';
import { EventIndex } from '../../../../src/domain/verdict/event-index.ts';
import { Judgement } from '../../../../src/domain/verdict/judgement.ts';
import { agreement, checked, dayMs, lead, now } from '../agreement-builder.ts';

const hour = 3_600_000;

const event = fc.record({
  kind: fc.constantFrom('activity' as const, 'response' as const),
  recordId: fc.uuid(),
  at: fc.integer({ min: -200, max: 20 }).map((hours) => now + hours * hour),
  attributes: fc.record({ type: fc.constantFrom('Call', 'Email') }),
});
const manyEvents = fc.array(event, { minLength: 64, maxLength: 150 });
const instants = fc.array(
  fc.integer({ min: -250, max: 30 }).map((hours) => now + hours * hour),
  { minLength: 1 },
);

describe('an index of events', () => {
  const matches = ({ attributes }: TimelineEvent): boolean => attributes['type'] === 'Call';

  it('finds what looking at each event finds, and when that changes, also once the list has grown', () => {
    fc.assert(
      fc.property(
        manyEvents,
        manyEvents,
        instants,
        fc.constantFrom(30 * hour, Infinity),
        (given, more, times, within) => {
          const filter = { kind: 'activity', matches, within } as const;
          const index = new EventIndex(filter);
          const events: TimelineEvent[] = [...given];
          for (const at of times) {
            const judgement = new Judgement([]);
            judgement.validUntil = Infinity;
            expect(index.find(events, at, judgement)).toBe(true);
            const all = events.filter((each) => isInWindow(filter, each, at));
            expect(new Set(index.found())).toEqual(new Set(all));
            expect(index.count).toBe(all.length);
            expect(index.latestAt).toBe(Math.max(-Infinity, ...all.map((each) => each.at)));
            const own = events.filter((each) => each.kind === 'activity' && matches(each));
            const turns = own.flatMap((each) => [each.at, each.at + within]).filter((turn) => turn > at);
            expect(judgement.validUntil).toBe(Math.min(Infinity, ...turns));
            events.push(...more.slice(0, 10));
          }
        },
      ),
    );
  });

  it('leaves few events to be looked at one by one', () => {
    const index = new EventIndex({ kind: 'activity', matches, within: dayMs });
    expect(index.find([], now, new Judgement([]))).toBe(false);
  });
});

describe('a lead with very many events', () => {
  it('is walked in a time that grows with their number, not with its square', () => {
    const facts = {
      day: { count: 'activity', within: '1 days' },
      week: { count: 'activity', within: '7 days' },
      ever: { count: 'activity', where: { type: 'call' } },
    } as const;
    const when = { all: [{ day: { atLeast: 3 } }, { week: { atLeast: 20 } }, { ever: { atLeast: 100 } }] };
    const compiled = compileAgreement(checked(agreement({ facts, when })));
    const reads = { count: 0 };
    const events = (count: number): TimelineEvent[] =>
      Array.from({ length: count }, (_, index) => ({
        kind: 'activity',
        recordId: String(index),
        get at() {
          reads.count += 1;
          return now - (count - index) * hour;
        },
        attributes: { type: 'call' },
      }));
    const readsOf = (count: number): number => {
      reads.count = 0;
      const history = { ...lead({}), createdAt: now - (count + 1) * hour, changes: [], events: events(count) };
      expect(walkVersions([{ compiled, from: -Infinity }], history, { to: now }).stays.length).toBeGreaterThan(1);
      return reads.count;
    };
    expect(readsOf(4_000) / readsOf(1_000)).toBeLessThan(6);
  });
});
