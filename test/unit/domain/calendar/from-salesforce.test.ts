import { describe, expect, it } from 'vitest';
import { BusinessTime } from '../../../../src/domain/calendar/business-time.ts';
import {
  calendarFromBusinessHours,
  holidayFromRow,
  type OrgRow,
} from '../../../../src/domain/calendar/from-salesforce.ts';
import { holidayDays } from '../../../../src/domain/calendar/holiday-days.ts';
import { toDayNumber, toLocalDate } from '../../../../src/domain/calendar/local-date.ts';

const hours = (changes: OrgRow = {}): OrgRow => ({
  Name: 'Default',
  TimeZoneSidKey: 'America/Los_Angeles',
  MondayStartTime: '09:00:00.000Z',
  MondayEndTime: '17:30:00.000Z',
  TuesdayStartTime: null,
  TuesdayEndTime: null,
  WednesdayStartTime: '00:00:00.000Z',
  WednesdayEndTime: '00:00:00.000Z',
  ...changes,
});

describe('business hours of an org', () => {
  it('are times on the wall in their zone, whatever their Z says', () => {
    const time = new BusinessTime(
      calendarFromBusinessHours(hours(), []),
      Date.parse('2026-01-01'),
      Date.parse('2026-02-01'),
    );
    expect(time.nextOpen(Date.parse('2026-01-05T00:00:00Z'))).toBe(Date.parse('2026-01-05T17:00:00Z'));
  });

  it('are closed on a day without times, and open all day from midnight to midnight', () => {
    expect(calendarFromBusinessHours(hours(), []).week).toEqual({
      1: [{ from: 540, to: 1050 }],
      3: [{ from: 0, to: 1440 }],
    });
  });

  it('end at midnight or on the next day where their end is not after their begin', () => {
    const night = hours({
      MondayStartTime: '22:00:00.000Z',
      MondayEndTime: '06:00:00.000Z',
      WednesdayStartTime: '08:00:00.000Z',
    });
    expect(calendarFromBusinessHours(night, []).week).toEqual({
      1: [{ from: 1320, to: 1800 }],
      3: [{ from: 480, to: 1440 }],
    });
  });
});

const holiday = (changes: OrgRow = {}): OrgRow => ({
  Name: 'Day off',
  ActivityDate: '2026-12-24',
  IsAllDay: true,
  StartTimeInMinutes: null,
  EndTimeInMinutes: null,
  IsRecurrence: false,
  RecurrenceStartDate: null,
  RecurrenceEndDateOnly: null,
  RecurrenceType: null,
  RecurrenceInterval: null,
  RecurrenceDayOfWeekMask: null,
  RecurrenceDayOfMonth: null,
  RecurrenceInstance: null,
  RecurrenceMonthOfYear: null,
  ...changes,
});

const recurring = (changes: OrgRow): OrgRow =>
  holiday({ IsRecurrence: true, ActivityDate: null, RecurrenceStartDate: '2026-01-01', ...changes });

const daysIn = (row: OrgRow, first: string, last: string): readonly string[] => {
  const made = holidayFromRow(row);
  return made ? holidayDays(made, toDayNumber(first), toDayNumber(last)).map(toLocalDate) : ['not understood'];
};

describe('a holiday of an org', () => {
  it('is its one day, also where the date comes with a midnight', () => {
    expect(holidayFromRow(holiday())).toEqual({ title: 'Day off', date: '2026-12-24' });
    expect(holidayFromRow(holiday({ ActivityDate: '2026-12-24T00:00:00.000Z' }))?.date).toBe('2026-12-24');
  });

  it('closes its hours alone where it is not all day', () => {
    expect(holidayFromRow(holiday({ IsAllDay: false, StartTimeInMinutes: 720, EndTimeInMinutes: 1020 }))).toEqual({
      title: 'Day off',
      date: '2026-12-24',
      hours: { from: 720, to: 1020 },
    });
  });

  it.each<[string, OrgRow, readonly string[]]>([
    [
      'every third day',
      { RecurrenceType: 'RecursDaily', RecurrenceInterval: 3 },
      ['2026-01-01', '2026-01-04', '2026-01-07', '2026-01-10'],
    ],
    [
      'every weekday',
      { RecurrenceType: 'RecursEveryWeekday', RecurrenceDayOfWeekMask: 62 },
      ['2026-01-01', '2026-01-02', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09'],
    ],
    [
      'on Sundays and Saturdays, whose bits are the first and the last',
      { RecurrenceType: 'RecursWeekly', RecurrenceInterval: 1, RecurrenceDayOfWeekMask: 65 },
      ['2026-01-03', '2026-01-04', '2026-01-10'],
    ],
    [
      'on a day of the month',
      { RecurrenceType: 'RecursMonthly', RecurrenceInterval: 1, RecurrenceDayOfMonth: 6 },
      ['2026-01-06'],
    ],
    [
      'on the second Monday of the month',
      {
        RecurrenceType: 'RecursMonthlyNth',
        RecurrenceInterval: 1,
        RecurrenceInstance: 'Second',
        RecurrenceDayOfWeekMask: 2,
      },
      [],
    ],
    [
      'on a day of the year',
      { RecurrenceType: 'RecursYearly', RecurrenceDayOfMonth: 1, RecurrenceMonthOfYear: 'January' },
      ['2026-01-01'],
    ],
    [
      'on the first Friday of January',
      {
        RecurrenceType: 'RecursYearlyNth',
        RecurrenceInstance: 'First',
        RecurrenceDayOfWeekMask: 32,
        RecurrenceMonthOfYear: 'January',
      },
      ['2026-01-02'],
    ],
    [
      'until its last day',
      { RecurrenceType: 'RecursDaily', RecurrenceInterval: 1, RecurrenceEndDateOnly: '2026-01-02' },
      ['2026-01-01', '2026-01-02'],
    ],
  ])('recurs %s', (_how, changes, days) => {
    expect(daysIn(recurring(changes), '2026-01-01', '2026-01-10')).toEqual(days);
  });

  it('recurs on the second Monday of every month', () => {
    const row = recurring({
      RecurrenceType: 'RecursMonthlyNth',
      RecurrenceInterval: 1,
      RecurrenceInstance: 'Second',
      RecurrenceDayOfWeekMask: 2,
    });
    expect(daysIn(row, '2026-01-01', '2026-03-31')).toEqual(['2026-01-12', '2026-02-09', '2026-03-09']);
  });

  it('is not made up where its recurrence is not understood', () => {
    expect(holidayFromRow(recurring({ RecurrenceType: 'RecursWeekly', RecurrenceDayOfWeekMask: 0 }))).toBeUndefined();
    expect(holidayFromRow(recurring({ RecurrenceType: 'RecursByMoon' }))).toBeUndefined();
    expect(holidayFromRow(holiday({ ActivityDate: null }))).toBeUndefined();
  });
});
