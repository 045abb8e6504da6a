import { describe, expect, it } from 'vitest';
import type { Episode } from '../../../../src/domain/hand-off/episode.ts';
import { compileAmounts } from '../../../../src/domain/promise/compile-amounts.ts';
import { compileBrief, isComplete } from '../../../../src/domain/promise/completeness.ts';
import { compileRatio, judgeRatio, type RatioEpisode } from '../../../../src/domain/promise/ratio.ts';
import { agreement, checked } from '../agreement-builder.ts';
import { depth, firstTouch, promising, quality, volume } from '../promise-agreement.ts';
import { at, open, person } from './clock-builder.ts';

const document = promising({
  process: {
    handOff: { stage: 'mql' },
    reasons: [
      { id: 'too-small', title: 'Too small', countsAgainst: 'quality' },
      { id: 'no-time', title: 'No time', countsAgainst: 'first-touch' },
      { id: 'referred-out', title: 'Referred out', keeps: 'first-touch' },
    ],
  },
});
const promise = compileRatio(document, quality);
let count = 0;
const episode = (status: Episode['status'], more: Partial<RatioEpisode> = {}): RatioEpisode => ({
  ...open(),
  id: `h${++count}`,
  status,
  ...(status === 'Open' ? {} : { decidedAt: at(6) }),
  ...(status === 'Accepted' && { acceptedAt: at(6) }),
  ...more,
});
const judge = (...episodes: readonly RatioEpisode[]) => judgeRatio(promise, episodes, at(20));

describe('a ratio promise', () => {
  it('counts what sales decided, and nothing that still waits or was never answered', () => {
    const found = judge(episode('Accepted'), episode('Rejected'), episode('Open'), episode('Ended'));
    expect(found).toMatchObject({ of: 2, misses: 1 });
  });

  it('counts as accepted what was recycled after it had been accepted', () => {
    expect(judge(episode('Recycled', { acceptedAt: at(5) }))).toMatchObject({ of: 1, misses: 0 });
  });

  it('leaves out rejections whose reason counts against something else, or for a promise', () => {
    const reasons = ['too-small', 'no-time', 'referred-out', undefined];
    const found = judge(...reasons.map((reason) => episode('Rejected', reason === undefined ? {} : { reason })));
    expect(found).toMatchObject({ of: 2, misses: 2 });
  });

  it('does not see what is decided after now', () => {
    expect(judgeRatio(promise, [episode('Rejected', { decidedAt: at(21) })], at(20))).toMatchObject({ of: 0 });
  });

  it('of conversions among the accepted looks at these alone', () => {
    const converted = compileRatio(document, { ...quality, ratio: 'converted / accepted' });
    const episodes = [
      episode('Accepted', { convertedAt: at(9) }),
      episode('Accepted'),
      episode('Recycled', { acceptedAt: at(5) }),
      episode('Rejected'),
    ];
    expect(judgeRatio(converted, episodes, at(20))).toMatchObject({ of: 2, misses: 1 });
  });
});

describe('the promises without a clock', () => {
  it('are prepared by kind', () => {
    const brief = { id: 'brief', by: 'marketing', complete: ['employees'], atLeast: '90 % of last 20' } as const;
    const written = checked(
      promising({ promises: [firstTouch, depth, volume, quality, { ...brief, complete: ['employees'] }] }),
    );
    const { volumes, ratios, briefs } = compileAmounts(written);
    expect(volumes).toEqual([{ id: 'volume', volume: { target: 200, per: 'month' }, calendar: undefined }]);
    expect(ratios.map(({ id, share }) => [id, share])).toEqual([['quality', { share: 0.6, of: 50 }]]);
    expect(briefs.map(({ id, share }) => [id, share])).toEqual([['brief', { share: 0.9, of: 20 }]]);
  });
});

describe('a brief', () => {
  it('is complete when all its facts were known at the hand-off, whatever is known today', () => {
    const written = checked(
      agreement({ facts: { employees: { field: 'Lead.NumberOfEmployees' }, industry: { field: 'Lead.Industry' } } }),
    );
    const brief = compileBrief(written, {
      id: 'brief',
      by: 'marketing',
      complete: ['employees', 'industry'],
      atLeast: '90 % of last 20',
    });
    const learned = { object: 'Lead', field: 'Industry', at: at(6), from: null, to: 'Retail' } as const;
    const history = person({ fields: { NumberOfEmployees: 5, Industry: 'Retail' }, changes: [learned] });
    expect(isComplete(brief, history, at(7))).toBe(true);
    expect(isComplete(brief, history, at(5))).toBe(false);
  });
});
