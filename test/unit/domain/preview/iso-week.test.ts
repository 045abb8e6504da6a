import { DateTime } from 'luxon';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoWeeks } from '../../../../src/domain/preview/iso-week.ts';

describe('weeks', () => {
  it("begin on Monday at midnight of the agreement's time zone", () => {
    const weekOf = isoWeeks('America/New_York');
    expect(weekOf(Date.parse('2026-11-23T04:59:59Z'))).toBe('2026-W47');
    expect(weekOf(Date.parse('2026-11-23T05:00:00Z'))).toBe('2026-W48');
  });

  it.each(['UTC', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns'])('are those of the calendar in %s', (zone) => {
    const weekOf = isoWeeks(zone);
    const instants = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2060, 0, 1) });
    fc.assert(
      fc.property(instants, (at) => {
        expect(weekOf(at)).toBe(DateTime.fromMillis(at, { zone }).toFormat("kkkk-'W'WW"));
      }),
      { numRuns: 300 },
    );
  });
});
