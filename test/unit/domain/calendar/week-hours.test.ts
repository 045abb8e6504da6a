import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../../../src/domain/calendar/calendar.ts';
import { mondayOf, weekHours } from '../../../../src/domain/calendar/week-hours.ts';

const office = [{ from: 540, to: 1020 }];
const allDay = [{ from: 0, to: 1440 }];
const newYork: Calendar = {
  name: 'Sales US',
  timeZone: 'America/New_York',
  week: { 1: office, 2: office, 3: office, 4: office, 5: office, 7: allDay },
  holidays: [{ title: 'Thanksgiving', date: '2026-11-26' }],
};

describe('a week of a calendar', () => {
  it('begins on the Monday before any of its days', () => {
    expect(['2026-11-23', '2026-11-26', '2026-11-29'].map(mondayOf)).toEqual(Array(3).fill('2026-11-23'));
    expect(mondayOf('2026-03-01')).toBe('2026-02-23');
  });

  it('has the hours of each day as instants and on the wall, and the holidays that close them', () => {
    const days = weekHours(newYork, '2026-11-23');
    expect(days.map(({ date, open }) => [date, ...open.map(({ onTheWall }) => onTheWall)])).toEqual([
      ['2026-11-23', '09:00-17:00'],
      ['2026-11-24', '09:00-17:00'],
      ['2026-11-25', '09:00-17:00'],
      ['2026-11-26'],
      ['2026-11-27', '09:00-17:00'],
      ['2026-11-28'],
      ['2026-11-29', '00:00-24:00'],
    ]);
    expect(days[0]?.open[0]?.from).toBe(Date.parse('2026-11-23T14:00Z'));
    expect(days.map(({ holidays }) => holidays)).toEqual([[], [], [], ['Thanksgiving'], [], [], []]);
    expect(days.flatMap(({ clockChanges }) => clockChanges)).toEqual([]);
  });

  it('marks the clocks that go back, and shows the hour that comes twice twice', () => {
    const [sunday] = weekHours(newYork, '2026-10-26').slice(6);
    expect(sunday).toMatchObject({
      date: '2026-11-01',
      open: [{ onTheWall: '00:00-02:00' }, { onTheWall: '01:00-24:00' }],
      clockChanges: [{ at: Date.parse('2026-11-01T06:00Z'), from: '02:00', to: '01:00' }],
    });
    const open = sunday?.open.reduce((sum, { from, to }) => sum + to - from, 0);
    expect(open).toBe(25 * 3_600_000);
  });

  it('marks the clocks that go forward, and a day that a zone skips has no hours', () => {
    const [sunday] = weekHours(newYork, '2026-03-02').slice(6);
    expect(sunday).toMatchObject({
      open: [{ onTheWall: '00:00-02:00' }, { onTheWall: '03:00-24:00' }],
      clockChanges: [{ from: '02:00', to: '03:00' }],
    });
    const apia: Calendar = { ...newYork, timeZone: 'Pacific/Apia' };
    const days = weekHours(apia, '2011-12-26');
    expect(days[4]).toEqual({ date: '2011-12-30', open: [], holidays: [], clockChanges: [] });
    expect(days[5]?.clockChanges).toEqual([{ at: Date.parse('2011-12-30T10:00Z'), from: '00:00', to: '00:00' }]);
  });

  it('cuts hours over midnight where the day ends', () => {
    const night: Calendar = { ...newYork, week: { 1: [{ from: 1320, to: 1800 }] } };
    const [monday, tuesday] = weekHours(night, '2026-06-01');
    expect(monday?.open).toMatchObject([{ onTheWall: '22:00-24:00' }]);
    expect(tuesday?.open).toMatchObject([{ onTheWall: '00:00-06:00' }]);
  });
});
