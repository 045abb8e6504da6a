import { array, assert, constantFrom, dictionary, integer, option, property, tuple } from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { BusinessTime } from '../../../../src/domain/calendar/business-time.ts';
import type { Calendar, DayHours, Weekday } from '../../../../src/domain/calendar/calendar.ts';

const hour = 3_600_000;
const minute = 60_000;
const at = (text: string): number => Date.parse(text);
const nineToFive: DayHours = { from: 540, to: 1020 };
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const every = (hours: DayHours): Calendar['week'] => Object.fromEntries(weekdays.map((day) => [day, [hours]]));
const calendar = (timeZone: string, week: Calendar['week'], holidays: Calendar['holidays'] = []): Calendar => ({
  name: 'Test',
  timeZone,
  week,
  holidays,
});
const mondayToFriday = { 1: [nineToFive], 2: [nineToFive], 3: [nineToFive], 4: [nineToFive], 5: [nineToFive] };
const allDay = every({ from: 0, to: 1440 });

describe('business time', () => {
  const newYork = new BusinessTime(calendar('America/New_York', mondayToFriday), at('2026-01-01Z'), at('2027-01-01Z'));

  it('counts from the next opening where it begins outside hours', () => {
    const saturday = at('2026-03-07T15:00:00Z');
    expect(newYork.nextOpen(saturday)).toBe(at('2026-03-09T13:00:00Z'));
    expect(newYork.add(saturday, hour)).toBe(at('2026-03-09T14:00:00Z'));
  });

  it('makes an amount that is used up exactly at closing due at the closing instant', () => {
    expect(newYork.add(at('2026-01-05T20:00:00Z'), 2 * hour)).toBe(at('2026-01-05T22:00:00Z'));
    expect(newYork.add(at('2026-01-05T20:00:00Z'), 2 * hour + 1)).toBe(at('2026-01-06T14:00:00.001Z'));
  });

  it('is open at the opening instant and closed at the closing one', () => {
    expect(newYork.isOpen(at('2026-01-05T14:00:00Z'))).toBe(true);
    expect(newYork.isOpen(at('2026-01-05T13:59:59.999Z'))).toBe(false);
    expect(newYork.isOpen(at('2026-01-05T22:00:00Z'))).toBe(false);
    expect(newYork.isOpen(at('2026-01-05T21:59:59.999Z'))).toBe(true);
  });

  it('adds nothing at the instant itself while open and at the next opening while closed', () => {
    expect(newYork.add(at('2026-01-05T15:00:00Z'), 0)).toBe(at('2026-01-05T15:00:00Z'));
    expect(newYork.add(at('2026-01-05T22:00:00Z'), 0)).toBe(at('2026-01-06T14:00:00Z'));
  });

  it('counts an hour that comes twice twice, and a skipped one never', () => {
    const time = new BusinessTime(calendar('America/New_York', allDay), at('2026-01-01Z'), at('2027-01-01Z'));
    expect(time.elapsed(at('2026-11-01T04:00:00Z'), at('2026-11-02T05:00:00Z'))).toBe(25 * hour);
    expect(time.elapsed(at('2026-03-08T05:00:00Z'), at('2026-03-09T04:00:00Z'))).toBe(23 * hour);
  });

  it('opens at the change of the clocks where the opening time is skipped', () => {
    const time = new BusinessTime(
      calendar('America/New_York', { 7: [{ from: 150, to: 300 }] }),
      at('2026-03-07Z'),
      at('2026-03-10Z'),
    );
    expect(time.nextOpen(at('2026-03-08T00:00:00Z'))).toBe(at('2026-03-08T07:00:00Z'));
    expect(time.elapsed(at('2026-03-08T00:00:00Z'), at('2026-03-09T00:00:00Z'))).toBe(2 * hour);
  });

  it('closes at the change of the clocks where the closing time is skipped', () => {
    const time = new BusinessTime(
      calendar('America/New_York', { 7: [{ from: 60, to: 150 }] }),
      at('2026-03-07Z'),
      at('2026-03-10Z'),
    );
    expect(time.elapsed(at('2026-03-08T00:00:00Z'), at('2026-03-09T00:00:00Z'))).toBe(hour);
    expect(time.isOpen(at('2026-03-08T07:00:00Z'))).toBe(false);
  });

  it('is open both times where its hours lie in an hour that comes twice', () => {
    const time = new BusinessTime(
      calendar('America/New_York', { 7: [{ from: 75, to: 105 }] }),
      at('2026-10-31Z'),
      at('2026-11-03Z'),
    );
    expect(time.elapsed(at('2026-11-01T00:00:00Z'), at('2026-11-02T00:00:00Z'))).toBe(hour);
    expect(time.add(at('2026-11-01T05:15:00Z'), 31 * minute)).toBe(at('2026-11-01T06:16:00Z'));
  });

  it('has no hours on a day that its zone skipped', () => {
    const time = new BusinessTime(calendar('Pacific/Apia', every(nineToFive)), at('2011-12-25Z'), at('2012-01-05Z'));
    // 30 December 2011 never was: the 28th, 29th, 31st and 1st have hours.
    expect(time.nextOpen(at('2011-12-30T03:00:00Z'))).toBe(at('2011-12-30T19:00:00Z'));
    expect(time.elapsed(at('2011-12-28T10:00:00Z'), at('2012-01-01T10:00:00Z'))).toBe(4 * 8 * hour);
  });

  it('lets hours reach over midnight, into the day after the week as well', () => {
    const time = new BusinessTime(
      calendar('Europe/Berlin', { 7: [{ from: 1320, to: 1800 }] }),
      at('2026-01-01Z'),
      at('2026-02-01Z'),
    );
    expect(time.elapsed(at('2026-01-04T21:00:00Z'), at('2026-01-05T05:00:00Z'))).toBe(8 * hour);
    expect(time.isOpen(at('2026-01-05T05:00:00Z'))).toBe(false);
  });

  it('counts hours that overlap once', () => {
    const twice = { 1: [nineToFive, { from: 600, to: 1080 }] };
    const time = new BusinessTime(calendar('UTC', twice), at('2026-01-05Z'), at('2026-01-06Z'));
    expect(time.elapsed(at('2026-01-05Z'), at('2026-01-06Z'))).toBe(9 * hour);
  });

  it('closes on the date of a holiday, for its hours alone where it is partial', () => {
    const holidays = [
      { title: 'Whole', date: '2026-01-06' },
      { title: 'Afternoon', date: '2026-01-07', hours: { from: 780, to: 1440 } },
    ];
    const time = new BusinessTime(calendar('UTC', mondayToFriday, holidays), at('2026-01-05Z'), at('2026-01-09Z'));
    expect(time.elapsed(at('2026-01-06Z'), at('2026-01-07Z'))).toBe(0);
    expect(time.elapsed(at('2026-01-07Z'), at('2026-01-08Z'))).toBe(4 * hour);
  });

  it('never makes up an answer beyond its range', () => {
    expect(() => newYork.isOpen(at('2027-01-02Z'))).toThrow('lies outside');
    expect(() => newYork.isOpen(Number.NaN)).toThrow('lies outside');
    expect(newYork.add(at('2026-12-31T20:00:00Z'), 100 * hour)).toBeUndefined();
  });

  it('has no opening where no hour is open', () => {
    const never = new BusinessTime(calendar('UTC', {}), at('2026-01-01Z'), at('2026-02-01Z'));
    expect(never.nextOpen(at('2026-01-02Z'))).toBeUndefined();
    expect(never.add(at('2026-01-02Z'), 1)).toBeUndefined();
  });

  it('names a zone that does not exist', () => {
    expect(() => new BusinessTime(calendar('Mars/Olympus', allDay), 0, 1)).toThrow('Mars/Olympus is no time zone');
  });
});

