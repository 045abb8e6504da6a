import { describe, expect, it } from 'vitest';
import { checkAgreement } from '../../../../src/domain/agreement/check-agreement.ts';
import type { Problem } from '../../../../src/domain/agreement/problem.ts';
import { agreement } from '../agreement-builder.ts';
import { everything } from '../whole-language.ts';

const problemsOf = (document: unknown): readonly Problem[] => {
  const check = checkAgreement(document);
  return check.ok ? check.warnings : check.problems;
};
const changed = (changes: Record<string, unknown>): unknown => ({ ...everything, ...changes });
const mql = everything.stages[1];
const withStage = (changes: Record<string, unknown>): unknown =>
  changed({ stages: everything.stages.map((stage, index) => (index === 1 ? { ...stage, ...changes } : stage)) });
const withFact = (name: string, fact: unknown): unknown => changed({ facts: { ...everything.facts, [name]: fact } });

describe('a problem of the language', () => {
  it.each<[string, unknown, Partial<Problem>]>([
    [
      'an unknown group',
      withFact('visits', { count: 'signal', where: { country: { inGroup: 'dahc' } } }),
      { code: 'unknown-group', path: ['facts', 'visits', 'where', 'country', 'inGroup'], suggestion: 'dach' },
    ],
    [
      'an unknown condition',
      withStage({ when: { all: [{ condition: 'goodfit' }] } }),
      { code: 'unknown-condition', path: ['stages', 1, 'when', 'all', 0, 'condition'], suggestion: 'goodFit' },
    ],
    [
      'an unknown segment',
      withStage({ whenIn: { dahc: mql?.when } }),
      { code: 'unknown-segment', path: ['stages', 1, 'whenIn', 'dahc'], suggestion: 'dach' },
    ],
    [
      'an unknown fact that a score counts',
      withFact('score', { score: [{ each: 'visit', points: 1 }] }),
      { code: 'unknown-fact', path: ['facts', 'score', 'score', 0, 'each'], suggestion: 'visits' },
    ],
    [
      'text that a score counts',
      withFact('score', { score: [{ each: 'domain', points: 1 }] }),
      { code: 'wrong-comparison', path: ['facts', 'score', 'score', 0, 'each'] },
    ],
    [
      'a score that is made of itself',
      withFact('score', { score: [{ when: { score: { atLeast: 1 } }, points: 1 }] }),
      { code: 'cycle', path: ['facts', 'score'] },
    ],
    [
      'conditions that are made of each other',
      changed({ conditions: { goodFit: { all: [{ condition: 'b' }] }, b: { any: [{ condition: 'goodFit' }] } } }),
      { code: 'cycle', path: ['conditions', 'goodFit'] },
    ],
    [
      'an unknown stage of the hand-off',
      changed({ process: { handOff: { stage: 'mqll' } } }),
      { code: 'unknown-stage', path: ['process', 'handOff', 'stage'], suggestion: 'mql' },
    ],
    [
      'an unknown stage that is owned',
      changed({ process: { owners: { sql: 'sales' } } }),
      { code: 'unknown-stage', path: ['process', 'owners', 'sql'] },
    ],
    [
      'two reasons with one id',
      changed({
        process: {
          reasons: [
            { id: 'a', title: 'A' },
            { id: 'a', title: 'B' },
          ],
        },
      }),
      { code: 'duplicate', path: ['process', 'reasons', 1, 'id'] },
    ],
    [
      'a segment that nobody reaches',
      changed({
        segments: [
          ...(everything.segments ?? []),
          { id: 'again', title: 'Again', when: everything.segments?.[0]?.when },
        ],
      }),
      { severity: 'warning', code: 'never-met', path: ['segments', 1, 'when'] },
    ],
    [
      'a segment by a restricted fact',
      changed({ segments: [{ id: 'dach', title: 'Rich', when: { all: [{ revenue: { above: 1 } }] } }] }),
      { severity: 'error', path: ['segments', 0, 'when'] },
    ],
    [
      'a hand-off that a restricted fact ends, through a condition',
      changed({
        conditions: { rich: { title: 'Rich', all: [{ revenue: { above: 1 } }] } },
        process: { handOff: { stage: 'mql', rejected: { none: [{ condition: 'rich' }] } } },
      }),
      { severity: 'error', code: 'wrong-value', path: ['process', 'handOff', 'rejected'] },
    ],
    [
      'a side stage to begin with',
      changed({ stages: [{ id: 'inquiry', title: 'Inquiry', side: true }, ...everything.stages.slice(1)] }),
      { severity: 'error', path: ['stages', 0, 'side'] },
    ],
    [
      'a stage that is left as soon as it is entered',
      withStage({ back: true, when: { all: [{ waiting: { atLeast: 5 } }] } }),
      { severity: 'warning', path: ['stages', 1, 'when', 'all', 0, 'waiting'] },
    ],
    ['an empty group', changed({ groups: { dach: { values: [] } } }), { path: ['groups', 'dach', 'values'] }],
    [
      'an attribute that events of the kind lack',
      withFact('returns', { count: 'stage', where: { stag: 'mql' } }),
      { code: 'unknown-key', path: ['facts', 'returns', 'where', 'stag'], suggestion: 'stage' },
    ],
    [
      'an owner that is neither user nor queue',
      withStage({ when: { all: [{ ownerKind: { is: 'users' } }] } }),
      { code: 'wrong-value', suggestion: 'user' },
    ],
    [
      'a condition twice in a list',
      withStage({ when: { all: [{ visits: { atLeast: 1 } }, { visits: { atLeast: 1 } }] } }),
      { severity: 'warning', code: 'duplicate', path: ['stages', 1, 'when', 'all', 1] },
    ],
    [
      'ranges that exclude each other',
      withStage({ when: { all: [{ visits: { atLeast: 5 } }, { visits: { below: 5 } }] } }),
      { severity: 'warning', code: 'never-met', path: ['stages', 1, 'when', 'all', 1, 'visits'] },
    ],
    [
      'what is wanted and refused at once',
      withStage({ when: { all: [{ visits: { atLeast: 5 } }], none: [{ visits: { atLeast: 5 } }] } }),
      { severity: 'warning', code: 'never-met', path: ['stages', 1, 'when', 'all', 0] },
    ],
    [
      'dates that exclude each other',
      withStage({ when: { all: [{ renewal: { after: '2026-02-01', before: '2026-01-01' } }] } }),
      { severity: 'error', code: 'never-met' },
    ],
    [
      'a range that ends before it begins',
      withStage({ when: { all: [{ visits: { between: [9, 1] } }] } }),
      { severity: 'error', code: 'never-met' },
    ],
    [
      'a day that does not exist',
      withStage({ when: { all: [{ renewal: { after: '2026-02-30' } }] } }),
      { path: ['stages', 1, 'when', 'all', 0, 'renewal', 'after'] },
    ],
    [
      'an unknown key of a score line',
      withFact('score', { score: [{ each: 'visits', point: 5 }] }),
      { code: 'unknown-key', suggestion: 'points' },
    ],
    [
      'more clauses than people keep in mind',
      changed({ complexity: { clauses: 10 } }),
      { severity: 'warning', code: 'too-complex' },
    ],
  ])('is named where it stands: %s', (_what, document, problem) => {
    expect(problemsOf(document)).toContainEqual(expect.objectContaining(problem));
  });

  it('is none in 500 clauses, but for the warning to simplify', () => {
    const any = Array.from({ length: 500 }, (_, index) => ({ employees: { is: index } }));
    expect(problemsOf(agreement({ when: { any } })).map(({ code }) => code)).toEqual(['too-complex']);
  });
});

