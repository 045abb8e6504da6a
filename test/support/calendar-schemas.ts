import { z } from 'zod';
import type { CalendarAddResult } from '../../src/commands/accord/calendar/add.ts';
import type { CalendarElapsedResult } from '../../src/commands/accord/calendar/elapsed.ts';
import type { CalendarShowResult } from '../../src/commands/accord/calendar/show.ts';

// What `--json` of the calendar commands prints under `result`.

const count = z.int().min(0);
const instant = z.iso.datetime({ offset: true });
const texts = z.array(z.string());
const wallTime = z.strictObject({ at: instant, local: instant });

export const calendarAdd: z.ZodType<CalendarAddResult> = z.strictObject({
  calendar: z.string(),
  timeZone: z.string(),
  amount: z.string(),
  from: wallTime,
  due: wallTime,
});

export const calendarElapsed: z.ZodType<CalendarElapsedResult> = z.strictObject({
  calendar: z.string(),
  timeZone: z.string(),
  from: wallTime,
  to: wallTime,
  openMilliseconds: count,
});

export const calendarShow: z.ZodType<CalendarShowResult> = z.strictObject({
  agreement: z.strictObject({ name: z.string(), version: count.nullable() }).nullable(),
  calendars: z.array(
    z.strictObject({
      name: z.string(),
      timeZone: z.string(),
      origin: z.enum(['agreement', 'org']),
      users: texts,
      days: z.array(
        z.strictObject({
          date: z.iso.date(),
          weekday: z.string(),
          open: z.array(z.strictObject({ from: instant, to: instant, onTheWall: z.string() })),
          holidays: texts,
          clockChanges: z.array(z.strictObject({ at: instant, from: z.string(), to: z.string() })),
        }),
      ),
    }),
  ),
  problems: texts,
});
