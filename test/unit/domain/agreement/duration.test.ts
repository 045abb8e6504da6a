import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../../src/domain/agreement/duration.ts';

const hour = 3_600_000;

describe('parseDuration', () => {
  it.each([
    ['14 days', 14 * 24 * hour],
    ['1 day', 24 * hour],
    ['36 Hours', 36 * hour],
    ['2weeks', 14 * 24 * hour],
    [' 90  minutes ', 1.5 * hour],
  ])('reads %j', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '14', 'days', '0 days', '-1 days', '1.5 days', '2 months', '1 year', '14 days ago', '9999999 weeks'])(
    'refuses %j, which has no fixed or useful length',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