describe('a hostile document', () => {
  const nest = (depth: number): unknown => (depth === 0 ? { employees: { is: 1 } } : { all: [nest(depth - 1)] });
  const doubled = Array.from({ length: 20 }, (_, index) => [
    `c${index}`,
    {
      all: Array.from({ length: 10 }, () => (index === 0 ? { employees: { is: 1 } } : { condition: `c${index - 1}` })),
    },
  ]);
  const shared = Array.from({ length: 30 }).reduce<unknown>((inner) => ({ all: [inner, inner] }), {
    employees: { is: 1 },
  });

  const wide = Array.from({ length: 12 }).reduce<unknown>((inner) => Array.from({ length: 10 }, () => inner), 1);

  it.each<[string, unknown]>([
    ['nested 5,000 deep', { ...agreement(), facts: nest(5_000) }],
    ['nested 30 deep by what is shared', { ...agreement(), facts: shared }],
    [
      'conditions that come to 10^20 clauses',
      { ...everything, conditions: Object.fromEntries([['goodFit', { all: [{ condition: 'c19' }] }], ...doubled]) },
    ],
    ['keys of every object', JSON.parse('{"__proto__": {"x": 1}, "constructor": 1, "toString": []}')],
    ['a prototype as a fact', { ...agreement(), facts: JSON.parse('{"__proto__": {"field": "Lead.X"}}') as unknown }],
    [
      'a stage of an inherited name',
      { ...everything, process: { owners: { constructor: 'sales' }, handOff: { stage: 'tostring' } } },
    ],
    [
      'a group and a condition of inherited names',
      {
        ...everything,
        stages: [
          everything.stages[0],
          { id: 'a', title: 'A', when: { all: [{ condition: 'constructor' }, { country: { inGroup: 'toString' } }] } },
        ],
      },
    ],
    ['lists of lists that come to 10^12 values', { ...agreement(), facts: wide }],
    ['numbers without end', { ...agreement(), complexity: { clauses: Infinity } }],
    [
      'a number that is none',
      {
        ...agreement(),
        stages: [
          ...agreement().stages.slice(0, 1),
          { id: 'a', title: 'A', when: { all: [{ employees: { atLeast: NaN } }] } },
        ],
      },
    ],
    ['half a character', { ...agreement(), name: '\uD800' }],
  ])('has problems and is no failure: %s', (_what, document) => {
    expect(problemsOf(document).some(({ severity }) => severity === 'error')).toBe(true);
  });
});
