import { describe, expect, it } from 'vitest';
import type { JudgedVersion } from '../../../../src/app/agreement/judge-version.ts';
import { periodsInForce, versionInForceAt } from '../../../../src/app/agreement/periods-in-force.ts';
import type { VersionStatus } from '../../../../src/app/agreement/read-versions.ts';

const version = (
  number: number,
  status: VersionStatus,
  effectiveFrom?: string,
  more: Partial<JudgedVersion> = {},
): JudgedVersion => ({
  record: {
    id: `a0${number}`,
    name: 'Test',
    slug: 'test',
    version: number,
    status,
    mode: 'Observe',
    documentText: '',
    recordedHash: '',
    createdBy: 'mia@northwind.example',
    createdDate: '2026-01-01T00:00:00Z',
    effectiveFrom,
    expiresOn: undefined,
    readyFor: 'Observe',
    signatures: [],
  },
  agreement: undefined,
  hash: undefined,
  signed: true,
  signedAt: undefined,
  startsAt: undefined,
  expiresAt: undefined,
  problems: [],
  ...more,
});

const march = '2026-03-01T00:00:00Z';
const may = '2026-05-01T00:00:00Z';
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

describe('the periods in which versions were in force', () => {
  const old = version(1, 'Superseded', march, { expiresAt: '2026-06-01T00:00:00.000Z' });
  const current = version(2, 'In Force', may, { expiresAt: '2026-08-01T00:00:00.000Z' });

  it('end when the next one begins, else when the version expires', () => {
    expect(periodsInForce([current, old])).toEqual([
      { version: old, from: Date.parse(march), to: Date.parse(may) },
      { version: current, from: Date.parse(may), to: at('2026-08-01') },
    ]);
  });

  it('leave a gap where a version expired before the next one began', () => {
    const expired = version(1, 'Expired', march, { expiresAt: '2026-04-01T00:00:00.000Z' });
    const versions = [expired, current];
    const inForce = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01', '2026-05-01', '2026-08-01'].map(
      (day) => versionInForceAt(versions, at(day))?.record.version,
    );
    expect(inForce).toEqual([undefined, 1, 1, undefined, 2, undefined]);
  });

  it('do not count a date that is only planned, or that was withdrawn with its version', () => {
    expect(periodsInForce([version(3, 'Proposed', may), version(4, 'Withdrawn', may), version(5, 'Draft')])).toEqual(
      [],
    );
  });
});
