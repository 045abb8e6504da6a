import { z } from 'zod';
import { chosenBy, isTimeZone, text, title } from './schema-parts.ts';

/** Monday to Sunday, as ISO 8601 counts them. */
export const weekdayWords = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const weekday = weekdayWords.join('|');

export const dayRange = z
  .string()
  .regex(new RegExp(`^(${weekday})(-(${weekday}))?$`), 'Write a weekday or a range of them, such as "mon-fri".');

/** `22:00-06:00` reaches into the next day; `00:00-24:00` is the whole day. */
export const dayHours = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'Write hours such as "09:00-17:00"; "22:00-06:00" ends on the next day, "00:00-24:00" is the whole day.',
  )
  .refine((hours) => hours.slice(0, 5) !== hours.slice(6), 'The hours end when they begin; write what lies between.');

const exactDate = /^\d{4}-\d{2}-\d{2}$/;
const everyYear = /^\d{2}-\d{2}$/;

const isDay = (written: string): boolean => {
  const day = everyYear.test(written) ? `2024-${written}` : written;
  const at = exactDate.test(day) ? Date.parse(day) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

const day = z
  .string()
  .refine(isDay, 'Write an existing day such as "2026-12-25", or "12-25" for every year.')
  .meta({ examples: ['2026-12-25', '12-25'] });

const ownHoliday = z.strictObject({
  title,
  date: day.describe('One day, such as "2026-12-24", or one of every year, such as "12-24".'),
  hours: dayHours.optional().describe('The hours that are closed; the whole day where absent.'),
});

const namedHoliday = text.describe('A day, such as "2026-12-25" or "12-25", or the name of a holiday of the org.');

/** A text that looks like a day is one. */
export const looksLikeDay = (written: string): boolean => exactDate.test(written) || everyYear.test(written);

const holidays = chosenBy<'all' | (string | z.infer<typeof ownHoliday>)[]>(
  () => ({ holidayList, allHolidays: z.literal('all') }),
  (given) => (typeof given === 'string' ? 'allHolidays' : 'holidayList'),
);
const holiday = chosenBy<string | z.infer<typeof ownHoliday>>(
  () => ({
    namedHoliday: namedHoliday.refine((name) => !looksLikeDay(name) || isDay(name), 'There is no such day.'),
    ownHoliday,
  }),
  (given) => (typeof given === 'object' && given !== null ? 'ownHoliday' : 'namedHoliday'),
);
const holidayList = z.array(holiday).min(1);

const calendar = z.strictObject({
  timeZone: z
    .string()
    .refine(isTimeZone, 'Write an IANA time zone, such as "America/New_York".')
    .optional()
    .describe("Time zone of the hours; the agreement's where absent."),
  week: z
    .record(dayRange, z.array(dayHours))
    .optional()
    .describe('Days → the hours at which somebody works, such as mon-fri: [09:00-12:00, 13:00-17:00].'),
  from: text.optional().describe('Name of the business hours in the org that give week and time zone.'),
  holidays: holidays
    .optional()
    .describe('Days on which nobody works: dates, names of holidays of the org, or "all" of these.'),
  users: z
    .array(text)
    .min(1)
    .optional()
    .describe('Usernames of those who work by this calendar: their clocks run in it, whatever the promise says.'),
});

/** The calendars of an agreement, by name. */
export const calendars = z.record(title, calendar);

export type WrittenCalendar = z.infer<typeof calendar>;
export type WrittenHoliday = string | z.infer<typeof ownHoliday>;
