import { describe, expect, it } from 'vitest';
import { parsePeriod, type PeriodFlags } from '../../../src/cli/parse-period.ts';

const now = Date.UTC(2026, 5, 15, 12);
const day = 86_400_000;
const parse = (flags: PeriodFlags) => parsePeriod(flags, 'America/New_York', now, 90 * day);

describe('parsePeriod', () => {
  it.each([
    [{}, now - 90 * day, now],
    [{ last: '2w' }, now - 14 * day, now],
    [{ from: '2026-06-01', to: '2026-06-02' }, Date.UTC(2026, 5, 1, 4), Date.UTC(2026, 5, 3, 4)],
    [{ from: '2026-06-01', to: '2030-01-01' }, Date.UTC(2026, 5, 1, 4), now],
  ])('reads %j', (flags, from, to) => {
    expect(parse(flags)).toEqual({ from, to });
  });

  it.each([{ last: 'long' }, { last: '0d' }, { from: '2026-02-30' }, { from: '2026-06-10', to: '2026-06-01' }])(
    'refuses %j as no time',
    (flags) => {
      expect(() => parse(flags)).toThrow(expect.objectContaining({ key: 'time' }) as Error);
    },
  );
});
