import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { staysOf } from '../../../../src/domain/preview/stays.ts';
import { replay } from '../../../../src/domain/replay/replay.ts';
import { stageNow } from '../../../../src/domain/replay/stage-now.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { newJudgement } from '../../../../src/domain/verdict/judge.ts';
import { dayMs, now } from '../agreement-builder.ts';
import { agreements } from '../random-agreement.ts';
import { histories, start } from '../random-history.ts';

const instant = fc.integer({ min: start, max: now });

describe('the stage of today', () => {
  it('is what a replay ends with, and stays so until the instant that is named', () => {
    fc.assert(
      fc.property(agreements(), histories, instant, (document, history, at) => {
        const compiled = compileAgreement(document);
        const { timeline, nextAt } = stageNow([{ compiled, from: start }], history, at, newJudgement(compiled));
        const last = replay(compiled, history, { from: start, to: at }).at(-1);
        expect(timeline.previous).toEqual({ stage: last?.stage, since: last?.from });
        expect(nextAt).toBeGreaterThan(at);
        const later = Math.min(nextAt - 1, now + 100 * dayMs);
        expect(replay(compiled, history, { from: start, to: later }).at(-1)).toEqual(last);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same whether it is worked out at once or goes on from any earlier instant', () => {
    fc.assert(
      fc.property(agreements(), histories, instant, (document, history, cut) => {
        const compiled = compileAgreement(document);
        const versions = [{ compiled, from: start }];
        const whole = stageNow(versions, history, now, newJudgement(compiled));
        const halves = [...versions, { compiled, from: cut }];
        expect(stageNow(halves, history, now, newJudgement(compiled)).timeline).toEqual(whole.timeline);
      }),
      { numRuns: 300 },
    );
  });

  it('under several versions is what a preview says of the same ones', () => {
    fc.assert(
      fc.property(agreements(), agreements(), histories, instant, (first, second, history, change) => {
        const versions = [
          { compiled: compileAgreement(first), from: start },
          { compiled: compileAgreement(second), from: change },
        ];
        const [, current] = versions;
        if (!current) return;
        const { timeline } = stageNow(versions, history, now, newJudgement(current.compiled));
        const last = staysOf(versions, history, now).at(-1);
        expect(timeline.previous).toEqual({ stage: last?.stage, since: last?.from });
      }),
      { numRuns: 300 },
    );
  });
});
