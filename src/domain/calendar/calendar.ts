/** A weekday as ISO 8601 counts them: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * Hours of a day as minutes since midnight on the wall clock, half-open.
 *
 * `to` beyond 1440 reaches into the next day, at most to its end (2880); 0 to 1440 is the whole day.
 */
export type DayHours = { readonly from: number; readonly to: number };

/** A calendar day on the wall, `YYYY-MM-DD`. */
export type LocalDate = string;

/** Day or days on which a calendar is closed; hours make it partial. */
export type Holiday = {
  readonly title: string;
  /** The day itself, or for a recurring holiday the first day that it may fall on. */
  readonly date: LocalDate;
  /** Closed hours of that day; absent closes the whole day. */
  readonly hours?: DayHours;
  readonly recurs?: Recurrence;
};

export type NthWeek = 'First' | 'Second' | 'Third' | 'Fourth' | 'Last';

/** How a holiday recurs: the kinds of Salesforce's Holiday object, whose RecurrenceType is named at each. */
export type Recurrence = {
  /** Last day that it may fall on; absent goes on for ever. */
  readonly until?: LocalDate;
} & (
  | /** RecursDaily. */ { readonly every: 'day'; readonly interval: number }
  | /** RecursEveryWeekday, and RecursWeekly. */ {
      readonly every: 'week';
      readonly interval: number;
      readonly weekdays: readonly Weekday[];
    }
  | /** RecursMonthly. */ { readonly every: 'month'; readonly interval: number; readonly day: number }
  | /** RecursMonthlyNth. */ {
      readonly every: 'month';
      readonly interval: number;
      readonly nth: NthWeek;
      readonly weekdays: readonly Weekday[];
    }
  | /** RecursYearly. */ { readonly every: 'year'; readonly month: number; readonly day: number }
  | /** RecursYearlyNth. */ {
      readonly every: 'year';
      readonly month: number;
      readonly nth: NthWeek;
      readonly weekdays: readonly Weekday[];
    }
);

/**
 * When a party is at work.
 *
 * One rule covers every change of the clocks: a calendar is open at an instant exactly when a clock on the wall there
 * shows a time within its hours. Hours that begin or end in a skipped hour therefore begin or end at the change, and a
 * time that comes twice is open both times.
 */
export type Calendar = {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Hours that begin on each weekday, in any order, overlapping or not. */
  readonly week: Readonly<Partial<Record<Weekday, readonly DayHours[]>>>;
  readonly holidays: readonly Holiday[];
};
