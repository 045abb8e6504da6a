const UNITS = ['DAYS', 'WEEKS', 'MONTHS', 'QUARTERS', 'YEARS'];
const PERIODS = ['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'];

/** Names of spans of days, as SOQL and GraphQL have them. */
export const DATE_LITERALS: readonly string[] = [
  'YESTERDAY',
  'TODAY',
  'TOMORROW',
  'LAST_90_DAYS',
  'NEXT_90_DAYS',
  ...['LAST', 'THIS', 'NEXT'].flatMap((when) => PERIODS.map((period) => `${when}_${period}`)),
];

/** Spans that take a count: `last_n_days` and so on. */
export const DATE_RANGES: readonly string[] = ['LAST', 'NEXT'].flatMap((when) =>
  [...UNITS, 'FISCAL_QUARTERS', 'FISCAL_YEARS'].map((unit) => `${when}_N_${unit}`.toLowerCase()),
);

/** Functions that name a part of a date, by whether they read the time of day too. */
export const DATE_FUNCTIONS: readonly string[] = [
  'CALENDAR_MONTH', 'CALENDAR_QUARTER', 'CALENDAR_YEAR', 'DAY_IN_MONTH', 'DAY_IN_WEEK', 'DAY_IN_YEAR', 'FISCAL_MONTH',
  'FISCAL_QUARTER', 'FISCAL_YEAR', 'WEEK_IN_MONTH', 'WEEK_IN_YEAR',
]; // prettier-ignore

export const TIME_FUNCTIONS: readonly string[] = [...DATE_FUNCTIONS, 'HOUR_IN_DAY'];

export const functionsOf = (typeName: string): readonly string[] =>
  typeName === 'Date' ? DATE_FUNCTIONS : typeName === 'DateTime' ? TIME_FUNCTIONS : [];

/** `CALENDAR_YEAR` → `calendarYear` */
export const toFieldName = (name: string): string =>
  name.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
