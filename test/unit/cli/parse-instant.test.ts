import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/cli/parse-instant.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-07-01', '2026-07-01T00:00:00.000Z'],
    ['2026-07-01T09:00', '2026-07-01T09:00:00.000Z'],
    ['2026-07-01T09:00:01.900Z', '2026-07-01T09:00:01.000Z'],
    ['2026-07-01T09:00+02:00', '2026-07-01T07:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseInstant(text, '--at')).toBe(instant);
  });

  it.each(['soon', '2026-02-30', '2026-02-30T09:00Z', '2026-13-01', '1.7.2026', '2026-07-01T25:00Z', ''])(
    'refuses "%s" by name',
    (text) => {
      const refused = expect.objectContaining({
        key: 'time',
        message: expect.stringContaining('--at takes a date such as 2026-07-01') as string,
      }) as Error;
      expect(() => parseInstant(text, '--at')).toThrow(refused);
    },
  );
});
