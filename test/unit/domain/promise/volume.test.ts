import { describe, expect, it } from 'vitest';
import { judgePeriod, judgeVolume } from '../../../../src/domain/promise/volume.ts';
import { periodAt } from '../../../../src/domain/promise/period.ts';
import { workTime } from '../../../../src/domain/promise/work-time.ts';
import { at, instant, nineToFive } from './clock-builder.ts';

const zone = 'America/New_York';
const volume = { target: 200, per: 'month' } as const;
const rules = { volume, timeZone: zone, since: 0 };
const times = (count: number, when: number): readonly number[] => Array.from({ length: count }, () => when);

describe('a period', () => {
  it('begins and ends at midnight in the time zone of the agreement, through changes of the clocks', () => {
    expect(periodAt(instant('2026-03-01T04:59:59Z'), 'month', zone)).toEqual({
      key: '2026-02',
      from: instant('2026-02-01T05:00:00Z'),
      to: instant('2026-03-01T05:00:00Z'),
    });
    expect(periodAt(instant('2026-03-01T05:00:00Z'), 'month', zone)).toEqual({
      key: '2026-03',
      from: instant('2026-03-01T05:00:00Z'),
      to: instant('2026-04-01T04:00:00Z'),
    });
  });

  it.each([
    ['2026-01-01T12:00:00Z', 'week', '2026-W01', '2025-12-29T05:00:00Z'],
    ['2025-12-28T12:00:00Z', 'week', '2025-W52', '2025-12-22T05:00:00Z'],
    ['2027-01-03T12:00:00Z', 'week', '2026-W53', '2026-12-28T05:00:00Z'],
    ['2026-12-31T12:00:00Z', 'quarter', '2026-Q4', '2026-10-01T04:00:00Z'],
    ['2026-12-31T12:00:00Z', 'month', '2026-12', '2026-12-01T05:00:00Z'],
  ] as const)('of %s by %s is %s', (when, per, key, from) => {
    expect(periodAt(instant(when), per, zone)).toMatchObject({ key, from: instant(from) });
  });
});

describe('a volume promise', () => {
  const time = workTime(nineToFive, instant('2025-12-01T00:00:00Z'), instant('2026-04-01T00:00:00Z'));

  it('says what the period comes to at the pace so far, by working days', () => {
    // January 2026 has 22 of them, New Year included as the calendar has no holidays; 11 are over on the 15th at 17:00.
    expect(judgeVolume(times(94, at(5)), { ...rules, time }, at(15, '17:00'))).toMatchObject({
      state: 'running',
      count: 94,
      target: 200,
      pace: 188,
      sentence: '94 of 200 so far; on track for 188 of 200.',
    });
  });

  it('is kept once the target is reached, and missed only when the period is over', () => {
    expect(judgeVolume(times(200, at(5)), rules, at(6))).toMatchObject({ state: 'kept' });
    const january = periodAt(at(5), 'month', zone);
    expect(judgePeriod(times(199, at(5)), rules, january, january.to - 1)).toMatchObject({ state: 'running' });
    expect(judgePeriod(times(199, at(5)), rules, january, january.to)).toMatchObject({
      state: 'missed',
      sentence: '199 of 200: 1 short.',
    });
  });

  it('counts half-open: what happens at the end belongs to the next period', () => {
    const january = periodAt(at(5), 'month', zone);
    expect(judgePeriod([january.from, january.to], rules, january, january.to + 1).count).toBe(1);
  });

  it('asks for a share of the target where the agreement came into force within the period', () => {
    const half = judgeVolume(times(10, at(16)), { ...rules, time, since: at(16, '00:00') }, at(19));
    expect(half.target).toBe(100);
    // Nine of 22 working days: 81.8, of which nobody owes the last part.
    expect(judgeVolume([], { ...rules, time, since: at(20, '00:00') }, at(21)).target).toBe(81);
    expect(judgeVolume(times(10, at(5)), { ...rules, since: at(16) }, at(19)).count).toBe(0);
  });

  it('has no pace before any working time has passed', () => {
    expect(judgeVolume([], { ...rules, time, since: at(10) }, at(11))).toMatchObject({
      pace: undefined,
      sentence: 'The month has not begun to count yet.',
    });
  });
});