/** Places and days at which clocks changed: whole and half hours, at midnight, a skipped day, a shift of the standard. */
const changes = [
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Asia/Kathmandu', '2026-06-01T00:00:00Z'],
  ['Asia/Pyongyang', '2015-08-14T15:00:00Z'],
] as const;

describe('business time beside a clock on the wall', () => {
  const hours = tuple(integer({ min: 0, max: 1439 }), integer({ min: 1, max: 1440 })).map(([from, length]) => ({
    from,
    to: Math.min(from + length, 2880),
  }));
  const weeks = dictionary(constantFrom('1', '2', '3', '4', '5', '6', '7'), array(hours, { maxLength: 3 }));

  it('is open exactly at the minutes at which that clock shows open hours', () => {
    assert(
      property(constantFrom(...changes), weeks, option(hours), ([timeZone, change], week, closed) => {
        const holiday = DateTime.fromISO(change, { zone: timeZone }).toISODate() ?? '';
        const holidays = closed === null ? [] : [{ title: 'Closed', date: holiday, hours: closed }];
        const from = at(change) - 36 * hour;
        const to = at(change) + 36 * hour;
        const time = new BusinessTime(calendar(timeZone, week, holidays), from, to);
        const open = minutesOpen(timeZone, week, closed && { date: holiday, hours: closed }, from, to);
        let total = 0;
        for (const [index, isOpen] of open.entries()) {
          const instant = from + index * minute;
          if (time.isOpen(instant) !== isOpen)
            throw new Error(`${timeZone} differs at ${new Date(instant).toISOString()}`);
          total += isOpen ? minute : 0;
        }
        expect(time.elapsed(from, to)).toBe(total);
      }),
      { numRuns: 60 },
    );
  });

  it('finds the due instant that stepping through the minutes finds', () => {
    const start = integer({ min: 0, max: 60 * 60 });
    const amount = integer({ min: 1, max: 600 });
    assert(
      property(constantFrom(...changes), weeks, start, amount, ([timeZone, change], week, first, minutes) => {
        const from = at(change) - 36 * hour;
        const to = at(change) + 36 * hour;
        const time = new BusinessTime(calendar(timeZone, week), from, to);
        const open = minutesOpen(timeZone, week, null, from, to);
        let left = minutes;
        let index = first;
        for (; index < open.length && left > 0; index++) if (open[index]) left--;
        expect(time.add(from + first * minute, minutes * minute)).toBe(left > 0 ? undefined : from + index * minute);
      }),
      { numRuns: 60 },
    );
  });

  it('adds back what has elapsed', () => {
    const time = new BusinessTime(calendar('Europe/Berlin', mondayToFriday), at('2026-01-01Z'), at('2027-01-01Z'));
    const instants = integer({ min: at('2026-01-02Z'), max: at('2026-11-01Z') });
    assert(
      property(instants, integer({ min: 1, max: 200 * hour }), (from, amount) => {
        const due = time.add(from, amount) as number;
        expect(time.elapsed(from, due)).toBe(amount);
        expect(time.isOpen(due - 1)).toBe(true);
      }),
    );
  });
});

