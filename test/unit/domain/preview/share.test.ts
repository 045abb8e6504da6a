import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceInterval, toShare, wilsonInterval } from '../../../../src/domain/preview/share.ts';

describe('shares', () => {
  it("agree with the published figures of Wilson's and Newcombe's intervals", () => {
    const wilson = wilsonInterval(81, 263);
    expect([wilson.low, wilson.high].map((each) => each.toFixed(4))).toEqual(['0.2553', '0.3662']);
    const newcombe = differenceInterval({ count: 56, of: 70 }, { count: 48, of: 80 });
    expect([newcombe.low, newcombe.high].map((each) => each.toFixed(4))).toEqual(['0.0524', '0.3339']);
    const none = differenceInterval({ count: 9, of: 10 }, { count: 3, of: 10 });
    expect([none.low, none.high].map((each) => each.toFixed(4))).toEqual(['0.1705', '0.8090']);
  });

  it('have no percentage below thirty', () => {
    expect(toShare(3, 29)).toEqual({ count: 3, of: 29 });
    expect(toShare(3, 30).rate?.value).toBe(0.1);
  });

  it('lie inside their interval, which lies between none and all', () => {
    const counts = fc
      .integer({ min: 1, max: 5_000 })
      .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(counts, counts, ([a, ofA], [b, ofB]) => {
        const { value, low, high } = wilsonInterval(a, ofA);
        const ascending = [0, low, value, high, 1];
        expect(ascending).toEqual(ascending.toSorted((x, y) => x - y));
        const difference = differenceInterval({ count: a, of: ofA }, { count: b, of: ofB });
        expect(difference.low).toBeLessThanOrEqual(difference.value);
        expect(difference.high).toBeGreaterThanOrEqual(difference.value);
        expect(difference.low).toBeGreaterThanOrEqual(-1 - 1e-9);
        expect(difference.high).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
