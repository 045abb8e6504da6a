import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMet, knownAt } from '../../../../src/domain/hand-off/first-met.ts';
import { judgedAlone } from '../../../../src/domain/hand-off/hand-off-rules.ts';
import { positionAt } from '../../../../src/domain/replay/applied-version.ts';
import { walkVersions } from '../../../../src/domain/replay/walk-versions.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { decide } from '../../../../src/domain/verdict/decide.ts';
import { agreement, checked, dayMs, lead, now } from '../agreement-builder.ts';
import { richAgreements } from '../random-agreement.ts';
import { histories, start } from '../random-history.ts';

const at = (daysAgo: number): number => now - daysAgo * dayMs;

describe('a definition of a hand-off', () => {
  const document = checked({
    ...agreement({
      facts: {
        waiting: { daysInStage: true },
        entries: { count: 'stage', where: { stage: 'mql' } },
        employees: { field: 'Lead.NumberOfEmployees' },
      },
      stages: [
        { id: 'inquiry', title: 'Inquiry' },
        { id: 'mql', title: 'MQL', when: { all: [{ employees: { atLeast: 50 } }] } },
      ],
    }),
  });
  const compiled = compileAgreement(document);
  const changes = [
    { object: 'Lead', field: 'NumberOfEmployees', at: at(10), from: 5, to: 60 },
    { object: 'Lead', field: 'NumberOfEmployees', at: at(8), from: 60, to: 5 },
    { object: 'Lead', field: 'NumberOfEmployees', at: at(6), from: 5, to: 60 },
  ] as const;
  const history = { ...lead({ NumberOfEmployees: 60 }), createdAt: at(30), changes };
  const { stays } = walkVersions([{ compiled, from: at(40) }], history, { to: now });
  const met = (when: Parameters<typeof judgedAlone>[1], from = at(10)) =>
    firstMet(compileAgreement(judgedAlone(document, when)), history, stays, { from, to: now });

  it('counts the days in the stage that the person is in', () => {
    expect(met({ all: [{ waiting: { atLeast: 2 } }] }, at(10))).toMatchObject({ at: at(6) + 2 * dayMs });
    expect(met({ all: [{ waiting: { atLeast: 1 } }] }, at(10))).toMatchObject({ at: at(9) });
    expect(met({ all: [{ waiting: { atLeast: 9 } }] }, at(5))).toEqual({ at: undefined, nextAt: at(6) + 9 * dayMs });
  });

  it('counts the entries into the stages of the agreement', () => {
    expect(met({ all: [{ entries: { atLeast: 2 } }] })).toMatchObject({ at: at(6) + 1 });
    expect(met({ all: [{ entries: { atLeast: 3 } }] })).toEqual({ at: undefined, nextAt: Infinity });
  });
});

describe('what was known at an instant', () => {
  it('decides the stage that the person was in', () => {
    fc.assert(
      fc.property(
        richAgreements,
        richAgreements,
        histories,
        fc.integer({ min: start, max: now }),
        fc.integer({ min: start, max: now }),
        (one, other, history, change, instant) => {
          const versions = [
            { compiled: compileAgreement(one), from: start },
            { compiled: compileAgreement(other), from: change },
          ];
          const { stays } = walkVersions(versions, history, { to: now });
          for (const when of [instant, ...stays.map(({ from }) => from)]) {
            const applied = versions[positionAt(versions, when)];
            if (!applied) throw new Error('The first version applies from the creation on.');
            const { stage } = decide(applied.compiled, knownAt(history, stays, when), when);
            expect(stage).toBe(stays.findLast(({ from }) => from <= when)?.stage);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
