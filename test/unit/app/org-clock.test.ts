import { describe, expect, it } from 'vitest';
import { orgClock } from '../../../src/app/org-clock.ts';

const day = 86_400_000;

describe('the clock of the service', () => {
  let offset: number | undefined;
  const clock = orgClock({ clockOffset: () => offset }, { now: () => 1_000_000 });
  const apart = (measured: number | undefined): number => {
    offset = measured;
    return clock.now() - 1_000_000;
  };

  it('is the machine’s until the org has answered, and while both agree within seconds', () => {
    expect([undefined, -999, 4_000, 0].map(apart)).toEqual([0, 0, 0, 0]);
  });

  it('is the org’s where they differ, and does not run to and fro by the error of each measurement', () => {
    expect([92 * day, 92 * day - 900, undefined, 92 * day + 1_500].map(apart)).toEqual(Array(4).fill(92 * day));
    expect([-3_600_000, -3_600_800].map(apart)).toEqual([-3_600_000, -3_600_000]);
  });

  it('is the machine’s again once somebody has set that', () => {
    expect([day, 300].map(apart)).toEqual([day, 0]);
  });
});
