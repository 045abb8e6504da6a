import type { OrgCalendars } from '../../domain/calendar/agreement-calendars.ts';
import type { Holiday } from '../../domain/calendar/calendar.ts';
import {
  businessHoursFields,
  calendarFromBusinessHours,
  holidayFields,
  holidayFromRow,
} from '../../domain/calendar/from-salesforce.ts';
import type { Crm } from '../ports.ts';

/** Reads the active business hours and all holidays of the org. */
export async function readOrgCalendars(
  crm: Crm,
): Promise<{ readonly org: OrgCalendars; readonly problems: readonly string[] }> {
  const rows = await crm.query(`SELECT ${holidayFields.join(', ')} FROM Holiday ORDER BY ActivityDate, Id`);
  const holidays: Holiday[] = [];
  const problems: string[] = [];
  for (const row of rows) {
    const holiday = holidayFromRow(row);
    if (holiday) holidays.push(holiday);
    else problems.push(`The dates of the org's holiday "${row['Name']}" cannot be read, so it closes no calendar.`);
  }
  const hours = await crm.query(
    `SELECT ${businessHoursFields.join(', ')} FROM BusinessHours WHERE IsActive = true ORDER BY Name`,
  );
  const made = hours.map((row) => calendarFromBusinessHours(row, []));
  return { org: { hours: new Map(made.map((each) => [each.name, each])), holidays }, problems };
}
