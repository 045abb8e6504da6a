import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseBetweenPasses } from '../../../../src/app/sync/watch-sync.ts';

const day = 86_400_000;

describe('pauseBetweenPasses', () => {
  it('is as asked for while the calls of the org are plentiful', () => {
    expect(pauseBetweenPasses(5_000, undefined, 1)).toBe(5_000);
    expect(pauseBetweenPasses(5_000, { used: 3_000, limit: 15_000 }, 2)).toBe(5_000);
  });

  it('lets what is left below four fifths of the limit last for a day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 15_000, max: 1_000_000 }),
        fc.double({ min: 0.26, max: 0.79, noNaN: true }),
        (limit, share) => {
          const used = Math.floor(limit * share);
          const pause = pauseBetweenPasses(1_000, { used, limit }, 2);
          expect(pause).toBeGreaterThanOrEqual(1_000);
          const calls = (day / pause) * 2;
          expect(pause === 300_000 || calls <= limit * 0.8 - used + 1).toBe(true);
        },
      ),
    );
  });

  it('never waits longer than five minutes', () => {
    expect(pauseBetweenPasses(5_000, { used: 15_000, limit: 15_000 }, 1)).toBe(300_000);
  });
});
