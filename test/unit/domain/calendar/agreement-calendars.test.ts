import { describe, expect, it } from 'vitest';
import { agreementCalendars, type OrgCalendars } from '../../../../src/domain/calendar/agreement-calendars.ts';
import { holidayDays } from '../../../../src/domain/calendar/holiday-days.ts';
import { toDayNumber, toLocalDate } from '../../../../src/domain/calendar/local-date.ts';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';

const made = (calendars: Agreement['calendars'], org?: OrgCalendars) =>
  agreementCalendars({ timeZone: 'Europe/Berlin', calendars }, org);

const org: OrgCalendars = {
  hours: new Map([
    ['Default', { name: 'Default', timeZone: 'UTC', week: { 1: [{ from: 0, to: 1440 }] }, holidays: [] }],
    ['Never', { name: 'Never', timeZone: 'UTC', week: {}, holidays: [] }],
  ]),
  holidays: [
    { title: "New Year's Day", date: '2026-01-01' },
    { title: "New Year's Day", date: '2027-01-01' },
    { title: 'Boxing Day', date: '2026-12-26' },
  ],
  linked: new Map([['Default', ['Boxing Day']]]),
};

describe('the calendars of an agreement', () => {
  it('have the days of a range, several times a day, over midnight, and the time zone of the agreement', () => {
    const { calendars } = made({
      Shifts: { week: { 'fri-sun': ['08:00-12:00', '22:00-06:00'], wed: ['00:00-24:00'] } },
    });
    const hours = [
      { from: 480, to: 720 },
      { from: 1320, to: 1800 },
    ];
    expect(calendars.get('Shifts')).toEqual({
      name: 'Shifts',
      timeZone: 'Europe/Berlin',
      week: { 3: [{ from: 0, to: 1440 }], 5: hours, 6: hours, 7: hours },
      holidays: [],
    });
  });

  it('close on days of one year and of every year, and for some hours', () => {
    const holidays = ['2026-05-01', '02-29', { title: 'Eve', date: '12-24', hours: '12:00-24:00' }];
    const found = made({ Own: { week: { mon: ['09:00-17:00'] }, holidays } }).calendars.get('Own')?.holidays ?? [];
    const days = found.map((each) =>
      holidayDays(each, toDayNumber('2026-01-01'), toDayNumber('2029-01-01')).map(toLocalDate),
    );
    expect(days).toEqual([['2026-05-01'], ['2028-02-29'], ['2026-12-24', '2027-12-24', '2028-12-24']]);
    expect(found[2]?.hours).toEqual({ from: 720, to: 1440 });
  });

  it('take hours, named holidays or all of them from the org', () => {
    const { calendars, problems } = made(
      {
        Named: { from: 'Default', holidays: ["new year's day"] },
        All: { from: 'Default', holidays: 'all' },
        Linked: { from: 'Default' },
      },
      org,
    );
    const titles = [...calendars.values()].map(({ name, holidays }) => [name, ...holidays.map((each) => each.date)]);
    expect(titles).toEqual([
      ['Named', '2026-01-01', '2027-01-01'],
      ['All', '2026-01-01', '2027-01-01', '2026-12-26'],
      ['Linked', '2026-12-26'],
    ]);
    expect(problems).toEqual([]);
  });

  it('say what the org does not have, with the nearest name', () => {
    const { calendars, problems } = made(
      { One: { from: 'Defualt' }, Two: { from: 'Default', holidays: ['Boxing Dya'] }, Three: { from: 'Never' } },
      org,
    );
    expect([...calendars.keys()]).toEqual(['Two']);
    expect(problems).toEqual([
      'The calendar "One" takes its hours from "Defualt", and the org has no such business hours. Did you mean "Default"?',
      'The calendar "Two" closes on "Boxing Dya", and the org has no such holiday. Did you mean "Boxing Day"?',
      'The calendar "Three" has no open hour, so no clock would ever run. Give its business hours times.',
    ]);
  });

  it('tell who works by them, whatever the case of a username', () => {
    const { ofUsers } = made({ Own: { week: { mon: ['09:00-17:00'] }, users: ['Ann@Northwind.example'] } });
    expect(ofUsers).toEqual(new Map([['ann@northwind.example', 'Own']]));
  });
});
