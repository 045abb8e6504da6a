import { describe, expect, it } from 'vitest';
import { judgeVersion } from '../../../../src/app/agreement/judge-version.ts';
import type { VersionRecord } from '../../../../src/app/agreement/read-versions.ts';
import { agreementHash } from '../../../../src/domain/agreement/agreement-hash.ts';
import { canonicalJson } from '../../../../src/domain/agreement/canonical-json.ts';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { agreement } from '../../domain/agreement-builder.ts';

const document: Agreement = { ...agreement(), rhythm: { expires: '90 days' } };
const hash = agreementHash(document);
const signature = (party: 'Sales' | 'Marketing', username: string, createdDate: string) => ({
  id: party,
  party,
  hash,
  creatorId: `005${username}`,
  creatorUsername: username,
  creatorEmail: username,
  key: `a01:${party}`,
  creatorActive: true,
  createdDate,
  opening: { openedBy: [`005${username}`], hash, openedAt: createdDate },
});
const record = (more: Partial<VersionRecord> = {}): VersionRecord => ({
  id: 'a01',
  name: 'Test',
  slug: 'test',
  version: 1,
  status: 'In Force',
  mode: 'Observe',
  documentText: canonicalJson(document),
  recordedHash: hash,
  createdBy: 'mia@northwind.example',
  createdDate: '2025-12-24T00:00:00.000Z',
  effectiveFrom: undefined,
  expiresOn: undefined,
  readyFor: 'Observe',
  signatures: [
    signature('Sales', 'vp@northwind.example', '2026-01-01T00:00:00.000Z'),
    signature('Marketing', 'cmo@northwind.example', '2026-01-11T00:00:00.000Z'),
  ],
  ...more,
});

describe('judgeVersion', () => {
  it('lets a version expire so long after its second signature as the parties have signed', () => {
    expect(judgeVersion(record(), new Set())).toMatchObject({ signed: true, expiresAt: '2026-04-11T00:00:00.000Z' });
  });

  it.each([
    ['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    ['2036-02-01T00:00:00.000Z', '2026-04-11T00:00:00.000Z'],
  ])('lets a recorded date of %s shorten that and never prolong it', (expiresOn, expiresAt) => {
    expect(judgeVersion(record({ expiresOn }), new Set())).toMatchObject({ expiresAt });
  });

  it('starts and counts its span from the date that was proposed, where that is after the signatures', () => {
    const planned = record({ status: 'Proposed', effectiveFrom: '2026-02-01T00:00:00.000Z' });
    expect(judgeVersion(planned, new Set())).toMatchObject({
      startsAt: '2026-02-01T00:00:00.000Z',
      expiresAt: '2026-05-02T00:00:00.000Z',
    });
  });

  const nobody = { maySign: () => false };
  const inactive = (more: Partial<VersionRecord>) =>
    record({ ...more, signatures: record().signatures.map((each) => ({ ...each, creatorActive: false })) });

  it('does not count signatures of people who may not sign while the version waits', () => {
    const { signed, problems } = judgeVersion(record({ status: 'Proposed' }), new Set(), nobody);
    expect(signed).toBe(false);
    expect(problems[0]).toContain('do not hold the permission to sign for sales');
  });

  it('keeps signatures of people who have left, and those that have brought it into force', () => {
    expect(judgeVersion(inactive({ status: 'Proposed' }), new Set(), nobody)).toMatchObject({ signed: true });
    expect(judgeVersion(record(), new Set(), nobody)).toMatchObject({ signed: true });
  });
});
