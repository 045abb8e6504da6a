import { describe, expect, it } from 'vitest';
import { parseWallTime } from '../../../src/cli/parse-wall-time.ts';

const newYork = (text: string): string =>
  new Date(parseWallTime(text, '--from', 'America/New_York')).toISOString().slice(0, 16);

describe('parseWallTime', () => {
  it('takes a time without an offset for one on the wall of the zone', () => {
    expect(newYork('2026-11-20T16:30')).toBe('2026-11-20T21:30');
    expect(newYork('2026-07-01')).toBe('2026-07-01T04:00');
    expect(newYork('2026-11-20T16:30Z')).toBe('2026-11-20T16:30');
    expect(newYork('2026-11-20T16:30+01:00')).toBe('2026-11-20T15:30');
  });

  it('refuses a time that the clocks skip, and one that comes twice without saying which', () => {
    expect(() => newYork('2026-03-08T02:30')).toThrow('the clocks in America/New_York skip that time');
    expect(() => newYork('2026-11-01T01:30')).toThrow('Write 2026-11-01T01:30-04:00 or 2026-11-01T01:30-05:00.');
    expect(newYork('2026-11-01T01:30-05:00')).toBe('2026-11-01T06:30');
  });

  it('refuses what is no time', () => {
    for (const text of ['soon', '2026-02-30', '2026-11-20T25:00', '', '16:30', '2026-W47']) {
      expect(() => newYork(text)).toThrow('--from takes a time such as');
    }
  });
});
