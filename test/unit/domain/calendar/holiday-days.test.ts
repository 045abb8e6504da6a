import { describe, expect, it } from 'vitest';
import type { Holiday } from '../../../../src/domain/calendar/calendar.ts';
import { holidayDays } from '../../../../src/domain/calendar/holiday-days.ts';
import { toDayNumber, toLocalDate } from '../../../../src/domain/calendar/local-date.ts';

const daysOf = (holiday: Omit<Holiday, 'title'>, first: string, last: string): readonly string[] =>
  holidayDays({ title: 'Day', ...holiday }, toDayNumber(first), toDayNumber(last)).map(toLocalDate);

describe('the days of a holiday', () => {
  it('are its one day where it does not recur', () => {
    expect(daysOf({ date: '2026-12-25' }, '2026-01-01', '2027-12-31')).toEqual(['2026-12-25']);
    expect(daysOf({ date: '2026-12-25' }, '2027-01-01', '2027-12-31')).toEqual([]);
  });

  it('come every so many days from the first on', () => {
    const recurs = { every: 'day', interval: 3 } as const;
    expect(daysOf({ date: '2026-01-30', recurs }, '2026-01-01', '2026-02-06')).toEqual([
      '2026-01-30',
      '2026-02-02',
      '2026-02-05',
    ]);
  });

  it('come on the weekdays of every second week, whose first is the week of the first day', () => {
    const recurs = { every: 'week', interval: 2, weekdays: [1, 7] } as const;
    expect(daysOf({ date: '2026-01-05', recurs }, '2026-01-01', '2026-01-31')).toEqual([
      '2026-01-05',
      '2026-01-18',
      '2026-01-19',
    ]);
  });

  it('skip the months that have no such day', () => {
    const recurs = { every: 'month', interval: 1, day: 31 } as const;
    expect(daysOf({ date: '2026-01-31', recurs }, '2026-01-01', '2026-05-31')).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
    ]);
  });

  it('come on the last Monday of May every year', () => {
    const recurs = { every: 'year', month: 5, nth: 'Last', weekdays: [1] } as const;
    expect(daysOf({ date: '2025-05-01', recurs }, '2025-01-01', '2027-12-31')).toEqual([
      '2025-05-26',
      '2026-05-25',
      '2027-05-31',
    ]);
  });

  it('come on the first working day of a month where that is the first of several weekdays', () => {
    const recurs = { every: 'month', interval: 1, nth: 'First', weekdays: [1, 2, 3, 4, 5] } as const;
    expect(daysOf({ date: '2026-08-01', recurs }, '2026-08-01', '2026-09-30')).toEqual(['2026-08-03', '2026-09-01']);
  });

  it('fall on 29 February in leap years alone', () => {
    const recurs = { every: 'year', month: 2, day: 29 } as const;
    expect(daysOf({ date: '2024-02-29', recurs }, '2024-01-01', '2029-01-01')).toEqual(['2024-02-29', '2028-02-29']);
  });

  it('end with the last day of the recurrence', () => {
    const recurs = { every: 'day', interval: 1, until: '2026-01-02' } as const;
    expect(daysOf({ date: '2026-01-01', recurs }, '2025-12-01', '2026-02-01')).toEqual(['2026-01-01', '2026-01-02']);
  });

  it('name a date that does not exist', () => {
    expect(() => daysOf({ date: '2026-02-30' }, '2026-01-01', '2026-12-31')).toThrow('2026-02-30 is no date');
  });
});
