import { assert, constantFrom, integer, property } from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { BusinessDays } from '../../../../src/domain/calendar/business-days.ts';
import type { Calendar } from '../../../../src/domain/calendar/calendar.ts';

const at = (text: string): number => Date.parse(text);
const calendar = (timeZone: string, week: Calendar['week'], holidays: Calendar['holidays'] = []): Calendar => ({
  name: 'Test',
  timeZone,
  week,
  holidays,
});
const split = [
  { from: 540, to: 720 },
  { from: 780, to: 1020 },
];
const mondayToFriday = { 1: split, 2: split, 3: split, 4: split, 5: split };
const january = [at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z')] as const;

describe('business days', () => {
  const days = new BusinessDays(calendar('UTC', mondayToFriday), ...january);

  it('end at their last closing, however often they open', () => {
    expect(days.endAfter(at('2026-01-05T10:00:00Z'), 0)).toBe(at('2026-01-05T17:00:00Z'));
    expect(days.endAfter(at('2026-01-05T12:30:00Z'), 1)).toBe(at('2026-01-06T17:00:00Z'));
  });

  it('take an instant after closing, or on a closed day, for one of the next business day', () => {
    expect(days.endAfter(at('2026-01-05T17:00:00Z'), 0)).toBe(at('2026-01-06T17:00:00Z'));
    expect(days.endAfter(at('2026-01-10T10:00:00Z'), 1)).toBe(at('2026-01-13T17:00:00Z'));
  });

  it('leave out holidays, and end early on partial ones', () => {
    const holidays = [
      { title: 'Whole', date: '2026-01-06' },
      { title: 'Afternoon', date: '2026-01-07', hours: { from: 720, to: 1440 } },
    ];
    const found = new BusinessDays(calendar('UTC', mondayToFriday, holidays), ...january);
    expect(found.endAfter(at('2026-01-05T10:00:00Z'), 1)).toBe(at('2026-01-07T12:00:00Z'));
  });

  it('end at midnight where hours reach over it, each date being one of its own', () => {
    const nights = new BusinessDays(calendar('UTC', { 1: [{ from: 1320, to: 1800 }] }), ...january);
    expect(nights.endAfter(at('2026-01-05T23:00:00Z'), 0)).toBe(at('2026-01-06T00:00:00Z'));
    expect(nights.endAfter(at('2026-01-05T23:00:00Z'), 1)).toBe(at('2026-01-06T06:00:00Z'));
  });

  it('are not known beyond the calendar', () => {
    expect(days.endAfter(at('2026-01-30T10:00:00Z'), 1)).toBeUndefined();
  });

  it('of a calendar that never closes are the dates of its zone, through changes of the clocks and skipped dates', () => {
    const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: 0, to: 1440 }]]));
    const places = [
      ['America/New_York', '2026-03-08T07:00:00Z'],
      ['America/New_York', '2026-11-01T06:00:00Z'],
      ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
      ['Pacific/Apia', '2011-12-30T10:00:00Z'],
    ] as const;
    const week = 7 * 86_400_000;
    assert(
      property(
        constantFrom(...places),
        integer({ min: -4000, max: 4000 }),
        integer({ min: 0, max: 3 }),
        (place, minutes, count) => {
          const [zone, change] = place;
          const found = new BusinessDays(calendar(zone, always), at(change) - week, at(change) + week);
          const instant = at(change) + minutes * 60_000;
          let day = DateTime.fromMillis(instant, { zone }).startOf('day');
          const ends: number[] = [];
          while (ends.length <= count) {
            const next = DateTime.fromMillis(day.toMillis() + 26 * 3_600_000, { zone }).startOf('day');
            ends.push(next.toMillis());
            day = next;
          }
          expect(found.endAfter(instant, count)).toBe(ends[count]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
