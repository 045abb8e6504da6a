import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueAfter, openBetween } from '../../../../src/app/calendar/count-open-time.ts';
import { getCalendar, readCalendars, type KnownCalendars } from '../../../../src/app/calendar/read-calendars.ts';
import { readAgreementFile } from '../../../../src/app/agreement/read-agreement-file.ts';
import { AgreedOrg, agreementText } from '../agreed-org.ts';

const calendars = `calendars:
  Sales US:
    timeZone: America/New_York
    week: { mon-thu: [09:00-12:00, 13:00-17:00], fri: [09:00-17:00] }
    holidays: [Thanksgiving]
    users: [ana@northwind.example]
  Support: { from: Round the clock, holidays: all }
  Lost: { from: Northern hours }
`;

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('the calendars of an org', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
    const hours = (Name: string, TimeZoneSidKey: string, days: Record<string, string>): string =>
      org.add('BusinessHours', { Name, TimeZoneSidKey, IsActive: true, ...days });
    const weekend = { SaturdayStartTime: '00:00:00.000Z', SaturdayEndTime: '00:00:00.000Z' };
    hours('Round the clock', 'Europe/Berlin', weekend);
    hours('Northern hour', 'Europe/Oslo', weekend);
    hours('Closed for good', 'UTC', {});
    org.add('Holiday', { Name: 'Thanksgiving', ActivityDate: '2026-11-26', IsAllDay: true });
    org.add('Holiday', { Name: 'Saturday off', ActivityDate: '2026-11-28', IsAllDay: true });
    await org.push(agreementText() + calendars);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  const read = async (): Promise<KnownCalendars> => readCalendars({ crm: await org.crm(), clock: org.clock });

  it('are the business hours alone until an agreement is in force, and come from a file on request', async () => {
    const without = await read();
    expect(without.agreement).toBeUndefined();
    expect([...without.calendars.keys()]).toContain('Round the clock');
    expect(without.calendars.has('Sales US')).toBe(false);
    const { agreement } = readAgreementFile(Buffer.from(agreementText() + calendars), 'test.yaml');
    const crm = await org.crm(org.people.ana);
    const filed = await readCalendars({ crm, clock: org.clock }, agreement);
    expect(filed.agreement).toEqual({ name: 'Northwind', version: null });
    expect(filed.calendars.get('Sales US')).toMatchObject({ origin: 'agreement', users: ['ana@northwind.example'] });
  });

  it('count open time by the hours, holidays and zones of both', async () => {
    await org.sign();
    const known = await read();
    expect(known.agreement).toEqual({ name: 'Northwind', version: 1 });
    const us = getCalendar(known, 'Sales US');
    expect(dueAfter(us, '4 business hours', utc('2026-11-20T21:30'))).toBe(utc('2026-11-23T18:30'));
    expect(dueAfter(us, '1 business hour', utc('2026-11-25T21:30'))).toBe(utc('2026-11-27T14:30'));
    expect(dueAfter(us, '1 business day', utc('2026-11-25T15:00'))).toBe(utc('2026-11-27T22:00'));
    expect(dueAfter(us, '36 hours', utc('2026-11-25T15:00'))).toBe(utc('2026-11-27T03:00'));
    expect(openBetween(us, utc('2026-11-20T21:30'), utc('2026-11-23T18:30'))).toBe(4 * 3_600_000);
    const support = getCalendar(known, 'Support');
    expect(dueAfter(support, '24 business hours', utc('2026-11-20T23:00'))).toBe(utc('2026-11-21T23:00'));
    expect(dueAfter(support, '25 business hours', utc('2026-11-20T23:00'))).toBe(utc('2026-12-05T00:00'));
  });

  it('say what is wrong with a name, an amount or hours that never come', async () => {
    const known = await read();
    const refused = (name: string): (() => unknown) => {
      return () => getCalendar(known, name);
    };
    expect(refused('Sales UX')).toThrow('There is no calendar "Sales UX". Did you mean "Sales US"?');
    expect(refused('Lost')).toThrow(/takes its hours from "Northern hours".* Did you mean "Northern hour"\?/);
    expect(refused('Marketing')).toThrow('There is "Sales US", "Support", ');
    const us = getCalendar(known, 'Sales US');
    expect(() => dueAfter(us, '4 furlongs', 0)).toThrow('"4 furlongs" is no amount of time');
    expect(() => dueAfter(us, '9000 business days', 0)).toThrow('is no amount of time');
    const closed = getCalendar(known, 'Closed for good');
    expect(() => dueAfter(closed, '1 business hour', 0)).toThrow('has no 1 business hour within 30 years');
    expect(() => openBetween(us, 1, 0)).toThrow('would end before it begins');
  });
});
