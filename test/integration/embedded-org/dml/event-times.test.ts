import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { openTestOrg, type TestOrg } from '../../../support/test-org.ts';

let test: TestOrg;
beforeEach(() => {
  test = openTestOrg();
  return () => test.org.close();
});

type Row = Readonly<Record<string, unknown>>;
const START = '2026-06-20T09:00:00Z';
const add = (row: Row) => test.insert('Event', { Subject: 'Demo', ...row });
const times = (id: string | undefined) =>
  test.query(
    `SELECT StartDateTime, ActivityDateTime, ActivityDate, EndDateTime, DurationInMinutes FROM Event WHERE Id = '${id}'`,
  )[0];
const wire = (text: string) => text.replace('Z', '.000+0000');
const refusal = (row: Row) =>
  add(row)
    .errors.map((each) => `${each.statusCode} ${each.fields.join(', ')}`)
    .join();
const contradicting = (field: string) => `FIELD_INTEGRITY_EXCEPTION ${field}`;

describe('an event', () => {
  it('has an end and a duration that say the same, whichever is given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_160 }), fc.constantFrom('end', 'duration', 'both'), (minutes, by) => {
        const end = new Date(Date.parse(START) + minutes * 60_000).toISOString().replace('.000', '');
        const { id } = add({
          StartDateTime: START,
          ...(by === 'duration' ? {} : { EndDateTime: end }),
          ...(by === 'end' ? {} : { DurationInMinutes: minutes }),
        });
        const shown = { StartDateTime: wire(START), ActivityDateTime: wire(START), ActivityDate: '2026-06-20' };
        expect(times(id)).toEqual({ ...shown, EndDateTime: wire(end), DurationInMinutes: minutes });
      }),
      { numRuns: 50 },
    );
  });

  it('is refused when its times contradict each other', () => {
    expect(refusal({ StartDateTime: START, EndDateTime: '2026-06-20T10:00:00Z', DurationInMinutes: 30 })).toBe(
      contradicting('DurationInMinutes'),
    );
    expect(refusal({ StartDateTime: START, ActivityDateTime: '2026-06-21T09:00:00Z', DurationInMinutes: 30 })).toBe(
      contradicting('ActivityDateTime'),
    );
    expect(refusal({ StartDateTime: START, ActivityDate: '2026-06-22', DurationInMinutes: 30 })).toBe(
      contradicting('ActivityDate'),
    );
  });

  it('lasts fourteen days at most, and not less than nothing', () => {
    expect(add({ StartDateTime: START, DurationInMinutes: 20_160 }).success).toBe(true);
    expect(refusal({ StartDateTime: START, DurationInMinutes: 20_161 })).toBe(contradicting('DurationInMinutes'));
    expect(refusal({ StartDateTime: START, EndDateTime: '2026-06-20T08:00:00Z' })).toBe(
      contradicting('DurationInMinutes'),
    );
  });

  it('needs a start, and an end or a duration', () => {
    const missing = (row: Row) => add(row).errors[0]?.message;
    expect(missing({ DurationInMinutes: 30 })).toBe(
      'Required fields are missing: [DurationInMinutes, ActivityDateTime]',
    );
    expect(missing({ StartDateTime: START })).toBe('Required fields are missing: [DurationInMinutes]');
  });

  it('follows what an update changes of it', () => {
    const { id } = add({ StartDateTime: START, DurationInMinutes: 30 });
    const put = (row: Row) => test.update('Event', { Id: id, ...row });
    put({ DurationInMinutes: 60 });
    expect(times(id)).toMatchObject({ EndDateTime: '2026-06-20T10:00:00.000+0000' });
    put({ EndDateTime: '2026-06-20T11:00:00Z' });
    expect(times(id)).toMatchObject({ DurationInMinutes: 120 });
    put({ ActivityDateTime: '2026-06-20T10:30:00Z' });
    expect(times(id)).toMatchObject({ StartDateTime: '2026-06-20T10:30:00.000+0000', DurationInMinutes: 30 });
    put({ IsAllDayEvent: true });
    expect(times(id)).toMatchObject({ StartDateTime: '2026-06-20T00:00:00.000+0000', DurationInMinutes: 1_440 });
  });
});

describe('an all-day event', () => {
  const fair = (row: Row) => ({ IsAllDayEvent: true, ...row });

  it.each([
    ['its day', { ActivityDate: '2026-06-20' }, 1],
    ['an instant of its day', { StartDateTime: START }, 1],
    ['days', { StartDateTime: '2026-06-20T00:00:00Z', DurationInMinutes: 4_320 }, 3],
    ['its last day', { ActivityDate: '2026-06-20', EndDateTime: '2026-06-22T00:00:00Z' }, 3],
  ])('begins at midnight in Greenwich and lasts whole days, given %s', (_title, row, days) => {
    const midnight = '2026-06-20T00:00:00.000+0000';
    expect(times(add(fair(row)).id)).toEqual({
      StartDateTime: midnight,
      ActivityDateTime: midnight,
      ActivityDate: '2026-06-20',
      EndDateTime: midnight.replace('20T', `${19 + days}T`),
      DurationInMinutes: days * 1_440,
    });
  });

  it('is refused with other lengths and with two days', () => {
    expect(refusal(fair({ ActivityDate: '2026-06-20', DurationInMinutes: 90 }))).toBe(
      contradicting('DurationInMinutes'),
    );
    expect(refusal(fair({ ActivityDate: '2026-06-20', DurationInMinutes: 21_600 }))).toBe(
      contradicting('DurationInMinutes'),
    );
    expect(refusal(fair({ ActivityDate: '2026-06-20', StartDateTime: '2026-06-21T00:00:00Z' }))).toBe(
      contradicting('ActivityDateTime'),
    );
    expect(add(fair({})).errors[0]?.statusCode).toBe('REQUIRED_FIELD_MISSING');
  });
});

describe('a task or an event', () => {
  const each = (row: Row) =>
    [
      add({ StartDateTime: START, DurationInMinutes: 30, ...row }),
      test.insert('Task', { Subject: 'Call', ...row }),
    ].map((result) => result.errors[0]?.statusCode);

  it('does not say that it recurs, as no series is made', () => {
    for (const row of [{ IsRecurrence: true }, { RecurrenceType: 'RecursDaily' }, { RecurrenceInterval: 1 }])
      expect(each(row)).toEqual(['INVALID_FIELD_FOR_INSERT_UPDATE', 'INVALID_FIELD_FOR_INSERT_UPDATE']);
    expect(each({ IsRecurrence: false })).toEqual([undefined, undefined]);
  });

  it('reminds at a time', () => {
    expect(each({ IsReminderSet: true })).toEqual(['REQUIRED_FIELD_MISSING', 'REQUIRED_FIELD_MISSING']);
    expect(each({ IsReminderSet: true, ReminderDateTime: START })).toEqual([undefined, undefined]);
  });
});
