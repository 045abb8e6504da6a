import type { FieldDef, ObjectDef } from '../../types.ts';
import {
  date,
  field,
  flag,
  lastViewed,
  int,
  required,
  restricted,
  standardObject,
  systemFields,
  text,
} from '../field-builders.ts';
import { MONTHS, RECURRENCE_INSTANCES, RECURRENCE_TYPES } from './recurrence.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const hoursOf = (day: string): FieldDef[] => [field(`${day}StartTime`, 'time'), field(`${day}EndTime`, 'time')];

export const businessHours: ObjectDef = standardObject('BusinessHours', '01m', {
  label: 'Business Hours',
  labelPlural: 'Business Hours',
  setup: true,
  deletable: false,
  undeletable: false,
  fields: [
    ...systemFields({ deletable: false }),
    text('Name', 80, required, { label: 'Business Hours Name', nameField: true }),
    flag('IsActive', { label: 'Active' }),
    flag('IsDefault', { label: 'Default Business Hours' }),
    ...WEEKDAYS.flatMap(hoursOf),
    restricted('TimeZoneSidKey', [], required, { label: 'Time Zone' }),
    lastViewed(),
  ],
});

export const holiday: ObjectDef = standardObject('Holiday', '0C0', {
  setup: true,
  undeletable: false,
  fields: [
    ...systemFields({ deletable: false }),
    text('Name', 80, required, { label: 'Holiday Name', nameField: true }),
    text('Description', 1_000),
    flag('IsAllDay'),
    date('ActivityDate', { label: 'Holiday Date' }),
    int('StartTimeInMinutes', 4),
    int('EndTimeInMinutes', 4),
    flag('IsRecurrence'),
    date('RecurrenceStartDate'),
    date('RecurrenceEndDateOnly'),
    restricted('RecurrenceType', RECURRENCE_TYPES),
    int('RecurrenceInterval', 9),
    int('RecurrenceDayOfWeekMask', 9),
    int('RecurrenceDayOfMonth', 9),
    restricted('RecurrenceInstance', RECURRENCE_INSTANCES),
    restricted('RecurrenceMonthOfYear', MONTHS),
  ],
});
