import { expect, it } from 'vitest';
import type { VersionRecord, VersionStatus } from '../../../../src/app/agreement/read-versions.ts';
import { measuredFor } from '../../../../src/app/doctor/measured-for.ts';
import type { Crm } from '../../../../src/app/ports.ts';

const day = 86_400_000;
const on = (days: number): string => new Date(days * day).toISOString();

/** Days measured by day 100, when the first verdict was written on day 10. */
async function daysOf(...terms: readonly (readonly [VersionStatus, from: number, to?: number])[]): Promise<number> {
  const crm = { query: () => Promise.resolve([{ since: on(10) }]) } as unknown as Crm;
  const versions = terms.map(([status, from, to]) => ({
    slug: 'northwind',
    status,
    effectiveFrom: on(from),
    expiresOn: to === undefined ? undefined : on(to),
  })) as unknown as readonly VersionRecord[];
  return ((await measuredFor(crm, versions, 'northwind', 100 * day)) ?? NaN) / day;
}

it('measures from the first verdict, while a version is in force', async () => {
  expect(await daysOf(['In Force', 0, 120])).toBe(90);
  expect(await daysOf(['In Force', 95])).toBe(5);
  expect(await daysOf(['Expired', 0, 20], ['In Force', 90, 180])).toBe(20);
  expect(await daysOf(['Superseded', 0, 90], ['In Force', 40, 130])).toBe(90);
  expect(await daysOf(['Expired', 0, 5])).toBe(0);
  expect(await daysOf(['Proposed', 0, 90])).toBeNaN();
});