type Week = Readonly<Record<string, readonly DayHours[]>>;

/** Which minutes are open, by reading a clock on the wall at each of them. */
function minutesOpen(
  zone: string,
  week: Week,
  holiday: { date: string; hours: DayHours } | null,
  from: number,
  to: number,
): readonly boolean[] {
  const open: boolean[] = [];
  for (let instant = from; instant < to; instant += minute) {
    const wall = DateTime.fromMillis(instant, { zone });
    const shown = wall.hour * 60 + wall.minute;
    const before = (wall.weekday === 1 ? 7 : wall.weekday - 1) as Weekday;
    const within = ({ from: begin, to: end }: DayHours, minutes: number): boolean => minutes >= begin && minutes < end;
    const isOpen =
      (week[wall.weekday] ?? []).some((each) => within(each, shown)) ||
      (week[before] ?? []).some((each) => within(each, shown + 1440));
    const yesterday = DateTime.fromISO(wall.toISODate() ?? '', { zone: 'UTC' })
      .minus({ days: 1 })
      .toISODate();
    const isHoliday =
      holiday !== null &&
      ((wall.toISODate() === holiday.date && within(holiday.hours, shown)) ||
        (yesterday === holiday.date && within(holiday.hours, shown + 1440)));
    open.push(isOpen && !isHoliday);
  }
  return open;
}
