import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay, type Span } from '../../../../src/domain/replay/replay.ts';
import { timelineAt } from '../../../../src/domain/timeline/timeline-at.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide } from '../../../../src/domain/verdict/decide.ts';
import { activity, agreement, dayMs, lead, now, oneCriterion } from '../agreement-builder.ts';
import { agreements } from '../random-agreement.ts';
import { histories, start } from '../random-history.ts';

const all = { from: start, to: now };
const stageAt = (spans: readonly Span[], at: number): string | undefined =>
  spans.find(({ from, to = Infinity }) => from <= at && at < to)?.stage;

describe('a replay', () => {
  it('says at every instant what a decision at that instant says', () => {
    fc.assert(
      fc.property(agreements(), histories, fc.integer({ min: start, max: now }), (document, history, sample) => {
        const compiled = compileAgreement(document);
        const spans = replay(compiled, history, all);
        const events = history.events.flatMap(({ at }) => [at, at + 2 * dayMs, at + 5 * dayMs]);
        const changes = history.changes.map(({ at }) => at);
        const instants = [...events, ...changes].flatMap((at) => [at - 1, at, at + 1]);
        for (const at of [sample, start, now, ...instants.filter((each) => each >= start && each <= now)]) {
          expect(stageAt(spans, at)).toBe(decide(compiled, timelineAt(history, at), at).stage);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('covers the time from the creation without gaps, each stay in another stage than the one before', () => {
    fc.assert(
      fc.property(agreements(), histories, (document, history) => {
        const spans = replay(compileAgreement(document), history, all);
        expect(spans[0]?.from).toBe(start);
        expect(spans.at(-1)?.to).toBeUndefined();
        for (const [index, span] of spans.slice(1).entries()) {
          expect(span.from).toBe(spans[index]?.to);
          expect(span.stage).not.toBe(spans[index]?.stage);
        }
      }),
    );
  });

  it('does not depend on the order of events', () => {
    const shuffled = histories.chain((history) =>
      fc
        .shuffledSubarray([...history.events], { minLength: history.events.length })
        .map((events) => [history, { ...history, events }] as const),
    );
    fc.assert(
      fc.property(agreements(), shuffled, (document, [history, other]) => {
        const compiled = compileAgreement(document);
        expect(replay(compiled, other, all)).toEqual(replay(compiled, history, all));
      }),
    );
  });

  it('gives of a later range the same stays, with their true begin', () => {
    fc.assert(
      fc.property(agreements(), histories, fc.integer({ min: start, max: now }), (document, history, from) => {
        const compiled = compileAgreement(document);
        const whole = replay(compiled, history, all);
        expect(replay(compiled, history, { from, to: now })).toEqual(whole.filter(({ to = Infinity }) => to > from));
      }),
    );
  });

  it('goes on from the stage that it is given', () => {
    const compiled = compileAgreement(agreement());
    const previous = { stage: 'mql', since: start + dayMs };
    const from = start + 3 * dayMs;
    const goOn = (employees: number) =>
      replay(
        compiled,
        { ...lead({ NumberOfEmployees: employees }), createdAt: start, changes: [], previous },
        { from, to: now },
      );
    expect(goOn(50)).toEqual([{ stage: 'mql', from: previous.since, to: undefined }]);
    expect(goOn(10)).toEqual([{ stage: 'inquiry', from, to: undefined }]);
  });

  it('ends when the person was deleted or merged', () => {
    const compiled = compileAgreement(oneCriterion({ count: 'activity', within: '2 days' }, { atLeast: 1 }));
    const history = { ...lead({}, [activity(5)]), createdAt: start, changes: [], endedAt: now - 4 * dayMs };
    expect(replay(compiled, history, all)).toEqual([
      { stage: 'inquiry', from: start, to: now - 5 * dayMs },
      { stage: 'mql', from: now - 5 * dayMs, to: now - 4 * dayMs },
    ]);
  });

  it('is the same up to an instant whatever is learnt of later ones', () => {
    const compiled = compileAgreement(oneCriterion({ count: 'activity', within: '2 days' }, { atLeast: 1 }));
    const history = { ...lead({}, [activity(5)]), createdAt: start, changes: [] };
    const more = { ...history, events: [...history.events, activity(1)] };
    const range = { from: start, to: now - 2 * dayMs };
    expect(replay(compiled, more, range)).toEqual(replay(compiled, history, range));
  });
});
