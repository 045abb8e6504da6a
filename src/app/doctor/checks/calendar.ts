import type { CrmRecord } from '../../ports.ts';
import { type Check, countBy } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';
import { fieldOf } from './text-field.ts';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const times = days.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]);
const path = 'Setup → Business Hours';

/** Finds calendars that would make clocks run while nobody works. */
export const checkCalendar: Check = async ({ crm, subject, now }) => {
  const hours = await lookAt(() =>
    crm.query(
      `SELECT Name, TimeZoneSidKey, ${times.join(', ')} FROM BusinessHours WHERE IsActive = true AND IsDefault = true`,
    ),
  );
  if (!hours.seen) return [unseen('business-hours', 'The business hours', hours.why)];
  const [standard] = hours.value;
  if (!standard) return [noHours];
  const zone = subject?.agreement.timeZone;
  const today = new Date(now).toISOString().slice(0, 10);
  const holidays = await lookAt(() =>
    countBy(crm, `SELECT COUNT(Id) n FROM Holiday WHERE ActivityDate >= ${today} OR IsRecurrence = true`),
  );
  return [
    ...(days.every((day) => isOpenAllDay(standard, day)) ? [aroundTheClock(fieldOf(standard, 'Name'))] : []),
    ...(zone && zone !== standard['TimeZoneSidKey'] ? [otherZone(standard, zone)] : []),
    ...(holidays.seen
      ? holidays.value === 0
        ? [noHolidays]
        : []
      : [unseen('holidays', 'The holidays', holidays.why)]),
  ];
};

/** From midnight to midnight is the whole day; a day without times is closed. */
const isOpenAllDay = (hours: CrmRecord, day: string): boolean => {
  const [start, end] = [hours[`${day}StartTime`], hours[`${day}EndTime`]];
  return start !== null && start !== undefined && start === end;
};

const noHours: Finding = {
  id: 'business-hours-missing',
  severity: 'warns',
  title: 'The org has no default business hours, so promises in business hours have no calendar.',
  evidence: ['no active BusinessHours record is the default'],
  fixedBy: 'administrator',
  how: `${path} → New, and tick Use these business hours as the default.`,
};

const aroundTheClock = (name: string): Finding => ({
  id: 'business-hours-around-the-clock',
  severity: 'warns',
  title: 'The default business hours are open around the clock, so clocks would run at night and on weekends.',
  evidence: [`${name}: 24 hours on 7 days`],
  fixedBy: 'administrator',
  how: `${path} → ${name} → Edit: set the hours that people work.`,
});

const otherZone = (hours: CrmRecord, zone: string): Finding => ({
  id: 'business-hours-zone',
  severity: 'warns',
  title: 'The default business hours are in another time zone than the agreement.',
  evidence: [`${fieldOf(hours, 'Name')}: ${fieldOf(hours, 'TimeZoneSidKey')}; agreement: ${zone}`],
  fixedBy: 'administrator',
  how: `${path} → ${fieldOf(hours, 'Name')} → Edit → Time Zone, or change timeZone in the agreement.`,
});

const noHolidays: Finding = {
  id: 'holidays-missing',
  severity: 'warns',
  title: 'The org knows no coming holiday, so clocks would run on holidays.',
  evidence: ['0 holidays from today on'],
  fixedBy: 'administrator',
  how: 'Setup → Holidays → New, then Setup → Business Hours → Holidays → Add/Remove.',
};
