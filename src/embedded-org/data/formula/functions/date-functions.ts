import { toInstant } from '../instant.ts';
import { expectType } from '../compiled.ts';
import { FormulaError } from '../formula-error.ts';
import { dayOf, isoDay, zonedDay } from '../format-value.ts';
import { argAt, lenient, strict, type FunctionDef, type FunctionTable } from './function-def.ts';

const DAY = 86_400_000;

const part = (from: number, to: number): FunctionDef =>
  strict(['date'], 'number', ([day]: [number]) => Number(isoDay(day).slice(from, to)));

const dateValue: FunctionDef = {
  least: 1,
  most: 1,
  compile: (args, place) => {
    const arg = argAt(args, 0);
    expectType(arg, ['text', 'datetime', 'date'], place);
    return {
      type: 'date',
      run: (run) => {
        const value = arg.run(run);
        if (value === null || arg.type === 'date') return value;
        if (typeof value === 'number') return dayOf(zonedDay(value, run.timeZone));
        return toDay(String(value));
      },
    };
  },
};

const datetimeValue: FunctionDef = {
  least: 1,
  most: 1,
  compile: (args, place) => {
    const arg = argAt(args, 0);
    expectType(arg, ['text', 'date', 'datetime'], place);
    return {
      type: 'datetime',
      run: (run) => {
        const value = arg.run(run);
        if (value === null || arg.type === 'datetime') return value;
        if (arg.type === 'date') return Number(value) * DAY;
        const text = String(value).trim().replace(' ', 'T');
        const instant = toInstant(/Z|[+-]\d{2}:?\d{2}$/.test(text) || text.length === 10 ? text : `${text}Z`);
        if (instant === undefined) throw new FormulaError(`Invalid datetime: ${String(value)}`);
        return instant;
      },
    };
  },
};

function toDay(text: string): number {
  const instant = toInstant(text.trim());
  if (instant === undefined || text.trim().length !== 10) throw new FormulaError(`Invalid date: ${text}`);
  return instant / DAY;
}

export const dateFunctions: FunctionTable = {
  NOW: lenient([], 'datetime', (_args, run) => run.now),
  TODAY: lenient([], 'date', (_args, run) => dayOf(zonedDay(run.now, run.timeZone))),
  DATEVALUE: dateValue,
  DATETIMEVALUE: datetimeValue,
  YEAR: part(0, 4),
  MONTH: part(5, 7),
  DAY: part(8, 10),
  // 1970-01-01 was a Thursday; Sunday is 1.
  WEEKDAY: strict(['date'], 'number', ([day]: [number]) => ((((day + 4) % 7) + 7) % 7) + 1),
  DATE: strict(['number', 'number', 'number'], 'date', ([year, month, day]: [number, number, number]) => {
    const iso = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
    return toDay(iso);
  }),
  ADDMONTHS: strict(['date', 'number'], 'date', ([day, months]: [number, number]) =>
    addMonths(day, Math.trunc(months)),
  ),
};

/** The last day of a month stays the last day, as the platform has it. */
function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY);
  const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const target = lastDay(year, month);
  const wasLast = date.getUTCDate() === lastDay(date.getUTCFullYear(), date.getUTCMonth());
  return Date.UTC(year, month, wasLast ? target : Math.min(date.getUTCDate(), target)) / DAY;
}
