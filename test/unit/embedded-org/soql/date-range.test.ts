import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateRange } from '../../../../src/embedded-org/data/soql/plan/date-range.ts';

/** Wednesday 2026-03-18 04:00 in Los Angeles, noon in London. */
const NOW = Date.parse('2026-03-18T11:00:00Z');

function days(
  literal: string,
  zone = 'America/Los_Angeles',
  locale = 'en_US',
): [string | null, string | null] | undefined {
  const range = dateRange(literal, NOW, zone, locale);
  return range && [range.from.toISODate(), range.to.toISODate()];
}

describe('dateRange', () => {
  it.each<[string, string, string]>([
    ['TODAY', '2026-03-18', '2026-03-19'],
    ['YESTERDAY', '2026-03-17', '2026-03-18'],
    ['tomorrow', '2026-03-19', '2026-03-20'],
    ['LAST_WEEK', '2026-03-08', '2026-03-15'],
    ['THIS_WEEK', '2026-03-15', '2026-03-22'],
    ['NEXT_WEEK', '2026-03-22', '2026-03-29'],
    ['LAST_MONTH', '2026-02-01', '2026-03-01'],
    ['THIS_MONTH', '2026-03-01', '2026-04-01'],
    ['NEXT_MONTH', '2026-04-01', '2026-05-01'],
    ['THIS_QUARTER', '2026-01-01', '2026-04-01'],
    ['LAST_FISCAL_QUARTER', '2025-10-01', '2026-01-01'],
    ['NEXT_YEAR', '2027-01-01', '2028-01-01'],
    ['THIS_FISCAL_YEAR', '2026-01-01', '2027-01-01'],
    ['LAST_90_DAYS', '2025-12-18', '2026-03-19'],
    ['NEXT_90_DAYS', '2026-03-19', '2026-06-17'],
    ['LAST_N_DAYS:1', '2026-03-17', '2026-03-19'],
    ['NEXT_N_DAYS:1', '2026-03-19', '2026-03-20'],
    ['N_DAYS_AGO:3', '2026-03-15', '2026-03-16'],
    ['LAST_N_WEEKS:2', '2026-03-01', '2026-03-15'],
    ['N_WEEKS_AGO:1', '2026-03-08', '2026-03-15'],
    ['NEXT_N_MONTHS:2', '2026-04-01', '2026-06-01'],
    ['LAST_N_QUARTERS:1', '2025-10-01', '2026-01-01'],
    ['N_YEARS_AGO:2', '2024-01-01', '2025-01-01'],
    ['LAST_N_FISCAL_YEARS:1', '2025-01-01', '2026-01-01'],
  ])('%s runs from %s up to %s', (literal, from, to) => {
    expect(days(literal)).toEqual([from, to]);
  });

  it('begins days at midnight of the user, not of the server', () => {
    expect(days('TODAY', 'Pacific/Kiritimati')).toEqual(['2026-03-19', '2026-03-20']);
    const range = dateRange('TODAY', NOW, 'America/Los_Angeles', 'en_US');
    expect(range?.from.toUTC().toISO()).toBe('2026-03-18T07:00:00.000Z');
  });

  it('begins weeks on the first day of the user locale', () => {
    expect(days('THIS_WEEK', 'Europe/Berlin', 'de_DE')).toEqual(['2026-03-16', '2026-03-23']);
  });

  it('makes the day of a clock change 23 hours long', () => {
    const range = dateRange('TODAY', Date.parse('2026-03-08T20:00:00Z'), 'America/Los_Angeles', 'en_US');
    expect(Number(range?.to) - Number(range?.from)).toBe(23 * 3_600_000);
  });

  it('knows no other words', () => {
    expect(['SOMEDAY', 'LAST_N_DECADES:2', 'LAST_N_DAYS'].map((word) => days(word))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('puts past, present and coming periods side by side at any instant', () => {
    const unit = fc.constantFrom('WEEK', 'MONTH', 'QUARTER', 'YEAR');
    const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(
        unit,
        instant,
        fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'),
        (period, now, zone) => {
          const [last, present, next] = ['LAST', 'THIS', 'NEXT'].map((when) =>
            dateRange(`${when}_${period}`, now, zone, 'en_US'),
          );
          expect(Number(last?.to)).toBe(Number(present?.from));
          expect(Number(present?.to)).toBe(Number(next?.from));
          expect(Number(present?.from) <= now && now < Number(present?.to)).toBe(true);
        },
      ),
    );
  });
});
