import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { staysOf } from '../../../../src/domain/preview/stays.ts';
import type { AppliedVersion } from '../../../../src/domain/replay/applied-version.ts';
import { stageNow } from '../../../../src/domain/replay/stage-now.ts';
import type { PersonHistory } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { newJudgement } from '../../../../src/domain/verdict/judge.ts';
import { agreement, checked, dayMs, now } from '../agreement-builder.ts';
import { agreements } from '../random-agreement.ts';
import { histories, start } from '../random-history.ts';

const compile = (bound: number) =>
  compileAgreement(checked(agreement({ when: { all: [{ employees: { atLeast: bound } }] } })));

const person: PersonHistory = {
  personId: '00Q000000000001AAA',
  object: 'Lead',
  fields: { NumberOfEmployees: 60 },
  createdAt: now - 10 * dayMs,
  events: [],
  changes: [],
};

const told = (versions: readonly AppliedVersion[], history = person) =>
  staysOf(versions, history, now).map(({ stage, from, to }) => [stage, from, to]);

describe('the stages of a person over several versions', () => {
  const [loose, strict] = [compile(50), compile(100)];
  const change = now - 4 * dayMs;

  it('change at the instant from which another version applies', () => {
    const versions = [
      { compiled: loose, from: -Infinity },
      { compiled: strict, from: change },
    ];
    expect(told(versions)).toEqual([
      ['mql', person.createdAt, change],
      ['inquiry', change, undefined],
    ]);
  });

  it('are one stay where the next version says the same', () => {
    const versions = [
      { compiled: loose, from: -Infinity },
      { compiled: compile(40), from: change },
    ];
    expect(told(versions)).toEqual([['mql', person.createdAt, undefined]]);
  });

  it('are judged by the version of then for people who came later', () => {
    const versions = [
      { compiled: loose, from: -Infinity },
      { compiled: strict, from: now - 20 * dayMs },
    ];
    expect(told(versions)).toEqual([['inquiry', person.createdAt, undefined]]);
    const gone = { ...person, endedAt: change - dayMs };
    expect(
      told(
        [
          { compiled: loose, from: -Infinity },
          { compiled: strict, from: change },
        ],
        gone,
      ),
    ).toEqual([['mql', person.createdAt, change - dayMs]]);
  });

  it('follow each other without a gap, and do not change where a version is followed by itself', () => {
    fc.assert(
      fc.property(
        agreements(),
        agreements(),
        histories,
        fc.integer({ min: 0, max: 12 * 24 }),
        (one, other, history, hour) => {
          const [first, second] = [one, other].map(compileAgreement) as [
            AppliedVersion['compiled'],
            AppliedVersion['compiled'],
          ];
          const at = start + hour * 3_600_000;
          const stays = told(
            [
              { compiled: first, from: -Infinity },
              { compiled: second, from: at },
            ],
            history,
          );
          expect(stays[0]?.[1]).toBe(start);
          expect(stays.map(([, , to]) => to)).toEqual([...stays.slice(1).map(([, from]) => from), undefined]);
          const live = stageNow(
            [
              { compiled: first, from: -Infinity },
              { compiled: second, from: at },
            ],
            history,
            now,
            newJudgement(second),
          );
          expect(live.timeline.previous).toEqual({ stage: stays.at(-1)?.[0], since: stays.at(-1)?.[1] });
          const same = told(
            [
              { compiled: first, from: -Infinity },
              { compiled: first, from: at },
            ],
            history,
          );
          expect(same).toEqual(told([{ compiled: first, from: -Infinity }], history));
        },
      ),
    );
  });
});

describe('the stages of a person while no version applied', () => {
  const [loose, strict] = [compile(50), compile(100)];
  const [ended, began] = [now - 6 * dayMs, now - 4 * dayMs];
  const versions = [
    { compiled: loose, from: -Infinity, to: ended },
    { compiled: strict, from: began },
  ];
  const grows = { object: 'Lead', field: 'NumberOfEmployees', at: now - 5 * dayMs, from: 60, to: 10 } as const;

  it('stay as they were until the next one begins', () => {
    expect(told(versions)).toEqual([
      ['mql', person.createdAt, began],
      ['inquiry', began, undefined],
    ]);
    expect(told([{ compiled: loose, from: -Infinity, to: ended }], { ...person, changes: [grows] })).toEqual([
      ['mql', person.createdAt, undefined],
    ]);
  });

  it('begin with the next one for who came in between', () => {
    const late = { ...person, createdAt: now - 5 * dayMs };
    expect(told(versions, late)).toEqual([['inquiry', began, undefined]]);
  });

  it('are the same live', () => {
    fc.assert(
      fc.property(
        agreements(),
        agreements(),
        histories,
        fc.nat(12 * 24),
        fc.nat(72),
        (one, other, history, hour, gap) => {
          const [first, second] = [compileAgreement(one), compileAgreement(other)];
          const to = start + hour * 3_600_000;
          const from = Math.min(to + gap * 3_600_000, now);
          const applied = [
            { compiled: first, from: -Infinity, to: Math.min(to, from) },
            { compiled: second, from },
          ];
          const stays = told(applied, history);
          expect(stays.filter(([, begin]) => Number(begin) >= to && Number(begin) < from && begin !== start)).toEqual(
            [],
          );
          const { timeline } = stageNow(applied, history, now, newJudgement(second));
          expect(timeline.previous).toEqual({ stage: stays.at(-1)?.[0], since: stays.at(-1)?.[1] });
        },
      ),
    );
  });
});
