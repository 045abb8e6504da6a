import { describe, expect, it } from 'vitest';
import { judgeVersion, type JudgedVersion } from '../../../../src/app/agreement/judge-version.ts';
import type { Mode, VersionRecord, VersionStatus } from '../../../../src/app/agreement/read-versions.ts';
import { readAgreementFile } from '../../../../src/app/agreement/read-agreement-file.ts';
import { lowerThanBefore, startingMode } from '../../../../src/app/agreement/starting-mode.ts';

const fileOf = (highestMode: string) =>
  readAgreementFile(
    Buffer.from(`accord: 1
name: Test
timeZone: UTC
parties: { marketing: { signers: [c@x.example] }, sales: { signers: [v@x.example] } }
highestMode: ${highestMode}
facts: { employees: { field: Lead.NumberOfEmployees } }
stages: [ { id: lead, title: Lead }, { id: mql, title: MQL, when: { all: [ { employees: { atLeast: 5 } } ] } } ]
`),
    'test.yaml',
  );

const version = (number: number, status: VersionStatus, mode: Mode, highestMode = 'enforce'): VersionRecord => ({
  id: `a0${number}`,
  name: 'Test',
  slug: 'test',
  version: number,
  status,
  mode,
  documentText: fileOf(highestMode).document,
  recordedHash: fileOf(highestMode).hash,
  createdBy: 'mia@northwind.example',
  createdDate: '2026-01-01T00:00:00Z',
  effectiveFrom: `2026-0${number}-01T00:00:00Z`,
  expiresOn: undefined,
  readyFor: mode,
  signatures: [],
});
const judged = (record: VersionRecord): JudgedVersion => judgeVersion(record, new Set());

describe('the mode in which a version starts', () => {
  const next = version(3, 'Proposed', 'Observe');

  it('is told where the version in force does more', () => {
    const told = startingMode(next, [version(2, 'In Force', 'Enforce'), next]);
    expect(told.join()).toContain('Test v3 starts in observe, as every version does, and Test v2 is in enforce');
  });

  it('is no news where nothing changes, also where the parties never agreed on more', () => {
    expect(startingMode(next, [next])).toEqual([]);
    expect(startingMode(next, [version(2, 'In Force', 'Observe'), next])).toEqual([]);
    expect(startingMode(next, [version(2, 'In Force', 'Enforce', 'observe'), next])).toEqual([]);
  });

  it('is told of the version in force as long as the one before it was in a higher one', () => {
    const old = [version(1, 'Superseded', 'Enforce'), version(2, 'Expired', 'Advise')].map(judged);
    const now = (mode: Mode): readonly string[] => {
      const inForce = judged(version(3, 'In Force', mode));
      return lowerThanBefore(inForce, [inForce, ...old]);
    };
    expect(now('Observe').join()).toContain('Test v3 is in observe, and Test v2 before it was in advise');
    expect(now('Advise')).toEqual([]);
    expect(lowerThanBefore(undefined, old)).toEqual([]);
  });
});
